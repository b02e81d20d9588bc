-- SPDX-License-Identifier: MulanPSL-2.0
-- Calls for proposals: when they are taken, and topics that the committee offers.

CREATE TABLE calls (
    id @id,
    org_id @int NOT NULL,
    session_id @int NOT NULL,               -- of the day on which it begins
    name TEXT NOT NULL,
    timing TEXT NOT NULL CHECK (timing IN ('plenary', 'between')), -- for the plenary, or between sessions
    from_at @int NOT NULL,                  -- first millisecond in which proposals are taken
    until_at @int NOT NULL,                 -- last one
    text TEXT NOT NULL DEFAULT '',          -- what is wanted, as written
    state TEXT NOT NULL CHECK (state IN ('draft', 'open', 'closed')), -- flow calls
    version @int NOT NULL DEFAULT 1,
    FOREIGN KEY (org_id, session_id) REFERENCES sessions (org_id, id)
);
CREATE UNIQUE INDEX calls_org_id ON calls (org_id, id);
CREATE INDEX calls_until ON calls (org_id, state, until_at, id);

CREATE TABLE call_topics (
    id @id,
    org_id @int NOT NULL,
    call_id @int NOT NULL,
    position @int NOT NULL,                 -- from 1
    title TEXT NOT NULL,
    text TEXT NOT NULL DEFAULT '',          -- what lies behind it
    source TEXT NOT NULL DEFAULT '',        -- who has offered it
    FOREIGN KEY (org_id, call_id) REFERENCES calls (org_id, id)
);
CREATE UNIQUE INDEX call_topics_position ON call_topics (org_id, call_id, position);
