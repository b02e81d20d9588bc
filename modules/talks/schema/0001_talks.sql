-- SPDX-License-Identifier: MulanPSL-2.0
-- Talks with members (提醒谈话, 约谈, 函询): why and by whom, what was said, what came of it. Confidential: README.md says who reads which.

CREATE TABLE talks (
    id @id,
    org_id @int NOT NULL,
    member_id @int NOT NULL,
    person_id @int NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('asked', 'held', 'corrected', 'raised', 'compelled', 'revoked', 'dropped', 'ended')), -- flow talks
    kind TEXT NOT NULL CHECK (kind IN ('caution', 'interview', 'inquiry')),
    ground TEXT NOT NULL CHECK (ground IN ('grade', 'absence', 'conduct', 'other')),
    name TEXT NOT NULL,                       -- of the member, as he was called then
    words TEXT NOT NULL,                      -- what it is about, as he is told; of an inquiry the question
    asker TEXT NOT NULL,                      -- who asked for it
    organ TEXT NOT NULL DEFAULT '',           -- which meeting of the chairs decided it; empty = a caution, which needs none
    decided_on @int NOT NULL DEFAULT 0,
    document TEXT NOT NULL DEFAULT '',
    leader_id @int NOT NULL DEFAULT 0,        -- account of the leader who is named; 0 = none
    leader_name TEXT NOT NULL DEFAULT '',     -- as he was called then
    asked_at @int NOT NULL,
    due_on @int NOT NULL,                     -- the day by which it is to be held or answered
    held_on @int NOT NULL DEFAULT 0,
    talkers TEXT NOT NULL DEFAULT '',         -- who talked with him
    record TEXT NOT NULL DEFAULT '',          -- what was said
    answer TEXT NOT NULL DEFAULT '',          -- of an inquiry: what he wrote
    answered_at @int NOT NULL DEFAULT 0,
    outcome_on @int NOT NULL DEFAULT 0,       -- when an organ or the office decided what comes of it
    outcome_organ TEXT NOT NULL DEFAULT '',   -- which meeting decided it; empty = the office
    outcome_document TEXT NOT NULL DEFAULT '', -- number of its paper
    note TEXT NOT NULL DEFAULT '',            -- how he corrected it, why he is asked to go, why it is not held
    next_id @int NOT NULL DEFAULT 0,          -- the talk that came of it
    ended_at @int NOT NULL DEFAULT 0,
    version @int NOT NULL DEFAULT 1,
    UNIQUE (org_id, id),
    FOREIGN KEY (org_id, member_id) REFERENCES members (org_id, id)
);
CREATE INDEX talks_member ON talks (org_id, member_id, id);
CREATE INDEX talks_asked ON talks (org_id, asked_at, id);
