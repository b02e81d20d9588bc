-- SPDX-License-Identifier: MulanPSL-2.0
-- Key proposals with champion, plan and what was done; excellent proposals.

CREATE TABLE flagships (
    id @id,
    org_id @int NOT NULL,
    proposal_id @int NOT NULL,
    session_id @int NOT NULL,
    title TEXT NOT NULL,                    -- of the proposal, as it was nominated
    number TEXT NOT NULL,                   -- "六届三次会议第0137号"
    state TEXT NOT NULL CHECK (state IN ('nominated', 'chosen', 'planned', 'running', 'finished', 'declined')), -- flow flagships
    grounds TEXT NOT NULL,                  -- why it is nominated
    nominated_at @int NOT NULL,
    nominated_name TEXT NOT NULL,           -- who did it, as it was then
    champion_person_id @int NOT NULL DEFAULT 0, -- 0 = known by name only
    champion_name TEXT NOT NULL DEFAULT '', -- 领衔督办人
    champion_post TEXT NOT NULL DEFAULT '', -- 职务
    decided_on @int NOT NULL DEFAULT 0,     -- day of the meeting that chose it
    meeting TEXT NOT NULL DEFAULT '',       -- which meeting
    plan_form TEXT NOT NULL DEFAULT '' CHECK (plan_form IN ('', 'talk', 'survey', 'visit', 'other')), -- 座谈 调查 视察 其他
    plan_on @int NOT NULL DEFAULT 0,        -- when it is to be
    plan_who TEXT NOT NULL DEFAULT '',      -- who takes part
    plan TEXT NOT NULL DEFAULT '',          -- what is to be done
    approved_at @int NOT NULL DEFAULT 0,    -- by the champion; 0 = not yet
    approved_name TEXT NOT NULL DEFAULT '', -- who approved
    finished_on @int NOT NULL DEFAULT 0,
    result TEXT NOT NULL DEFAULT '',        -- what came of it
    version @int NOT NULL DEFAULT 1,
    UNIQUE (org_id, id)
);
CREATE UNIQUE INDEX flagships_proposal ON flagships (org_id, proposal_id) WHERE state <> 'declined';
CREATE INDEX flagships_of ON flagships (org_id, proposal_id, id);
CREATE INDEX flagships_session ON flagships (org_id, session_id, id);

CREATE TABLE flagship_events (
    id @id,
    org_id @int NOT NULL,
    flagship_id @int NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('opinion', 'research', 'meeting', 'visit', 'media', 'report', 'other')), -- what was done
    held_on @int NOT NULL,
    text TEXT NOT NULL,
    recorded_at @int NOT NULL,
    recorded_by @int NOT NULL,              -- account
    recorded_name TEXT NOT NULL,            -- its person's name, as it was then
    FOREIGN KEY (org_id, flagship_id) REFERENCES flagships (org_id, id)
);
CREATE INDEX flagship_events_of ON flagship_events (org_id, flagship_id, held_on, id);

CREATE TABLE commendations (
    id @id,
    org_id @int NOT NULL,
    proposal_id @int NOT NULL,
    session_id @int NOT NULL,
    title TEXT NOT NULL,                    -- of the proposal
    number TEXT NOT NULL,                   -- "六届三次会议第0137号"
    collective @int NOT NULL CHECK (collective IN (0, 1)), -- 集体提案: counts for their share
    nominator TEXT NOT NULL,                -- unit or person that recommends it
    grounds TEXT NOT NULL,                  -- topic, quality, effect
    state TEXT NOT NULL CHECK (state IN ('nominated', 'chosen', 'dropped')), -- flow commendations
    decided_on @int NOT NULL DEFAULT 0,
    nominated_at @int NOT NULL,
    version @int NOT NULL DEFAULT 1,
    UNIQUE (org_id, id)
);
CREATE UNIQUE INDEX commendations_proposal ON commendations (org_id, proposal_id) WHERE state <> 'dropped';
CREATE INDEX commendations_session ON commendations (org_id, session_id, id);
