-- SPDX-License-Identifier: MulanPSL-2.0
-- Areas, terms, sessions, sectors and committees can be corrected, renamed and ended: days, versions, former names.

ALTER TABLE areas ADD COLUMN from_on @int NOT NULL DEFAULT 0;  -- first day; 0 = always there
ALTER TABLE areas ADD COLUMN to_on @int NOT NULL DEFAULT 0;    -- last day; 0 = still there
ALTER TABLE areas ADD COLUMN version @int NOT NULL DEFAULT 1;
ALTER TABLE terms ADD COLUMN version @int NOT NULL DEFAULT 1;
ALTER TABLE sessions ADD COLUMN version @int NOT NULL DEFAULT 1;
ALTER TABLE sectors ADD COLUMN version @int NOT NULL DEFAULT 1;
ALTER TABLE committees ADD COLUMN version @int NOT NULL DEFAULT 1;

CREATE TABLE area_names (
    id @id,                        -- facts of the country like the areas themselves: no org_id
    area_id @int NOT NULL REFERENCES areas (id),
    name TEXT NOT NULL,            -- what it was called
    until_on @int NOT NULL         -- last day of that name
);
CREATE UNIQUE INDEX area_names_area ON area_names (area_id, until_on);

CREATE TABLE body_names (
    id @id,
    org_id @int NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('sector', 'committee')),
    body_id @int NOT NULL,         -- sectors.id or committees.id
    name TEXT NOT NULL,
    until_on @int NOT NULL
);
CREATE UNIQUE INDEX body_names_body ON body_names (org_id, kind, body_id, until_on);
CREATE INDEX orgs_area ON orgs (org_id, area_id, position, id);
