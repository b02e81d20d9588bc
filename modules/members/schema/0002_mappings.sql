-- SPDX-License-Identifier: MulanPSL-2.0
-- How rosters of one sender are read, kept from the last import, so that columns are told once.

CREATE TABLE member_mappings (
    id @id,
    org_id @int NOT NULL,
    source TEXT NOT NULL,                   -- who sends such lists; empty = everybody else
    mapping TEXT NOT NULL,                  -- JSON as platform/files reads it
    saved_at @int NOT NULL,
    saved_by @int NOT NULL
);
CREATE UNIQUE INDEX member_mappings_source ON member_mappings (org_id, source);
