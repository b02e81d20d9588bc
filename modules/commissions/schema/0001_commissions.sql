-- SPDX-License-Identifier: MulanPSL-2.0
-- Commissions (约稿): the editors ask chosen members for an opinion on a subject by a day; what each of them answers.

CREATE TABLE commissions (
    id @id,
    org_id @int NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'closed')), -- flow commissions
    title TEXT NOT NULL,                  -- the subject
    body TEXT NOT NULL,                   -- what is wanted, why
    due_on @int NOT NULL,                 -- last day
    audience TEXT NOT NULL,               -- "members", "sector:3", "committee:5", "member:7"
    audience_name TEXT NOT NULL,          -- as it was called then
    sender_name TEXT NOT NULL,            -- who asks, as he was called then
    sent_at @int NOT NULL,
    closed_at @int NOT NULL DEFAULT 0,
    reminded_on @int NOT NULL DEFAULT 0,  -- last day of a reminder
    reminds @int NOT NULL DEFAULT 0,      -- reminders on that day
    version @int NOT NULL DEFAULT 1,
    UNIQUE (org_id, id)
);
CREATE INDEX commissions_sent ON commissions (org_id, sent_at, id);

CREATE TABLE invitations (
    id @id,
    org_id @int NOT NULL,
    commission_id @int NOT NULL,
    person_id @int NOT NULL,
    name TEXT NOT NULL,                   -- of the member, as he was called then
    title TEXT NOT NULL,                  -- of the commission
    state TEXT NOT NULL CHECK (state IN ('asked', 'writing', 'written', 'declined', 'lapsed')), -- flow invitations
    opinion_id @int NOT NULL DEFAULT 0,   -- what he writes; 0 = not begun
    reason TEXT NOT NULL DEFAULT '',      -- why he does not
    due_on @int NOT NULL,                 -- of the commission
    asked_at @int NOT NULL,
    answered_at @int NOT NULL DEFAULT 0,  -- when he sent the opinion, or declined
    version @int NOT NULL DEFAULT 1,
    UNIQUE (org_id, id),
    FOREIGN KEY (org_id, commission_id) REFERENCES commissions (org_id, id)
);
CREATE UNIQUE INDEX invitations_once ON invitations (org_id, commission_id, person_id);
CREATE UNIQUE INDEX invitations_opinion ON invitations (org_id, opinion_id) WHERE opinion_id > 0;
CREATE INDEX invitations_person ON invitations (org_id, person_id, id);
