-- SPDX-License-Identifier: MulanPSL-2.0
-- What stops the end of rows, and how many ended when. How long each table is kept stands in the declarations, its days in the settings.

-- 暂缓清理: somebody says with a reason that a record, or all of a table, stays beyond its time.
CREATE TABLE retention_holds (
    id @id,
    org_id @int NOT NULL,
    collection TEXT NOT NULL,              -- the table of the rule, "letters"
    item_id @int NOT NULL,                 -- its row; 0 = all of them
    reason TEXT NOT NULL,
    placed_at @int NOT NULL,
    placed_name TEXT NOT NULL,             -- who, as he was called then
    lifted_at @int NOT NULL DEFAULT 0,     -- 0 = it stands
    lifted_name TEXT NOT NULL DEFAULT '',  -- likewise
    version @int NOT NULL DEFAULT 1
);
CREATE INDEX retention_holds_standing ON retention_holds (org_id, collection, item_id) WHERE lifted_at = 0;

-- Counts alone, a row a rule and day: what was in the rows is nowhere kept.
CREATE TABLE retention_runs (
    org_id @int NOT NULL,
    rule TEXT NOT NULL,                    -- its name, "mailbox.text"
    ran_on @int NOT NULL,
    ended @int NOT NULL,                   -- rows on that day
    PRIMARY KEY (org_id, rule, ran_on)
);
