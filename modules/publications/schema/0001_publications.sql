-- SPDX-License-Identifier: MulanPSL-2.0
-- What the public may read of a proposal: an edited copy of its text, and who of its signers objects.

CREATE TABLE publications (
    id @id,
    org_id @int NOT NULL,
    proposal_id @int NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('prepared', 'published', 'retracted')), -- flow publications
    reply_mode TEXT NOT NULL DEFAULT 'full' CHECK (reply_mode IN ('full', 'summary', 'none')), -- what is shown of the replies
    show_progress @int NOT NULL DEFAULT 1 CHECK (show_progress IN (0, 1)), -- 0 = only text and replies
    prepared_at @int NOT NULL,
    published_at @int NOT NULL DEFAULT 0,    -- the last time; 0 = never
    retracted_at @int NOT NULL DEFAULT 0,    -- the last time; 0 = never
    version @int NOT NULL DEFAULT 1,
    title TEXT NOT NULL,                     -- the public version, which the publisher edits
    retract_reason TEXT NOT NULL DEFAULT '', -- why it was taken down
    situation TEXT NOT NULL DEFAULT '',
    analysis TEXT NOT NULL DEFAULT '',
    summary TEXT NOT NULL DEFAULT '',        -- of the replies, in place of their text
    UNIQUE (org_id, id),
    FOREIGN KEY (org_id, proposal_id) REFERENCES proposals (org_id, id)
);
CREATE UNIQUE INDEX publications_proposal ON publications (org_id, proposal_id);
CREATE INDEX publications_prepared ON publications (org_id, prepared_at, id);
CREATE INDEX publications_newest ON publications (org_id, state, published_at, id);

CREATE TABLE publication_suggestions (
    id @id,
    org_id @int NOT NULL,
    publication_id @int NOT NULL,
    number @int NOT NULL,                    -- as in the proposal
    text TEXT NOT NULL,                      -- empty = this one is not shown, nor what answers it
    FOREIGN KEY (org_id, publication_id) REFERENCES publications (org_id, id)
);
CREATE UNIQUE INDEX publication_suggestions_number ON publication_suggestions (org_id, publication_id, number);

CREATE TABLE publication_objections (
    id @id,
    org_id @int NOT NULL,
    proposal_id @int NOT NULL,
    person_id @int NOT NULL,                 -- who signs it, beside its lead
    name TEXT NOT NULL,                      -- as among its signers
    objected_at @int NOT NULL,
    withdrawn_at @int NOT NULL DEFAULT 0,    -- taken back; 0 = stands
    version @int NOT NULL DEFAULT 1,
    FOREIGN KEY (org_id, proposal_id) REFERENCES proposals (org_id, id)
);
CREATE UNIQUE INDEX publication_objections_person ON publication_objections (org_id, proposal_id, person_id);
