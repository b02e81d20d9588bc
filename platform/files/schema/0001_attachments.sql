-- SPDX-License-Identifier: MulanPSL-2.0
-- Files that people attached to things. The bytes lie outside the database, under data/files, by their digest: the same file
-- sent twice is stored once.

CREATE TABLE attachments (
    id @id,
    org_id @int NOT NULL,
    owner TEXT NOT NULL,                    -- collection of the thing, "proposals"
    owner_id @int NOT NULL,
    name TEXT NOT NULL,                     -- as sent, cleaned
    type TEXT NOT NULL,                     -- by content
    sha256 TEXT NOT NULL,                   -- hexadecimal; place in the store
    size_bytes @int NOT NULL,               -- of the file
    uploaded_at @int NOT NULL,
    uploaded_by TEXT NOT NULL,              -- person's name, as it was then; empty when nobody was signed in
    account_id @int NOT NULL,               -- 0 = nobody
    removed_at @int NOT NULL DEFAULT 0      -- 0 = there
);
CREATE INDEX attachments_owner ON attachments (org_id, owner, owner_id, id);
CREATE INDEX attachments_account ON attachments (org_id, account_id) WHERE removed_at = 0;
CREATE INDEX attachments_removed ON attachments (org_id, removed_at) WHERE removed_at > 0;
CREATE INDEX attachments_sha256 ON attachments (sha256);
