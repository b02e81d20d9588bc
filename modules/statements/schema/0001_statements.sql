-- SPDX-License-Identifier: MulanPSL-2.0
-- Reports on a year's duties (述职): who was asked for one, what he wrote, what leaders said to it.

-- Staff ask for reports of a year of assessment, of members or of who holds a post.
CREATE TABLE statement_calls (
    id @id,
    org_id @int NOT NULL,
    year @int NOT NULL,                   -- of assessment
    title TEXT NOT NULL,
    audience TEXT NOT NULL,               -- groups (modules/members/audience.h), blanks between
    audience_name TEXT NOT NULL,          -- what they were called then
    form TEXT NOT NULL CHECK (form IN ('written', 'oral')), -- oral: in a meeting, one after another
    due_on @int NOT NULL,                 -- last day; what comes later says that it does
    note TEXT NOT NULL DEFAULT '',        -- what is wanted
    called_at @int NOT NULL,
    caller_name TEXT NOT NULL,            -- as he was called then
    version @int NOT NULL DEFAULT 1,
    UNIQUE (org_id, id)
);
CREATE INDEX statement_calls_year ON statement_calls (org_id, year, id);

CREATE TABLE statements (
    id @id,
    org_id @int NOT NULL,
    statement_call_id @int NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'revising', 'submitted', 'remarked', 'lapsed')), -- flow statements
    member_id @int NOT NULL,
    person_id @int NOT NULL,
    name TEXT NOT NULL,                   -- of the member, as he was called then
    sector TEXT NOT NULL,                 -- his, as it was called then
    post TEXT NOT NULL,                   -- as what he reports, as it was called then
    year @int NOT NULL,                   -- of its call
    due_on @int NOT NULL,                 -- of its call
    place @int NOT NULL,                  -- in the order of an oral one
    body TEXT NOT NULL DEFAULT '',
    late @int NOT NULL DEFAULT 0 CHECK (late IN (0, 1)), -- first handed in after the last day
    reason TEXT NOT NULL DEFAULT '',      -- why it came back
    submitted_at @int NOT NULL DEFAULT 0, -- the newest
    version @int NOT NULL DEFAULT 1,
    UNIQUE (org_id, id),
    FOREIGN KEY (org_id, statement_call_id) REFERENCES statement_calls (org_id, id),
    FOREIGN KEY (org_id, member_id) REFERENCES members (org_id, id)
);
CREATE UNIQUE INDEX statements_once ON statements (org_id, statement_call_id, member_id);
CREATE INDEX statements_member ON statements (org_id, member_id, year);
CREATE INDEX statements_year ON statements (org_id, year, id);

-- What a leader said to one report, or to several together.
CREATE TABLE remarks (
    id @id,
    org_id @int NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('single', 'collective')),
    text TEXT NOT NULL,
    remarked_at @int NOT NULL,
    remarker_name TEXT NOT NULL,          -- as he was called then
    UNIQUE (org_id, id)
);
CREATE TABLE remark_statements (
    id @id,
    org_id @int NOT NULL,
    remark_id @int NOT NULL,
    statement_id @int NOT NULL,
    UNIQUE (org_id, id),
    FOREIGN KEY (org_id, remark_id) REFERENCES remarks (org_id, id),
    FOREIGN KEY (org_id, statement_id) REFERENCES statements (org_id, id)
);
CREATE UNIQUE INDEX remark_statements_once ON remark_statements (org_id, statement_id, remark_id);
