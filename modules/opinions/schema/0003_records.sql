-- SPDX-License-Identifier: MulanPSL-2.0
-- What the desk writes down for others (代录), and what comes in by lists.

ALTER TABLE opinions ADD COLUMN source TEXT NOT NULL DEFAULT '';           -- the list or system from which it came; empty = written here
ALTER TABLE opinions ADD COLUMN source_id TEXT NOT NULL DEFAULT '';        -- its number there
ALTER TABLE opinions ADD COLUMN transcribed_name TEXT NOT NULL DEFAULT ''; -- 代录: who wrote it down, as he was called then; empty = the reporter himself
ALTER TABLE opinions ADD COLUMN basis TEXT NOT NULL DEFAULT '';            -- from what he wrote it down: a letter, a telephone call
CREATE INDEX opinions_source ON opinions (org_id, source, source_id) WHERE source_id <> '';
