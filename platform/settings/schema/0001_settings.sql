-- SPDX-License-Identifier: MulanPSL-2.0
-- What a site decides: values of settings and rows of dictionaries, each with its day. Declared in C (name, type, limits,
-- default); nothing here for what a site leaves as shipped. Cached per organisation: see ../README.md.

CREATE TABLE settings (
    org_id @int NOT NULL,
    name TEXT NOT NULL,              -- "proposals.bounce_days", as declared
    from_on @int NOT NULL,           -- in force from this day until a later row takes over
    value TEXT NOT NULL,             -- as text; numbers in decimal, yes and no as 1 and 0
    changed_at @int NOT NULL,        -- UTC milliseconds
    changed_by @int NOT NULL,        -- account; 0 = the house
    mark @int NOT NULL,              -- random, new at every change: the sum of them tells a cache that something changed
    PRIMARY KEY (org_id, name, from_on)
);
CREATE INDEX settings_mark ON settings (org_id, mark);

CREATE TABLE dictionaries (
    id @id,
    org_id @int NOT NULL,
    name TEXT NOT NULL,              -- "proposals.reject_reasons", as declared
    code TEXT NOT NULL,              -- stable; what cases store
    label TEXT NOT NULL,             -- what people read
    note TEXT NOT NULL DEFAULT '',   -- explanation beside the choice
    position @int NOT NULL,          -- order in lists
    from_on @int NOT NULL DEFAULT 0, -- first day it may be chosen; 0 = always
    to_on @int NOT NULL DEFAULT 0,   -- last day it may be chosen; 0 = open
    changed_at @int NOT NULL,        -- UTC milliseconds
    changed_by @int NOT NULL,        -- account; 0 = the house
    mark @int NOT NULL               -- as in settings
);
CREATE UNIQUE INDEX dictionaries_code ON dictionaries (org_id, name, code);
CREATE INDEX dictionaries_mark ON dictionaries (org_id, mark);
