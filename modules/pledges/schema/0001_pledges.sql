-- SPDX-License-Identifier: MulanPSL-2.0
-- Pledges of members (履责承诺): one a member and year of assessment, what each signing said, and in how many of a thing.

CREATE TABLE pledges (
    id @id,
    org_id @int NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('asked', 'signed', 'lapsed')), -- flow pledges
    member_id @int NOT NULL,
    person_id @int NOT NULL,
    name TEXT NOT NULL,                   -- of the member, as he was called then
    sector TEXT NOT NULL,                 -- his, as it was called then
    year @int NOT NULL,                   -- of assessment
    standing @int NOT NULL CHECK (standing IN (0, 1)), -- of the standing committee when asked
    from_on @int NOT NULL,                -- first day on which he may sign
    due_on @int NOT NULL,                 -- last day; later signings say that they are
    told @int NOT NULL DEFAULT 0 CHECK (told IN (0, 1)), -- he has his to-do
    edition @int NOT NULL DEFAULT 0,      -- newest; 0 = not signed
    signed_at @int NOT NULL DEFAULT 0,    -- the first
    amended_at @int NOT NULL DEFAULT 0,   -- the newest after it
    version @int NOT NULL DEFAULT 1,
    UNIQUE (org_id, id),
    FOREIGN KEY (org_id, member_id) REFERENCES members (org_id, id)
);
CREATE UNIQUE INDEX pledges_once ON pledges (org_id, member_id, year);
CREATE INDEX pledges_person ON pledges (org_id, person_id, year);
CREATE INDEX pledges_year ON pledges (org_id, year, id);
CREATE INDEX pledges_untold ON pledges (org_id, from_on, id) WHERE told = 0;

-- One signing; never changed.
CREATE TABLE pledge_editions (
    id @id,
    org_id @int NOT NULL,
    pledge_id @int NOT NULL,
    edition @int NOT NULL,                -- 1, 2 …
    signed_at @int NOT NULL,
    reason TEXT NOT NULL DEFAULT '',      -- why it was changed after the last day
    UNIQUE (org_id, id),
    FOREIGN KEY (org_id, pledge_id) REFERENCES pledges (org_id, id)
);
CREATE UNIQUE INDEX pledge_editions_once ON pledge_editions (org_id, pledge_id, edition);

-- What it said: a text an aspect (need 0), and goals in numbers (no text).
CREATE TABLE pledge_lines (
    id @id,
    org_id @int NOT NULL,
    pledge_id @int NOT NULL,
    edition @int NOT NULL,
    code TEXT NOT NULL,                   -- of an aspect: dictionary pledges.aspects; of a goal: of PLEDGE_GOALS
    label TEXT NOT NULL,                  -- what that was called then
    text TEXT NOT NULL DEFAULT '',
    need @int NOT NULL DEFAULT 0,         -- of a goal: how many; 0 = a text
    UNIQUE (org_id, id),
    FOREIGN KEY (org_id, pledge_id) REFERENCES pledges (org_id, id)
);
CREATE UNIQUE INDEX pledge_lines_once ON pledge_lines (org_id, pledge_id, edition, code);
