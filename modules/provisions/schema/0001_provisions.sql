-- SPDX-License-Identifier: MulanPSL-2.0
-- Buses and meals of a meeting (用餐乘车): what there is, a row for each who answered, a row for each thing that he takes.

CREATE TABLE provisions (
    id @id,
    org_id @int NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'published', 'outdated', 'closed', 'dropped')), -- flow provisions
    meeting_id @int NOT NULL,
    answer_on @int NOT NULL,              -- last day on which members answer by themselves
    note TEXT NOT NULL DEFAULT '',        -- what else they should know
    published_at @int NOT NULL DEFAULT 0,
    reminded_on @int NOT NULL DEFAULT 0,  -- last day on which who had not answered was reminded
    version @int NOT NULL DEFAULT 1,
    UNIQUE (org_id, id),
    FOREIGN KEY (org_id, meeting_id) REFERENCES meetings (org_id, id)
);
CREATE UNIQUE INDEX provisions_once ON provisions (org_id, meeting_id) WHERE state <> 'dropped';

CREATE TABLE provision_items (
    id @id,
    org_id @int NOT NULL,
    provision_id @int NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('there', 'back', 'meal')), -- a bus to the meeting, a bus home, a meal
    held_on @int NOT NULL,                -- on which day
    minute @int NOT NULL DEFAULT 0,       -- of the day, when a bus leaves; 0 of a meal
    meal TEXT NOT NULL DEFAULT '' CHECK (meal IN ('', 'breakfast', 'lunch', 'dinner')), -- empty of a bus
    place TEXT NOT NULL DEFAULT '',       -- where a bus leaves from, where a meal is
    UNIQUE (org_id, id),
    FOREIGN KEY (org_id, provision_id) REFERENCES provisions (org_id, id)
);
CREATE INDEX provision_items_of ON provision_items (org_id, provision_id, kind, held_on);

CREATE TABLE provision_answers (
    id @id,
    org_id @int NOT NULL,
    provision_id @int NOT NULL,
    invitee_id @int NOT NULL,             -- of the meeting
    member_id @int NOT NULL,
    person_id @int NOT NULL,
    chosen TEXT NOT NULL DEFAULT '',      -- what he takes, in words, as it was called then
    drives @int NOT NULL DEFAULT 0 CHECK (drives IN (0, 1)), -- comes by his own car and needs room for it
    plate TEXT NOT NULL DEFAULT '',       -- of the car: personal
    diet TEXT NOT NULL DEFAULT '' CHECK (diet IN ('', 'plain', 'halal', 'vegetarian')), -- personal; empty = no longer kept
    avoid TEXT NOT NULL DEFAULT '',       -- what he cannot eat: personal
    stale @int NOT NULL DEFAULT 0 CHECK (stale IN (0, 1)), -- 1: what he answered to has changed, he is asked anew
    answered_at @int NOT NULL,
    proxy_name TEXT NOT NULL DEFAULT '',  -- who of the office put it down for him; empty = himself
    until_on @int NOT NULL,               -- last day of the meeting, from which personal fields are kept so many days
    version @int NOT NULL DEFAULT 1,
    UNIQUE (org_id, id),
    FOREIGN KEY (org_id, provision_id) REFERENCES provisions (org_id, id)
);
CREATE UNIQUE INDEX provision_answers_once ON provision_answers (org_id, provision_id, invitee_id);
CREATE INDEX provision_answers_person ON provision_answers (org_id, person_id, provision_id);
CREATE INDEX provision_answers_until ON provision_answers (org_id, until_on);

CREATE TABLE provision_choices (
    id @id,
    org_id @int NOT NULL,
    answer_id @int NOT NULL,
    item_id @int NOT NULL,
    UNIQUE (org_id, id),
    FOREIGN KEY (org_id, answer_id) REFERENCES provision_answers (org_id, id),
    FOREIGN KEY (org_id, item_id) REFERENCES provision_items (org_id, id)
);
CREATE UNIQUE INDEX provision_choices_once ON provision_choices (org_id, answer_id, item_id);
CREATE INDEX provision_choices_item ON provision_choices (org_id, item_id);
