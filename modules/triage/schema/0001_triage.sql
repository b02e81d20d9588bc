-- SPDX-License-Identifier: MulanPSL-2.0
-- Letters that wait at the desk, copies of one text as one line.

CREATE TABLE triage_groups (
    id @id,
    org_id @int NOT NULL,
    first_id @int NOT NULL,                 -- letter that came first; the others are copies of it
    proved @int NOT NULL CHECK (proved IN (0, 1)), -- 0: without proof of work, looked at apart
    waiting @int NOT NULL CHECK (waiting >= 0), -- how many have not been triaged
    oldest_at @int NOT NULL,                -- when the first came
    ending TEXT NOT NULL DEFAULT '',        -- reason (dictionary mailbox.dismiss_reasons) for which all are being dismissed; empty = none
    ending_text TEXT NOT NULL DEFAULT '',   -- what their senders are told besides
    ending_at @int NOT NULL DEFAULT 0,      -- from when on it is done: until then it can be taken back
    UNIQUE (org_id, first_id)
);
CREATE INDEX triage_groups_waiting ON triage_groups (org_id, proved, oldest_at, first_id) WHERE waiting > 0;
CREATE INDEX triage_groups_many ON triage_groups (org_id, proved, waiting) WHERE waiting > 0;

CREATE TABLE triage_copies (
    id @id,
    org_id @int NOT NULL,
    letter_id @int NOT NULL,
    first_id @int NOT NULL,                 -- of its group
    waiting @int NOT NULL CHECK (waiting IN (0, 1)), -- it has not been triaged
    UNIQUE (org_id, letter_id)
);
CREATE INDEX triage_copies_group ON triage_copies (org_id, first_id, letter_id) WHERE waiting = 1;

-- By what copies of a waiting letter are found: four a letter, gone when it waits no more.
CREATE TABLE triage_sketches (
    id @id,
    org_id @int NOT NULL,
    letter_id @int NOT NULL,
    first_id @int NOT NULL,
    sketch @int NOT NULL                    -- smallest digest of its runs of four characters, by one of four ways to digest
);
CREATE INDEX triage_sketches_sketch ON triage_sketches (org_id, sketch, letter_id);
CREATE INDEX triage_sketches_letter ON triage_sketches (org_id, letter_id);
