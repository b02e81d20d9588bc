-- SPDX-License-Identifier: MulanPSL-2.0
-- Search on PostgreSQL: the folded texts and the set of their tokens (bigrams, single characters, words) under a GIN index. Order of
-- words is checked on the folded text itself, so there is no limit on positions as in a tsvector.

CREATE TABLE text_docs (
    id @id,
    org_id @int NOT NULL,
    collection TEXT NOT NULL,   -- "proposals"
    item_id @int NOT NULL,
    title TEXT NOT NULL,        -- folded
    body TEXT NOT NULL,         -- folded
    tokens TEXT[] NOT NULL      -- each once, with the scope token "proposals:12" first
);
CREATE UNIQUE INDEX text_docs_item ON text_docs (org_id, collection, item_id);
CREATE INDEX text_docs_tokens ON text_docs USING gin (tokens);
