-- SPDX-License-Identifier: MulanPSL-2.0
-- Entries of the chain that prove what was handed in: kept apart, so that a proof outlives the entry's keeping time.

CREATE TABLE attestations (
    id @id,
    org_id @int NOT NULL,
    object TEXT NOT NULL,               -- collection, "letters"
    object_id @int NOT NULL,
    seq @int NOT NULL,                  -- number of the entry in the chain
    at @int NOT NULL,                   -- UTC milliseconds
    text_digest TEXT NOT NULL,          -- SHA-256 of what was handed in; what it covers: docs/guide/receipt.md
    before_digest TEXT NOT NULL,        -- of the entry before it; empty = it is the first
    entry TEXT NOT NULL,                -- the line that is digested
    digest TEXT NOT NULL                -- of the entry
);
CREATE UNIQUE INDEX attestations_seq ON attestations (org_id, seq);
CREATE INDEX attestations_object ON attestations (org_id, object, object_id, seq);
