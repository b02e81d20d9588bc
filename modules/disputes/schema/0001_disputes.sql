-- SPDX-License-Identifier: MulanPSL-2.0
-- A refused bounce that its agency contests (rules.md 2.3): what it says, the meeting, who decided what. One of an assignment.

CREATE TABLE disputes (
    id @id,
    org_id @int NOT NULL,
    assignment_id @int NOT NULL,            -- of the agency that contests
    matter TEXT NOT NULL,                   -- collection of what is assigned
    matter_id @int NOT NULL,
    matter_title TEXT NOT NULL,             -- as it was then
    matter_number TEXT NOT NULL,            -- likewise
    agency_id @int NOT NULL,
    agency_name TEXT NOT NULL,              -- of the agency that contests
    better_agency_id @int NOT NULL,         -- who should have it, by its word; 0 = it does not know
    better_name TEXT NOT NULL,              -- its name, may be empty
    reason TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('opened', 'heard', 'decided')),
    opened_at @int NOT NULL,
    opened_by @int NOT NULL,
    held_on @int NOT NULL DEFAULT 0,        -- day of the coordination meeting
    present TEXT NOT NULL DEFAULT '',       -- who was there
    record TEXT NOT NULL DEFAULT '',        -- what was said
    decision TEXT NOT NULL DEFAULT '' CHECK (decision IN ('', 'upheld', 'moved', 'dropped')), -- dropped: the matter ended before
    decider TEXT NOT NULL DEFAULT '',       -- the leader who decided, by name
    decided_at @int NOT NULL DEFAULT 0,
    version @int NOT NULL DEFAULT 1,
    UNIQUE (org_id, id),
    UNIQUE (org_id, assignment_id)
);
CREATE INDEX disputes_agency ON disputes (org_id, agency_id, opened_at, id);
CREATE INDEX disputes_opened ON disputes (org_id, opened_at, id);
