-- SPDX-License-Identifier: MulanPSL-2.0
-- What went from a proposal to an opinion or from an opinion to a proposal draft (rules.md 3): both ends, and the writer's answer where the office asked.

CREATE TABLE recasts (
    id @id,
    org_id @int NOT NULL,
    way TEXT NOT NULL CHECK (way IN ('to_opinion', 'to_proposal')), -- 方向
    state TEXT NOT NULL CHECK (state IN ('asked', 'done', 'declined')),
    proposal_id @int NOT NULL,
    opinion_id @int NOT NULL DEFAULT 0,     -- 0 = not made yet
    person_id @int NOT NULL,                -- the writer
    title TEXT NOT NULL,                    -- of what it was made from, as it was then
    number TEXT NOT NULL DEFAULT '',        -- likewise; empty = a draft
    remark TEXT NOT NULL DEFAULT '',        -- of the office, to the writer
    asked_at @int NOT NULL DEFAULT 0,       -- 0 = nobody asked
    asked_by @int NOT NULL DEFAULT 0,       -- account
    decided_at @int NOT NULL DEFAULT 0,     -- when it was made, or declined
    version @int NOT NULL DEFAULT 1,
    UNIQUE (org_id, id)
);
CREATE UNIQUE INDEX recasts_proposal ON recasts (org_id, proposal_id) WHERE state <> 'declined';
CREATE UNIQUE INDEX recasts_opinion ON recasts (org_id, opinion_id) WHERE opinion_id > 0;
CREATE INDEX recasts_of ON recasts (org_id, proposal_id, id);
