-- SPDX-License-Identifier: MulanPSL-2.0
-- Views that an account has saved of a list: a name for a question. Only the question is kept, never its rows.

CREATE TABLE list_views (
    id @id,
    org_id @int NOT NULL,
    account_id @int NOT NULL,
    list TEXT NOT NULL,    -- name of the declared list, "proposals"
    name TEXT NOT NULL,    -- what the tab says
    query TEXT NOT NULL,   -- query string without "?"
    saved_at @int NOT NULL,
    UNIQUE (org_id, account_id, list, name)
);
