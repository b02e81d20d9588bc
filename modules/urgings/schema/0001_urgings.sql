-- SPDX-License-Identifier: MulanPSL-2.0
-- Nudges without form, formal slips that must be answered, and what was published of them.

CREATE TABLE reminders (
    id @id,
    org_id @int NOT NULL,
    flow TEXT NOT NULL,                       -- what was waited for: collection and row
    subject_id @int NOT NULL,
    matter TEXT NOT NULL,                     -- the matter that it belongs to: "proposals"
    matter_id @int NOT NULL,
    agency_id @int NOT NULL,                  -- body that was told, 0 = the office or persons
    kind TEXT NOT NULL CHECK (kind IN ('house', 'office', 'member')), -- the clock, the office by hand, a proposer to the office
    level @int NOT NULL CHECK (level BETWEEN 0 AND 4), -- 0 by hand; by the clock: 1 first, 2 second, 3 slip, 4 talk or circular
    stage TEXT NOT NULL DEFAULT '',           -- of the clock: which one, "handle"
    due_on @int NOT NULL DEFAULT 0,           -- likewise: the day that has passed; another day begins anew
    on_day @int NOT NULL,                     -- when it was sent
    position @int NOT NULL,                   -- by hand: the how-manieth of its kind on this day, from 1
    text TEXT NOT NULL,                       -- own words, may be empty
    told TEXT NOT NULL,                       -- who was told, in words
    sent_at @int NOT NULL,
    sent_by @int NOT NULL,                    -- account, 0 = the house
    sent_name TEXT NOT NULL                   -- as it was then
);
CREATE UNIQUE INDEX reminders_by_hand ON reminders (org_id, flow, subject_id, on_day, kind, position) WHERE kind <> 'house';
CREATE UNIQUE INDEX reminders_by_clock ON reminders (org_id, flow, subject_id, stage, due_on, level) WHERE kind = 'house';
CREATE INDEX reminders_matter ON reminders (org_id, matter, matter_id, id);
CREATE INDEX reminders_day ON reminders (org_id, on_day, id);

CREATE TABLE urgings (
    id @id,
    org_id @int NOT NULL,
    cause TEXT NOT NULL CHECK (cause IN ('overdue', 'flagship', 'redo', 'instruction', 'unsolved', 'manual')), -- why
    flow TEXT NOT NULL,                       -- what is urged: "assignments", "promises"
    subject_id @int NOT NULL,
    matter TEXT NOT NULL,
    matter_id @int NOT NULL,
    matter_title TEXT NOT NULL,               -- as they were when it was proposed
    matter_number TEXT NOT NULL,              -- likewise
    agency_id @int NOT NULL,                  -- who must answer
    agency_name TEXT NOT NULL,                -- its name on that day
    late_on @int NOT NULL DEFAULT 0,          -- of an overdue one: the day that has passed
    text TEXT NOT NULL,                       -- what is wanted: proposed, then as issued
    year @int NOT NULL DEFAULT 0,             -- of its number, 0 = not issued
    serial @int NOT NULL DEFAULT 0,
    number TEXT NOT NULL DEFAULT '',          -- 督办单号
    state TEXT NOT NULL CHECK (state IN ('proposed', 'issued', 'accepted', 'answered', 'supplementing', 'passed', 'closed')), -- flow urgings
    due_on @int NOT NULL DEFAULT 0,           -- answer by
    proposed_at @int NOT NULL,
    proposed_name TEXT NOT NULL,              -- who proposed it, empty = the house
    issued_at @int NOT NULL DEFAULT 0,        -- 0: the agency must not know of it
    issued_by @int NOT NULL DEFAULT 0,
    issued_name TEXT NOT NULL DEFAULT '',     -- as it was then
    accepted_at @int NOT NULL DEFAULT 0,
    answered_at @int NOT NULL DEFAULT 0,      -- the last answer
    was_late @int NOT NULL DEFAULT 0 CHECK (was_late IN (0, 1)), -- an answer came behind its day
    passed_at @int NOT NULL DEFAULT 0,
    look_on @int NOT NULL DEFAULT 0,          -- somebody looks again on this day
    asked_at @int NOT NULL DEFAULT 0,         -- the issuer was asked to
    closed_at @int NOT NULL DEFAULT 0,
    version @int NOT NULL DEFAULT 1,
    UNIQUE (org_id, id)
);
CREATE UNIQUE INDEX urgings_open ON urgings (org_id, flow, subject_id, cause) WHERE state <> 'closed';
CREATE UNIQUE INDEX urgings_number ON urgings (org_id, year, serial) WHERE serial > 0;
CREATE INDEX urgings_agency ON urgings (org_id, agency_id, state, due_on, id);
CREATE INDEX urgings_matter ON urgings (org_id, matter, matter_id, id);
CREATE INDEX urgings_proposed ON urgings (org_id, proposed_at, id);
CREATE INDEX urgings_look ON urgings (org_id, look_on, id) WHERE state = 'passed';

-- The last number of each year.
CREATE TABLE urging_numbers (
    org_id @int NOT NULL,
    year @int NOT NULL,                       -- in which slips are issued
    serial @int NOT NULL,
    PRIMARY KEY (org_id, year)
);

-- How far the ladder of a day has come: a run goes on where the one before stopped.
CREATE TABLE urging_runs (
    org_id @int NOT NULL,
    on_day @int NOT NULL,                     -- the day that is gone through
    source @int NOT NULL,                     -- which list of late things
    after_on @int NOT NULL,                   -- in it: the last one that is done
    after_id @int NOT NULL,
    PRIMARY KEY (org_id)
);

-- 通报: which agencies were urged and how they answered, for all of them to read.
CREATE TABLE circulars (
    id @id,
    org_id @int NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    published_on @int NOT NULL,
    published_at @int NOT NULL,
    published_by @int NOT NULL,
    published_name TEXT NOT NULL,             -- as it was then
    UNIQUE (org_id, id)
);
CREATE INDEX circulars_day ON circulars (org_id, published_on, id);

-- The slips that it names, as they stood on that day.
CREATE TABLE circular_urgings (
    org_id @int NOT NULL,
    circular_id @int NOT NULL,
    urging_id @int NOT NULL,
    agency_name TEXT NOT NULL,                -- of the slip
    number TEXT NOT NULL,                     -- of the slip
    state TEXT NOT NULL,                      -- likewise
    late_days @int NOT NULL,                  -- working days behind its day, of an overdue one
    PRIMARY KEY (org_id, circular_id, urging_id),
    FOREIGN KEY (org_id, circular_id) REFERENCES circulars (org_id, id)
);
