-- SPDX-License-Identifier: MulanPSL-2.0
-- Bulletins (刊物) with their issues, where each opinion of an issue was sent, and what came of it there.

CREATE TABLE bulletins (
    id @id,
    org_id @int NOT NULL,
    name TEXT NOT NULL,                     -- in the red head, without 《》
    office TEXT NOT NULL,                   -- who issues it, left below the head
    mark TEXT NOT NULL DEFAULT '',          -- 内部资料 …, upper left; may be empty
    total @int NOT NULL DEFAULT 0,          -- 总期数: of the last issue, those from before the house counted in
    named @int NOT NULL DEFAULT 1 CHECK (named IN (0, 1)), -- reporters are printed
    national TEXT NOT NULL DEFAULT '',      -- where it usually goes, a body a line, by level (dictionary outcomes.instruction_levels)
    province TEXT NOT NULL DEFAULT '',      -- 省级
    city TEXT NOT NULL DEFAULT '',          -- 市级
    county TEXT NOT NULL DEFAULT '',        -- 县级
    copies TEXT NOT NULL DEFAULT '',        -- 发: bodies a line, printed at the foot
    ended @int NOT NULL DEFAULT 0 CHECK (ended IN (0, 1)), -- no new issues
    version @int NOT NULL DEFAULT 1,
    UNIQUE (org_id, id)
);
CREATE UNIQUE INDEX bulletins_name ON bulletins (org_id, name);

-- The last number of a year: one row, updated in the transaction that takes one, so there are no gaps.
CREATE TABLE bulletin_numbers (
    id @id,
    org_id @int NOT NULL,
    bulletin_id @int NOT NULL,
    year @int NOT NULL,                     -- in which they are signed
    serial @int NOT NULL DEFAULT 0,
    FOREIGN KEY (org_id, bulletin_id) REFERENCES bulletins (org_id, id)
);
CREATE UNIQUE INDEX bulletin_numbers_year ON bulletin_numbers (org_id, bulletin_id, year);

CREATE TABLE issues (
    id @id,
    org_id @int NOT NULL,
    bulletin_id @int NOT NULL,
    bulletin_name TEXT NOT NULL,            -- name, office, mark as they were when it was last saved or signed
    office TEXT NOT NULL,
    mark TEXT NOT NULL,
    named @int NOT NULL CHECK (named IN (0, 1)), -- as in bulletins
    state TEXT NOT NULL CHECK (state IN ('draft', 'signing', 'issued', 'forwarded', 'dropped')), -- flow issues
    title TEXT NOT NULL,                    -- of its first opinion, and how many there are
    year @int NOT NULL DEFAULT 0,           -- 0 = not signed
    serial @int NOT NULL DEFAULT 0,         -- of the year
    total @int NOT NULL DEFAULT 0,          -- of all
    number TEXT NOT NULL DEFAULT '',        -- 2026年第12期（总第356期）
    reports TEXT NOT NULL DEFAULT '',       -- 报送: bodies a line
    copies TEXT NOT NULL DEFAULT '',        -- 发: bodies a line
    printed @int NOT NULL DEFAULT 0,        -- 共印 … 份; 0 = not said
    editor_id @int NOT NULL,                -- account
    editor_name TEXT NOT NULL,              -- as it was then
    signer_id @int NOT NULL DEFAULT 0,      -- account
    signer_name TEXT NOT NULL DEFAULT '',   -- as it was then
    returned TEXT NOT NULL DEFAULT '',      -- why who signs sent it back; empty = he did not
    digest TEXT NOT NULL DEFAULT '',        -- SM3 of what was signed
    issued_on @int NOT NULL DEFAULT 0,
    signed_at @int NOT NULL DEFAULT 0,
    updated_at @int NOT NULL,
    version @int NOT NULL DEFAULT 1,
    UNIQUE (org_id, id),
    FOREIGN KEY (org_id, bulletin_id) REFERENCES bulletins (org_id, id)
);
CREATE INDEX issues_newest ON issues (org_id, updated_at, id);
CREATE INDEX issues_year ON issues (org_id, year, serial, id);
CREATE UNIQUE INDEX issues_serial ON issues (org_id, bulletin_id, year, serial) WHERE serial > 0;
CREATE UNIQUE INDEX issues_total ON issues (org_id, bulletin_id, total) WHERE serial > 0;

