-- SPDX-License-Identifier: MulanPSL-2.0
-- Candidate topics for consultation (议题建议), and what the committee says to each. rules.md 12.3 goes on behind 'pooled': the plan of the year and the
-- consultations of modules to come take them over as they stand here, so all states of the glossary are allowed.

CREATE TABLE topics (
    id @id,
    org_id @int NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('proposed', 'pooled', 'rejected', 'diverted', 'consulted', 'shortlisted', 'picked', 'planned', 'approved',
        'opened', 'cancelled')),              -- flow topics
    title TEXT NOT NULL,                      -- the question
    body TEXT NOT NULL,                       -- what it is about, why it is worth a consultation
    source TEXT NOT NULL,                     -- where it comes from: a value of the dictionary topics.sources
    proposer TEXT NOT NULL DEFAULT '',        -- who proposes it, in words; of letters nobody is named
    cluster_id @int NOT NULL DEFAULT 0,       -- hot matter that it was made of; 0 = of none
    letter_id @int NOT NULL DEFAULT 0,        -- letter that it was made of; 0 = of none
    letters @int NOT NULL DEFAULT 0,          -- how many letters said it then
    reason TEXT NOT NULL DEFAULT '',          -- why it was not taken up
    proposed_at @int NOT NULL,
    proposed_by @int NOT NULL,                -- account
    writer_name TEXT NOT NULL,                -- whose that was, as he was called then
    decided_at @int NOT NULL DEFAULT 0,       -- taken up or not; 0 = not yet
    decider_name TEXT NOT NULL DEFAULT '',    -- by whom, as he was called then
    version @int NOT NULL DEFAULT 1,
    UNIQUE (org_id, id)
);
CREATE UNIQUE INDEX topics_cluster ON topics (org_id, cluster_id) WHERE cluster_id > 0;
CREATE UNIQUE INDEX topics_letter ON topics (org_id, letter_id) WHERE letter_id > 0;
CREATE INDEX topics_proposed ON topics (org_id, proposed_at, id);
