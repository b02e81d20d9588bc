-- SPDX-License-Identifier: MulanPSL-2.0
-- Of which level a commendation was granted, as the setting said then: a correction gives the ledger the same row again, whatever the setting says by now.

ALTER TABLE gradings ADD COLUMN honour_level TEXT NOT NULL DEFAULT '' CHECK (honour_level IN ('', 'kept', 'city', 'prefecture', 'province', 'nation')); -- of granted: the level of its row in the ledger, kept = no row
UPDATE gradings SET honour_level = COALESCE((SELECT MIN(substr(e.kind, 8)) FROM entries e WHERE e.org_id = gradings.org_id AND e.source = 'gradings' AND e.source_id = gradings.id AND e.state = 'live' AND
e.kind IN ('honour.city', 'honour.prefecture', 'honour.province', 'honour.nation')), 'kept') WHERE honour = 'granted';
