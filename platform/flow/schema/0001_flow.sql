-- SPDX-License-Identifier: MulanPSL-2.0
-- What the flow engine keeps about things that move: history, clocks, to-dos, local variants. The things themselves and their
-- state are the modules' tables; (flow, subject_id) points there.

CREATE TABLE trails (
    id @id,
    org_id @int NOT NULL,
    flow TEXT NOT NULL,                       -- collection, "proposals"
    subject_id @int NOT NULL,                 -- its row there
    at @int NOT NULL,                         -- UTC milliseconds
    verb TEXT NOT NULL,                       -- "docket"; "begin" for the first row of a subject
    from_state TEXT NOT NULL,                 -- empty at the beginning
    to_state TEXT NOT NULL,                   -- where the step led
    actor_account_id @int NOT NULL,           -- 0 = the house itself
    actor_name TEXT NOT NULL,                 -- as it was then; empty = the house itself
    agency_id @int NOT NULL DEFAULT 0,        -- body the actor works for
    agency_name TEXT NOT NULL DEFAULT '',     -- as it was then, where the step gave it
    delegator_account_id @int NOT NULL DEFAULT 0, -- who was acted for
    delegator_name TEXT NOT NULL DEFAULT '',  -- as it was then; empty = as oneself
    opinion TEXT NOT NULL DEFAULT '',         -- words given with the step
    opinion_hidden @int NOT NULL DEFAULT 0 CHECK (opinion_hidden IN (0, 1)) -- for staff only
);
CREATE INDEX trails_subject ON trails (org_id, flow, subject_id, id);

CREATE TABLE clocks (
    id @id,
    org_id @int NOT NULL,
    flow TEXT NOT NULL,                       -- as in trails
    subject_id @int NOT NULL,
    name TEXT NOT NULL,                       -- as declared by the flow, "handle"
    unit TEXT NOT NULL CHECK (unit IN ('working_days', 'days', 'months')), -- what its length counts
    started_at @int NOT NULL,                 -- UTC milliseconds
    first_due_on @int NOT NULL,               -- last day without extensions; moved by freezing
    due_on @int NOT NULL,                     -- last day now
    extended_days @int NOT NULL DEFAULT 0,    -- calendar days that extensions added
    frozen_on @int NOT NULL DEFAULT 0,        -- stands still since this day; 0 = runs
    stopped_at @int NOT NULL DEFAULT 0,       -- UTC milliseconds; 0 = running
    was_late @int NOT NULL DEFAULT 0 CHECK (was_late IN (0, 1)) -- stopped after the last day; kept for yearly figures
);
CREATE INDEX clocks_subject ON clocks (org_id, flow, subject_id, id);
CREATE UNIQUE INDEX clocks_running ON clocks (org_id, flow, subject_id, name) WHERE stopped_at = 0;
CREATE INDEX clocks_due ON clocks (org_id, flow, due_on, id) WHERE stopped_at = 0;

CREATE TABLE todos (
    id @id,
    org_id @int NOT NULL,
    flow TEXT NOT NULL,                       -- as in trails
    subject_id @int NOT NULL,
    state TEXT NOT NULL,                      -- of the subject when it was made
    verb TEXT NOT NULL,                       -- what is to be done
    holder TEXT NOT NULL CHECK (holder IN ('may', 'agency', 'person')), -- kind of who is to do it
    holder_id @int NOT NULL DEFAULT 0,        -- agency or person; 0 for 'may'
    permission TEXT NOT NULL DEFAULT '',      -- for 'may': everybody who holds it for the whole organisation
    clock TEXT NOT NULL DEFAULT '',           -- clock whose last day is shown; empty = none
    due_on @int NOT NULL DEFAULT 0,           -- last day; 0 = none
    urgency @int NOT NULL,                    -- due_on, or a day beyond all days: order of the list
    title TEXT NOT NULL,                      -- of the subject
    number TEXT NOT NULL DEFAULT '',          -- of the subject
    url TEXT NOT NULL,                        -- own path where to act
    own @int NOT NULL DEFAULT 0 CHECK (own IN (0, 1)), -- 0 = follows from the state; 1 = a module's, ended by it
    created_at @int NOT NULL                  -- UTC milliseconds
);
CREATE INDEX todos_subject ON todos (org_id, flow, subject_id, id);
CREATE INDEX todos_holder ON todos (org_id, holder, holder_id, urgency, id) WHERE holder <> 'may';
CREATE INDEX todos_permission ON todos (org_id, permission, urgency, id) WHERE holder = 'may';

CREATE TABLE flow_variants (
    org_id @int NOT NULL,
    flow TEXT NOT NULL,                       -- as in trails
    verb TEXT NOT NULL,                       -- action that differs here
    disabled @int NOT NULL DEFAULT 0 CHECK (disabled IN (0, 1)), -- not done in this organisation
    label TEXT NOT NULL DEFAULT '',           -- words on the button; empty = as shipped
    extra_from TEXT NOT NULL DEFAULT '',      -- states it may start from besides those of the table, space-separated
    changed_at @int NOT NULL,                 -- UTC milliseconds
    changed_by @int NOT NULL,                 -- account; 0 = the house
    PRIMARY KEY (org_id, flow, verb)
);