-- An opinion in an issue; its text from the day of signing, empty before (it is read from the opinion then).
CREATE TABLE issue_items (
    id @id,
    org_id @int NOT NULL,
    issue_id @int NOT NULL,
    opinion_id @int NOT NULL,
    position @int NOT NULL,                 -- from 1
    title TEXT NOT NULL DEFAULT '',
    situation TEXT NOT NULL DEFAULT '',     -- 情况
    analysis TEXT NOT NULL DEFAULT '',      -- 分析
    suggestions TEXT NOT NULL DEFAULT '',   -- 建议
    reporters TEXT NOT NULL DEFAULT '',     -- names as printed
    ask TEXT NOT NULL DEFAULT '',           -- what the units are asked to do
    assigned_at @int NOT NULL DEFAULT 0,    -- handed to a unit; 0 = not
    replied_at @int NOT NULL DEFAULT 0,     -- all units have answered
    informed_at @int NOT NULL DEFAULT 0,    -- reporters were told what came of it: they read what was recorded up to then
    FOREIGN KEY (org_id, issue_id) REFERENCES issues (org_id, id)
);
CREATE UNIQUE INDEX issue_items_opinion ON issue_items (org_id, opinion_id);
CREATE INDEX issue_items_issue ON issue_items (org_id, issue_id, position, id);

-- 报送去向: a body that an opinion of an issue was sent to.
CREATE TABLE destinations (
    id @id,
    org_id @int NOT NULL,
    issue_id @int NOT NULL,
    opinion_id @int NOT NULL,
    body TEXT NOT NULL,                     -- as written
    level TEXT NOT NULL,                    -- dictionary outcomes.instruction_levels
    sent_on @int NOT NULL,
    sent_by @int NOT NULL,                  -- account
    UNIQUE (org_id, id),
    FOREIGN KEY (org_id, issue_id) REFERENCES issues (org_id, id)
);
CREATE UNIQUE INDEX destinations_body ON destinations (org_id, opinion_id, body);
CREATE INDEX destinations_issue ON destinations (org_id, issue_id, id);

-- What a destination made of it; more than one row where it was passed on first and used later.
CREATE TABLE adoptions (
    id @id,
    org_id @int NOT NULL,
    destination_id @int NOT NULL,
    opinion_id @int NOT NULL,
    body TEXT NOT NULL,                     -- body and level of the destination
    level TEXT NOT NULL,
    title TEXT NOT NULL,                    -- of the opinion, as issued
    issue_number TEXT NOT NULL,             -- the bulletin and its number
    kind TEXT NOT NULL CHECK (kind IN ('single', 'combined', 'passed', 'unused')), -- 单篇采用 综合采用 转送 未采用
    adopted_on @int NOT NULL,
    year @int NOT NULL,                     -- of that day
    place TEXT NOT NULL,                    -- where it was printed, or to whom it was passed
    text TEXT NOT NULL,                     -- what else is to be said
    recorded_at @int NOT NULL,
    recorded_by @int NOT NULL,              -- account
    UNIQUE (org_id, id),
    FOREIGN KEY (org_id, destination_id) REFERENCES destinations (org_id, id)
);
CREATE UNIQUE INDEX adoptions_once ON adoptions (org_id, destination_id, kind);
CREATE INDEX adoptions_opinion ON adoptions (org_id, opinion_id, id);
CREATE INDEX adoptions_newest ON adoptions (org_id, adopted_on, id);
CREATE INDEX adoptions_year ON adoptions (org_id, year, level, kind, id);
