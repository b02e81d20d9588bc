-- SPDX-License-Identifier: MulanPSL-2.0
-- Sets of assessment rules (考核办法) of a committee: a version each. What its document may say: README.md.

CREATE TABLE rulesets (
    id @id,
    org_id @int NOT NULL,
    name TEXT NOT NULL,                 -- as the document has it
    document TEXT NOT NULL,             -- JSON; only while it is a draft it may change
    state TEXT NOT NULL CHECK (state IN ('draft', 'enacted', 'retired', 'dropped')), -- flow rulesets
    from_on @int NOT NULL DEFAULT 0,    -- first day on which it holds; 0 = not enacted. It holds until the next begins
    to_on @int NOT NULL DEFAULT 0,      -- last day, of one that was retired without a next; else 0
    organ TEXT NOT NULL DEFAULT '',     -- the meeting or paper that enacted it
    enacted_at @int NOT NULL DEFAULT 0, -- UTC milliseconds
    enactor_name TEXT NOT NULL DEFAULT '', -- who entered that
    edited_at @int NOT NULL,            -- UTC milliseconds, of the document
    editor_name TEXT NOT NULL,          -- who wrote it
    version @int NOT NULL DEFAULT 1,
    UNIQUE (org_id, id)
);
CREATE UNIQUE INDEX rulesets_from ON rulesets (org_id, from_on) WHERE from_on > 0;
