-- SPDX-License-Identifier: MulanPSL-2.0
-- What figures of letters (来信统计) are counted by, and what their lists are asked for. Agencies, days and opinions of letters that are there already: handlings, 0003.

ALTER TABLE letters ADD COLUMN year @int NOT NULL DEFAULT 0;              -- in which it came in, by local days
ALTER TABLE letters ADD COLUMN month @int NOT NULL DEFAULT 0;             -- 202611
ALTER TABLE letters ADD COLUMN agency_id @int NOT NULL DEFAULT 0;         -- the body that answers, or answered last; 0 = the office itself, or nobody yet
ALTER TABLE letters ADD COLUMN first_replied_at @int NOT NULL DEFAULT 0;  -- of the first answer; replied_at is the last one's
ALTER TABLE letters ADD COLUMN first_answer TEXT NOT NULL DEFAULT '' CHECK (first_answer IN ('', 'untimed', 'on_time', 'late')); -- how the first answer came: by its day, behind it, or none ran
ALTER TABLE letters ADD COLUMN fed_at @int NOT NULL DEFAULT 0;            -- first became an opinion of the committee

-- Days since 0000-03-01, local time (UTC+8), as years of the Gregorian calendar.
UPDATE letters SET year = c.y, month = c.y * 100 + c.m FROM (
    SELECT d.id, d.y + CASE WHEN d.mp < 10 THEN 0 ELSE 1 END AS y, CASE WHEN d.mp < 10 THEN d.mp + 3 ELSE d.mp - 9 END AS m FROM (
        SELECT e.id, e.yoe + e.era * 400 AS y, (5 * (e.doe - (365 * e.yoe + e.yoe / 4 - e.yoe / 100)) + 2) / 153 AS mp FROM (
            SELECT b.id, b.era, b.doe, (b.doe - b.doe / 1460 + b.doe / 36524 - b.doe / 146096) / 365 AS yoe FROM (
                SELECT a.id, a.z / 146097 AS era, a.z - (a.z / 146097) * 146097 AS doe FROM (
                    SELECT id, (received_at + 28800000) / 86400000 + 719468 AS z FROM letters) a) b) e) d) c
WHERE c.id = letters.id;

UPDATE letters SET first_answer = 'untimed', first_replied_at = COALESCE((SELECT MIN(t.at) FROM trails t WHERE t.org_id = letters.org_id
    AND t.flow = 'letters' AND t.subject_id = letters.id AND t.verb IN ('answer', 'deliver', 'attach') AND t.to_state IN ('replied', 'closed')), replied_at)
WHERE replied_at > 0;

CREATE INDEX letters_year ON letters (org_id, year, received_at, id);
