-- SPDX-License-Identifier: MulanPSL-2.0
-- An appeal can be about an item of the year (复核申请): a minimum duty, or what a rule gives.

ALTER TABLE appeals ADD COLUMN year @int NOT NULL DEFAULT 0;              -- of assessment; 0 = it is about a row, or one that is missing
ALTER TABLE appeals ADD COLUMN item TEXT NOT NULL DEFAULT '';             -- which item: scores_item.key
ALTER TABLE appeals ADD COLUMN item_text TEXT NOT NULL DEFAULT '';        -- what the rule is called, as it was then
ALTER TABLE appeals ADD COLUMN words TEXT NOT NULL DEFAULT '';            -- how it was worked out, as the member read it
ALTER TABLE appeals ADD COLUMN points @int NOT NULL DEFAULT 0;            -- thousandths that the item gave in the year when it was asked
ALTER TABLE appeals ADD COLUMN points_after @int NOT NULL DEFAULT 0;      -- and when it was answered
CREATE INDEX appeals_year ON appeals (org_id, member_id, year, id) WHERE year > 0;
