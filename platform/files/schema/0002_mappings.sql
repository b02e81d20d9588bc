-- SPDX-License-Identifier: MulanPSL-2.0
-- How lists of one sender are read, kept from the last import, so that columns are told once.

CREATE TABLE import_mappings (
    id @id,
    org_id @int NOT NULL,
    kind TEXT NOT NULL,                     -- of import, "members"
    source TEXT NOT NULL,                   -- who sends such lists
    mapping TEXT NOT NULL,                  -- JSON as mapping.c reads it
    saved_at @int NOT NULL,                 -- when it was last told
    saved_by @int NOT NULL                  -- account
);
CREATE UNIQUE INDEX import_mappings_source ON import_mappings (org_id, kind, source);
