-- SPDX-License-Identifier: MulanPSL-2.0
-- The bodies, their areas, terms, sessions, sectors, committees. Everything dated: nothing is overwritten, any past day can be asked for.

CREATE TABLE areas (
    id @id,                       -- administrative areas are facts of the country, not of one organisation: no org_id
    code TEXT NOT NULL UNIQUE,    -- GB/T 2260 code, 6 to 12 digits
    name TEXT NOT NULL,
    level TEXT NOT NULL CHECK (level IN ('nation', 'province', 'city', 'county', 'town')),
    parent_id @int REFERENCES areas (id)
);
CREATE INDEX areas_parent ON areas (parent_id, code);

CREATE TABLE orgs (
    id @id,
    org_id @int NOT NULL,         -- the cppcc that owns the row; a cppcc's own row names itself (0 while it is being made)
    kind TEXT NOT NULL CHECK (kind IN ('cppcc', 'party_committee', 'government', 'department', 'democratic',
                                       'federation', 'association', 'township', 'employer')),
    name TEXT NOT NULL,
    short_name TEXT NOT NULL DEFAULT '',  -- for narrow tables and letters
    code TEXT NOT NULL DEFAULT '',        -- the site's own code, e.g. for document numbers
    area_id @int REFERENCES areas (id),
    parent_id @int,               -- the body above, in the same organisation; a county cppcc has none (guidance, not command)
    agency @int NOT NULL DEFAULT 0 CHECK (agency IN (0, 1)),  -- may be given assignments (承办单位)
    dispatcher @int NOT NULL DEFAULT 0 CHECK (dispatcher IN (0, 1)), -- may hand them out (交办机关)
    letter_prefix TEXT NOT NULL DEFAULT '', -- 机关代字 of its letters, "澜交函"
    position @int NOT NULL DEFAULT 0,
    from_on @int NOT NULL DEFAULT 0,
    to_on @int NOT NULL DEFAULT 0,        -- last day; 0 = still there
    source TEXT NOT NULL DEFAULT '',
    source_id TEXT NOT NULL DEFAULT '',
    version @int NOT NULL DEFAULT 1,
    UNIQUE (org_id, id)
);
CREATE UNIQUE INDEX orgs_name ON orgs (org_id, kind, name, from_on);
CREATE UNIQUE INDEX orgs_source ON orgs (org_id, source, source_id) WHERE source_id <> '';
CREATE INDEX orgs_agency ON orgs (org_id, agency, position, id);

CREATE TABLE terms (
    id @id,
    org_id @int NOT NULL,
    number @int NOT NULL,         -- 六届 = 6
    from_on @int NOT NULL,
    to_on @int NOT NULL DEFAULT 0,
    UNIQUE (org_id, id)
);
CREATE UNIQUE INDEX terms_number ON terms (org_id, number);

CREATE TABLE sessions (
    id @id,
    org_id @int NOT NULL,
    term_id @int NOT NULL,
    number @int NOT NULL,         -- 三次会议 = 3; opens the working year on which proposal numbers hang
    opened_on @int NOT NULL,      -- first day of the plenary
    closed_on @int NOT NULL,      -- last day of the plenary
    until_on @int NOT NULL DEFAULT 0, -- last day whose proposals count for it (5 December nationally); 0 = open
    UNIQUE (org_id, id),
    FOREIGN KEY (org_id, term_id) REFERENCES terms (org_id, id)
);
CREATE UNIQUE INDEX sessions_number ON sessions (org_id, term_id, number);
CREATE INDEX sessions_opened ON sessions (org_id, opened_on);

CREATE TABLE sectors (
    id @id,
    org_id @int NOT NULL,
    name TEXT NOT NULL,
    position @int NOT NULL DEFAULT 0,
    from_on @int NOT NULL DEFAULT 0,
    to_on @int NOT NULL DEFAULT 0,
    UNIQUE (org_id, id)
);
CREATE UNIQUE INDEX sectors_name ON sectors (org_id, name, from_on);

CREATE TABLE committees (
    id @id,
    org_id @int NOT NULL,
    name TEXT NOT NULL,
    position @int NOT NULL DEFAULT 0,
    from_on @int NOT NULL DEFAULT 0,
    to_on @int NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX committees_name ON committees (org_id, name, from_on);
