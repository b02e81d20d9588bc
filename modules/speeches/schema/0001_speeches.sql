-- SPDX-License-Identifier: MulanPSL-2.0
-- Speeches at a plenary or another meeting (大会发言): the call for them, the texts, who stands behind each, what came of it.

CREATE TABLE speech_calls (
    id @id,
    org_id @int NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'open', 'closed', 'settled')), -- flow speech_calls
    meeting_id @int NOT NULL,             -- where they are given
    title TEXT NOT NULL,                  -- the theme
    text TEXT NOT NULL DEFAULT '',        -- what is wanted
    until_on @int NOT NULL,               -- last day for members
    chars_max @int NOT NULL,              -- longest text
    minutes @int NOT NULL,                -- what one speaker gets
    published_at @int NOT NULL DEFAULT 0,
    settled_at @int NOT NULL DEFAULT 0,
    settled_name TEXT NOT NULL DEFAULT '', -- who settled, as he was called then
    version @int NOT NULL DEFAULT 1,
    UNIQUE (org_id, id),
    FOREIGN KEY (org_id, meeting_id) REFERENCES meetings (org_id, id)
);
CREATE INDEX speech_calls_until ON speech_calls (org_id, until_on, id);
CREATE INDEX speech_calls_meeting ON speech_calls (org_id, meeting_id, id);

CREATE TABLE speeches (
    id @id,
    org_id @int NOT NULL,
    call_id @int NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'spoken', 'written', 'diverted', 'declined', 'given', 'missed', 'withdrawn')), -- flow speeches
    member_id @int NOT NULL,              -- who speaks: the first author
    person_id @int NOT NULL,
    name TEXT NOT NULL,                   -- of him, as he was called then
    body TEXT NOT NULL DEFAULT '',        -- key of the body in whose name it is; empty = the authors' own
    body_name TEXT NOT NULL DEFAULT '',   -- as it was called then
    people @int NOT NULL DEFAULT 1,       -- authors who stand behind it
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    place @int NOT NULL DEFAULT 0,        -- in the order of speaking; 0 = none
    minutes @int NOT NULL DEFAULT 0,      -- what he gets
    reason TEXT NOT NULL DEFAULT '',      -- why it came back, was diverted, not chosen, not given
    opinion_id @int NOT NULL DEFAULT 0,   -- what he made of one that was diverted
    filer_name TEXT NOT NULL DEFAULT '',  -- who typed it in for him; empty = himself
    created_at @int NOT NULL,
    submitted_at @int NOT NULL DEFAULT 0,
    decided_at @int NOT NULL DEFAULT 0,   -- of the newest choice
    decider_name TEXT NOT NULL DEFAULT '', -- who chose, as he was called then
    version @int NOT NULL DEFAULT 1,
    UNIQUE (org_id, id),
    FOREIGN KEY (org_id, call_id) REFERENCES speech_calls (org_id, id),
    FOREIGN KEY (org_id, member_id) REFERENCES members (org_id, id)
);
CREATE INDEX speeches_call ON speeches (org_id, call_id, place, id);
CREATE INDEX speeches_created ON speeches (org_id, created_at, id);
CREATE INDEX speeches_person ON speeches (org_id, person_id, id);

-- Who stands behind a speech with who speaks.
CREATE TABLE speech_authors (
    id @id,
    org_id @int NOT NULL,
    speech_id @int NOT NULL,
    member_id @int NOT NULL,
    person_id @int NOT NULL,
    name TEXT NOT NULL,                   -- as he was called then
    UNIQUE (org_id, id),
    FOREIGN KEY (org_id, speech_id) REFERENCES speeches (org_id, id),
    FOREIGN KEY (org_id, member_id) REFERENCES members (org_id, id)
);
CREATE UNIQUE INDEX speech_authors_once ON speech_authors (org_id, speech_id, member_id);
CREATE INDEX speech_authors_person ON speech_authors (org_id, person_id, speech_id);

CREATE TABLE speech_results (
    id @id,
    org_id @int NOT NULL,
    speech_id @int NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('instructed', 'adopted')),
    organ TEXT NOT NULL,                  -- which leader, or which body
    text TEXT NOT NULL,                   -- his words, or what was adopted
    happened_on @int NOT NULL,
    recorded_at @int NOT NULL,
    recorded_name TEXT NOT NULL,          -- who wrote it down, as he was called then
    UNIQUE (org_id, id),
    FOREIGN KEY (org_id, speech_id) REFERENCES speeches (org_id, id)
);
CREATE INDEX speech_results_speech ON speech_results (org_id, speech_id, id);
