-- SPDX-License-Identifier: MulanPSL-2.0
-- What comes of an answer: promises with their day, visits to look back, what those who asked say then, instructions of leaders.

CREATE TABLE promises (
    id @id,
    org_id @int NOT NULL,
    matter TEXT NOT NULL,                     -- collection of the matter: "proposals"
    matter_id @int NOT NULL,
    session_id @int NOT NULL,                 -- of the matter, 0 = of none
    matter_title TEXT NOT NULL,               -- title and number as they were when it was answered
    matter_number TEXT NOT NULL,              -- "六届三次会议第0137号"
    assignment_id @int NOT NULL,
    agency_id @int NOT NULL,                  -- who promised
    agency_name TEXT NOT NULL,                -- its name on that day
    round @int NOT NULL,                      -- of the reply in which it stands
    number @int NOT NULL,                     -- in that reply, from 1
    item_number @int NOT NULL,                -- of the item that it is about, 0 = of the whole answer
    text TEXT NOT NULL,
    first_due_on @int NOT NULL,               -- the day promised; figures go by it
    due_on @int NOT NULL,                     -- the day after renewals
    owner TEXT NOT NULL,                      -- 责任人
    phone TEXT NOT NULL,
    evidence_kind TEXT NOT NULL,              -- as in reply_promises
    percent @int NOT NULL DEFAULT 0 CHECK (percent BETWEEN 0 AND 100), -- how far, as the agency says
    state TEXT NOT NULL CHECK (state IN ('made', 'progressing', 'renewed', 'met', 'missed', 'superseded')), -- flow promises
    renewals @int NOT NULL DEFAULT 0,         -- granted
    renew_to_on @int NOT NULL DEFAULT 0,      -- asked for and not decided, 0 = nothing
    renew_reason TEXT NOT NULL DEFAULT '',    -- why more time is asked for
    made_at @int NOT NULL,
    met_on @int NOT NULL DEFAULT 0,           -- day on which the agency showed that it is done
    confirmed_at @int NOT NULL DEFAULT 0,     -- the office has checked it; 0 = not yet
    missed_on @int NOT NULL DEFAULT 0,
    superseded_at @int NOT NULL DEFAULT 0,    -- a later round has promised anew
    was_late @int NOT NULL DEFAULT 0 CHECK (was_late IN (0, 1)), -- met behind its day
    warning TEXT NOT NULL DEFAULT '' CHECK (warning IN ('', 'amber', 'red')), -- warned of this day
    version @int NOT NULL DEFAULT 1,
    UNIQUE (org_id, id),
    UNIQUE (org_id, assignment_id, round, number)
);
CREATE INDEX promises_agency ON promises (org_id, agency_id, state, due_on, id);
CREATE INDEX promises_matter ON promises (org_id, matter, matter_id, id);
CREATE INDEX promises_session ON promises (org_id, session_id, state, id);
CREATE INDEX promises_by_due ON promises (org_id, due_on, id);
CREATE INDEX promises_open ON promises (org_id, due_on, id) WHERE state IN ('made', 'progressing', 'renewed');

-- What was said of a promise, step by step. Files: attachments of owner "promises".
CREATE TABLE promise_notes (
    id @id,
    org_id @int NOT NULL,
    promise_id @int NOT NULL,
    kind TEXT NOT NULL,                       -- the verb
    noted_at @int NOT NULL,
    noted_by @int NOT NULL,                   -- account, 0 = the house
    noted_name TEXT NOT NULL,                 -- name, and the agency's where one acted for it
    percent @int NOT NULL,                    -- how far it was then
    text TEXT NOT NULL,
    from_on @int NOT NULL,                    -- of a renewal or reopening: the day before
    to_on @int NOT NULL,                      -- and the new one; 0 = no day is about
    FOREIGN KEY (org_id, promise_id) REFERENCES promises (org_id, id)
);
CREATE INDEX promise_notes_promise ON promise_notes (org_id, promise_id, id);

-- 回头看: somebody goes and looks what came of it.
CREATE TABLE followups (
    id @id,
    org_id @int NOT NULL,
    matter TEXT NOT NULL,
    matter_id @int NOT NULL,
    session_id @int NOT NULL,
    matter_title TEXT NOT NULL,               -- title and number when it was planned
    matter_number TEXT NOT NULL,              -- as above
    agency_name TEXT NOT NULL,                -- who answered
    class TEXT NOT NULL,                      -- at answer time; stays as it was
    state TEXT NOT NULL CHECK (state IN ('planned', 'held')), -- flow followups
    planned_on @int NOT NULL,
    asked_at @int NOT NULL DEFAULT 0,         -- those who asked were asked how it is now; 0 = not yet
    held_on @int NOT NULL DEFAULT 0,
    place TEXT NOT NULL DEFAULT '',           -- where, as written
    visitors TEXT NOT NULL DEFAULT '',        -- who went, as written
    result TEXT NOT NULL DEFAULT '' CHECK (result IN ('', 'solved', 'partly', 'unsolved')),
    text TEXT NOT NULL DEFAULT '',
    recorded_at @int NOT NULL DEFAULT 0,
    recorded_by @int NOT NULL DEFAULT 0,
    version @int NOT NULL DEFAULT 1,
    UNIQUE (org_id, id)
);
CREATE INDEX followups_state ON followups (org_id, state, planned_on, id);
CREATE INDEX followups_planned ON followups (org_id, planned_on, id);
CREATE INDEX followups_matter ON followups (org_id, matter, matter_id, id);

-- What those who asked say then: blind to the agencies, like an evaluation.
CREATE TABLE rechecks (
    id @id,
    org_id @int NOT NULL,
    followup_id @int NOT NULL,
    person_id @int NOT NULL,
    person_name TEXT NOT NULL,                -- as it was on that day
    result TEXT NOT NULL CHECK (result IN ('solved', 'partly', 'unsolved')),
    text TEXT NOT NULL,
    answered_at @int NOT NULL,
    UNIQUE (org_id, followup_id, person_id),
    FOREIGN KEY (org_id, followup_id) REFERENCES followups (org_id, id)
);

-- 批示: a leader's written note on a matter.
CREATE TABLE instructions (
    id @id,
    org_id @int NOT NULL,
    matter TEXT NOT NULL,
    matter_id @int NOT NULL,
    leader TEXT NOT NULL,                     -- name and post, as written
    level TEXT NOT NULL,                      -- dictionary outcomes.instruction_levels
    instructed_on @int NOT NULL,
    text TEXT NOT NULL,
    to_agency_id @int NOT NULL DEFAULT 0,     -- to whom, 0 = to nobody by name
    to_agency_name TEXT NOT NULL DEFAULT '',  -- its name on that day
    hidden @int NOT NULL DEFAULT 0 CHECK (hidden IN (0, 1)), -- its text is for the office and who it is for
    recorded_at @int NOT NULL,
    recorded_by @int NOT NULL,
    UNIQUE (org_id, id)
);
CREATE INDEX instructions_matter ON instructions (org_id, matter, matter_id, id);
