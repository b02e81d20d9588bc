-- SPDX-License-Identifier: MulanPSL-2.0
-- Whom a proposal is to be handed out to, with the answer of each; and the meetings at which that is settled (rules.md 2.3).

CREATE TABLE preassignment_meetings (
    id @id,
    org_id @int NOT NULL,
    session_id @int NOT NULL,                -- sessions.id: whose proposals are on its list
    name TEXT NOT NULL,
    held_on @int NOT NULL,                   -- planned, then held on
    place TEXT NOT NULL,                     -- where
    state TEXT NOT NULL CHECK (state IN ('draft', 'held')),
    minutes TEXT NOT NULL DEFAULT '',
    made_at @int NOT NULL,
    made_by @int NOT NULL,                   -- accounts.id
    version @int NOT NULL DEFAULT 1,
    UNIQUE (org_id, id)
);
CREATE INDEX preassignment_meetings_day ON preassignment_meetings (org_id, held_on, id);

CREATE TABLE preassignments (
    id @id,
    org_id @int NOT NULL,
    proposal_id @int NOT NULL,
    session_id @int NOT NULL,
    agency_id @int NOT NULL,
    agency_name TEXT NOT NULL,               -- as it was when it was asked, like title and number
    title TEXT NOT NULL,
    number TEXT NOT NULL,
    proposer_name TEXT NOT NULL,             -- as the list has it: the lead, or the body
    role TEXT NOT NULL CHECK (role IN ('sole', 'host', 'cohost', 'split')),
    due_on @int NOT NULL DEFAULT 0,          -- the day to answer as set by hand; 0 = by the settings, on the day of handing out
    plenary @int NOT NULL DEFAULT 0,         -- with party: what the settings' day hangs on
    party @int NOT NULL DEFAULT 0,
    state TEXT NOT NULL CHECK (state IN ('asked', 'agreed', 'objected', 'settled', 'dropped')),
    silent @int NOT NULL DEFAULT 0,          -- 1 = agreed by saying nothing
    reason TEXT NOT NULL DEFAULT '',         -- why it objects
    better_agency_id @int NOT NULL DEFAULT 0, -- whom it thinks right; 0 = it does not say
    better_agency_name TEXT NOT NULL DEFAULT '', -- as it was on that day
    asked_at @int NOT NULL,
    answer_due_on @int NOT NULL,             -- last day to answer
    answered_at @int NOT NULL DEFAULT 0,
    answered_by @int NOT NULL DEFAULT 0,     -- accounts.id; 0 = nobody: silence
    settled_at @int NOT NULL DEFAULT 0,
    handed_at @int NOT NULL DEFAULT 0,       -- handed out to it for good
    meeting_id @int NOT NULL DEFAULT 0,      -- at which meeting; 0 = at none
    version @int NOT NULL DEFAULT 1,
    UNIQUE (org_id, id)
);
-- One line an agency that still counts: handed out, it is done.
CREATE UNIQUE INDEX preassignments_live ON preassignments (org_id, proposal_id, agency_id) WHERE state <> 'dropped';
CREATE INDEX preassignments_proposal ON preassignments (org_id, proposal_id, id);
CREATE INDEX preassignments_agency ON preassignments (org_id, agency_id, id);
CREATE INDEX preassignments_session ON preassignments (org_id, session_id, agency_id, id) WHERE state <> 'dropped' AND handed_at = 0;
CREATE INDEX preassignments_meeting ON preassignments (org_id, meeting_id, agency_id, id) WHERE meeting_id > 0;
CREATE INDEX preassignments_list ON preassignments (org_id, answer_due_on, id);
CREATE INDEX preassignments_due ON preassignments (org_id, answer_due_on, id) WHERE state = 'asked';
