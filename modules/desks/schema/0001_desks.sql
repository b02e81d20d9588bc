-- SPDX-License-Identifier: MulanPSL-2.0
-- The inside of an agency: its desks, who belongs to them, and what is split among them (issue 3, point 5). Seen by the agency alone.

CREATE TABLE desks (
    id @id,
    org_id @int NOT NULL,
    agency_id @int NOT NULL,                 -- orgs.id: whose desk it is
    name TEXT NOT NULL,
    position @int NOT NULL DEFAULT 0,        -- order in lists
    head_id @int NOT NULL DEFAULT 0,         -- accounts.id of its head; 0 = nobody
    from_on @int NOT NULL,                   -- first day
    to_on @int NOT NULL DEFAULT 0,           -- last day; 0 = open
    version @int NOT NULL DEFAULT 1,
    UNIQUE (org_id, id)
);
CREATE INDEX desks_agency ON desks (org_id, agency_id, position, id);

-- Who belongs to a desk. Whether he still works for the agency is asked of accounts.
CREATE TABLE desk_accounts (
    org_id @int NOT NULL,
    desk_id @int NOT NULL,                   -- desks.id
    account_id @int NOT NULL,                -- accounts.id
    UNIQUE (org_id, desk_id, account_id)
);
CREATE INDEX desk_accounts_account ON desk_accounts (org_id, account_id, desk_id);

CREATE TABLE errands (
    id @id,
    org_id @int NOT NULL,
    assignment_id @int NOT NULL,             -- assignments.id
    agency_id @int NOT NULL,                 -- its agency: the only one that sees it
    round @int NOT NULL,                     -- of the assignment when it was given
    matter_title TEXT NOT NULL,              -- as in the assignment
    matter_number TEXT NOT NULL,             -- likewise
    numbers TEXT NOT NULL,                   -- numbered suggestions, "1 3"
    ask TEXT NOT NULL,                       -- what is asked for
    desk_id @int NOT NULL DEFAULT 0,         -- desks.id; 0 = straight to somebody
    desk_name TEXT NOT NULL DEFAULT '',      -- as it was on that day
    account_id @int NOT NULL DEFAULT 0,      -- accounts.id of who does it; 0 = nobody of the desk yet
    account_name TEXT NOT NULL DEFAULT '',   -- as it was on that day
    due_on @int NOT NULL,                    -- inner day, before that of the assignment
    state TEXT NOT NULL CHECK (state IN ('given', 'taken', 'bounced', 'finished', 'passed', 'dropped')),
    note TEXT NOT NULL DEFAULT '',           -- what who does it wants to say besides
    given_at @int NOT NULL,
    given_by @int NOT NULL,                  -- accounts.id
    finished_at @int NOT NULL DEFAULT 0,     -- handed in, the last time
    finished_by @int NOT NULL DEFAULT 0,
    approved_at @int NOT NULL DEFAULT 0,     -- by the head of the desk
    approved_by @int NOT NULL DEFAULT 0,
    passed_at @int NOT NULL DEFAULT 0,       -- into the draft of the answer
    passed_by @int NOT NULL DEFAULT 0,
    reminded_on @int NOT NULL DEFAULT 0,     -- last day on which it was reminded of
    late_told_on @int NOT NULL DEFAULT 0,    -- day on which its agency was told that it is late
    lost_at @int NOT NULL DEFAULT 0,         -- the assignment was taken from the agency: nobody sees it any more
    draft_version @int NOT NULL DEFAULT 0,   -- of what is typed
    version @int NOT NULL DEFAULT 1,
    UNIQUE (org_id, id)
);
CREATE INDEX errands_assignment ON errands (org_id, assignment_id, id);
CREATE INDEX errands_agency ON errands (org_id, agency_id, due_on, id);
CREATE INDEX errands_desk ON errands (org_id, desk_id, id) WHERE desk_id > 0;

-- The part of the answer that is written for an errand: one row a suggestion.
CREATE TABLE errand_answers (
    org_id @int NOT NULL,
    errand_id @int NOT NULL,                 -- errands.id
    number @int NOT NULL,                    -- of the suggestion
    result TEXT NOT NULL DEFAULT '',         -- as in reply_answers
    text TEXT NOT NULL DEFAULT '',
    UNIQUE (org_id, errand_id, number)
);
