-- SPDX-License-Identifier: MulanPSL-2.0
-- Dossiers are made from the ledger whenever somebody looks; kept is only what left the house: which papers were issued, and what is made in bulk.

CREATE TABLE dossier_papers (
    id @id,
    org_id @int NOT NULL,
    member_id @int NOT NULL,
    name TEXT NOT NULL,                     -- of the member, as it stands on the paper
    term_number @int NOT NULL,              -- which term it tells
    until_on @int NOT NULL,                 -- up to which day
    entries @int NOT NULL,                  -- rows of the ledger in it
    outcomes @int NOT NULL,                 -- of those, what came of things
    code TEXT NOT NULL,                     -- 20 digits printed on it: whoever has them can ask whether it was issued
    digest TEXT NOT NULL,                   -- of all that stands on it: attestation_digest
    format TEXT NOT NULL CHECK (format IN ('pdf', 'docx')), -- of the file
    run_id @int NOT NULL DEFAULT 0,         -- made in bulk, then it is in that file alone; 0 = by itself, its file is an attachment
    issued_at @int NOT NULL,
    issued_by @int NOT NULL,                -- account
    issued_name TEXT NOT NULL,              -- its person's name, as it was then
    UNIQUE (org_id, id),
    FOREIGN KEY (org_id, member_id) REFERENCES members (org_id, id)
);
CREATE UNIQUE INDEX dossier_papers_code ON dossier_papers (code);
CREATE INDEX dossier_papers_issued ON dossier_papers (org_id, issued_by, issued_at) WHERE run_id = 0;
CREATE INDEX dossier_papers_member ON dossier_papers (org_id, member_id, id);

CREATE TABLE dossier_runs (
    id @id,
    org_id @int NOT NULL,
    year @int NOT NULL,                     -- of assessment: who had a seat in it
    body TEXT NOT NULL DEFAULT '',          -- "sector:NAME", "committee:NAME"; empty = everybody
    title TEXT NOT NULL,                    -- of the file
    format TEXT NOT NULL CHECK (format IN ('pdf', 'docx')), -- of what is in it
    titled @int NOT NULL CHECK (titled IN (0, 1)), -- who asked may read titles in the ledger
    state TEXT NOT NULL CHECK (state IN ('queued', 'making', 'made', 'failed')),
    done @int NOT NULL DEFAULT 0,           -- papers made
    total @int NOT NULL DEFAULT 0,          -- of so many
    failure TEXT NOT NULL DEFAULT '',       -- stable name of why it failed
    asked_at @int NOT NULL,
    asked_by @int NOT NULL,                 -- account
    asked_name TEXT NOT NULL,               -- its person's name, as it was then
    made_at @int NOT NULL DEFAULT 0,
    version @int NOT NULL DEFAULT 1,
    UNIQUE (org_id, id)
);
CREATE INDEX dossier_runs_asked ON dossier_runs (org_id, asked_by, id);
CREATE INDEX dossier_runs_open ON dossier_runs (org_id, state, asked_at);
