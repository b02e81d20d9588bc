-- SPDX-License-Identifier: MulanPSL-2.0
-- Printed compilations of sessions: what was asked for, how far it is, and what became of it. The file is an attachment.

CREATE TABLE compendium_runs (
    id @id,
    org_id @int NOT NULL,
    session_id @int NOT NULL,
    title TEXT NOT NULL,                    -- of the book on one line
    format TEXT NOT NULL CHECK (format IN ('pdf', 'docx')), -- of the file
    category TEXT NOT NULL DEFAULT '',      -- dictionary proposals.categories, empty = every
    kind TEXT NOT NULL DEFAULT '',          -- kind of proposal, empty = every
    from_no @int NOT NULL DEFAULT 0,        -- first case number, 0 = open
    to_no @int NOT NULL DEFAULT 0,          -- last one
    ordering TEXT NOT NULL CHECK (ordering IN ('number', 'category', 'agency', 'kind')), -- one row of cases, or chapters by what
    with_replies @int NOT NULL CHECK (with_replies IN (0, 1)), -- answers stand behind the texts
    internal @int NOT NULL CHECK (internal IN (0, 1)), -- the office's own copy: also what may not be published
    state TEXT NOT NULL CHECK (state IN ('queued', 'making', 'made', 'failed', 'outdated')),
    done @int NOT NULL DEFAULT 0,           -- steps of the work
    total @int NOT NULL DEFAULT 0,          -- of so many
    entries @int NOT NULL DEFAULT 0,        -- cases in it
    pages @int NOT NULL DEFAULT 0,          -- 0 = only the program that opens it knows
    failure TEXT NOT NULL DEFAULT '',       -- stable name of why it failed
    asked_at @int NOT NULL,
    asked_by @int NOT NULL,                 -- account
    asked_name TEXT NOT NULL,               -- its person's name, as it was then
    made_at @int NOT NULL DEFAULT 0,
    version @int NOT NULL DEFAULT 1,
    UNIQUE (org_id, id)
);
CREATE INDEX compendium_runs_session ON compendium_runs (org_id, session_id, state, id);
CREATE INDEX compendium_runs_asked ON compendium_runs (org_id, asked_at, id);
