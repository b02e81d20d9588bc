-- SPDX-License-Identifier: MulanPSL-2.0
-- Who is asked to sign a proposal before it is handed in, and who supports it afterwards.

CREATE TABLE cosigners (
    id @id,
    org_id @int NOT NULL,
    proposal_id @int NOT NULL,
    rank @int NOT NULL,                      -- order that the lead gives, from 1; the signers' order follows it without gaps
    person_id @int NOT NULL,
    name TEXT NOT NULL,                      -- name and employer as when he was chosen
    contact TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL CHECK (state IN ('prepared', 'asked', 'cosigned', 'declined', 'lapsed')), -- flow cosigners
    earlier TEXT NOT NULL DEFAULT '',        -- state of the round that was called back; empty = none
    title TEXT NOT NULL DEFAULT '',          -- of the proposal, and who leads it, when he was asked
    lead_name TEXT NOT NULL DEFAULT '',      -- likewise
    digest TEXT NOT NULL DEFAULT '',         -- of the text that he was shown
    asked_at @int NOT NULL DEFAULT 0,
    expires_at @int NOT NULL DEFAULT 0,      -- the last millisecond for an answer
    answered_at @int NOT NULL DEFAULT 0,
    transcribed_by @int NOT NULL DEFAULT 0,  -- 代录: account that wrote down his word; 0 = his own
    basis TEXT NOT NULL DEFAULT '',          -- letter or call on which it was written down
    opinion TEXT NOT NULL DEFAULT '',        -- why not, for the lead alone
    version @int NOT NULL DEFAULT 1,
    FOREIGN KEY (org_id, proposal_id) REFERENCES proposals (org_id, id)
);
CREATE UNIQUE INDEX cosigners_person ON cosigners (org_id, proposal_id, person_id);
CREATE INDEX cosigners_due ON cosigners (org_id, state, expires_at, id);
CREATE INDEX cosigners_own ON cosigners (org_id, person_id, expires_at, id);
CREATE INDEX cosigners_latest ON cosigners (org_id, expires_at, id);

CREATE TABLE endorsements (
    id @id,
    org_id @int NOT NULL,
    proposal_id @int NOT NULL,
    person_id @int NOT NULL,
    name TEXT NOT NULL,                      -- as when he supported it
    endorsed_at @int NOT NULL,
    withdrawn_at @int NOT NULL DEFAULT 0,    -- taken back; 0 = stands
    version @int NOT NULL DEFAULT 1,
    FOREIGN KEY (org_id, proposal_id) REFERENCES proposals (org_id, id)
);
CREATE UNIQUE INDEX endorsements_person ON endorsements (org_id, proposal_id, person_id);
