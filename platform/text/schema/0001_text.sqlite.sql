-- SPDX-License-Identifier: MulanPSL-2.0
-- Search on SQLite: the folded texts, and an FTS5 index over their tokens. The index keeps no copy (content=''); a row is
-- taken out with its old tokens, which text_docs can always give again.

CREATE TABLE text_docs (
    id @id,                     -- rowid in text_fts: the order of "newest first"
    org_id @int NOT NULL,
    collection TEXT NOT NULL,   -- "proposals"
    item_id @int NOT NULL,
    title TEXT NOT NULL,        -- folded
    body TEXT NOT NULL          -- folded
);
CREATE UNIQUE INDEX text_docs_item ON text_docs (org_id, collection, item_id);

-- ascii: every byte above 127 is part of a token, so characters newer than the library's tables stay whole.
CREATE VIRTUAL TABLE text_fts USING fts5 (scope, title, body, content = '', tokenize = 'ascii', detail = 'full');
