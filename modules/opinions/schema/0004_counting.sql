-- SPDX-License-Identifier: MulanPSL-2.0
-- What yearly figures tell opinions apart by: when one was first sent, and what its writer was then.

ALTER TABLE opinions ADD COLUMN month @int NOT NULL DEFAULT 0;       -- 202611: in which it was first sent, of a composite in which it was made; 0 = not yet
ALTER TABLE opinions ADD COLUMN sector TEXT NOT NULL DEFAULT '';     -- of the writer, or the body in whose name it is, as it was then
ALTER TABLE opinions ADD COLUMN committee TEXT NOT NULL DEFAULT '';  -- likewise
ALTER TABLE opinions ADD COLUMN party TEXT NOT NULL DEFAULT '';      -- of a member who writes in his own name: code of dictionary members.parties
CREATE INDEX opinions_months ON opinions (org_id, year, month, id);

-- Composites are of a year without a number. The day of a moment: civil date by whole numbers, days of China.
UPDATE opinions SET month = (
    SELECT (yoe + era * 400 + CASE WHEN mp >= 10 THEN 1 ELSE 0 END) * 100 + CASE WHEN mp >= 10 THEN mp - 9 ELSE mp + 3 END
    FROM (SELECT era, yoe, (5 * (doe - (365 * yoe + yoe / 4 - yoe / 100)) + 2) / 153 AS mp
        FROM (SELECT era, doe, (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365 AS yoe
            FROM (SELECT days / 146097 AS era, days % 146097 AS doe
                FROM (SELECT (CASE WHEN submitted_at > 0 THEN submitted_at ELSE created_at END + 28800000) / 86400000 + 719468 AS days) d) e) f) g)
WHERE serial > 0 OR kind = 'composite';
UPDATE opinions SET year = month / 100 WHERE kind = 'composite';
-- One that waits for its writer again may have lost the moment: its number tells the year.
UPDATE opinions SET month = year * 100 + month % 100 WHERE serial > 0 AND month / 100 <> year;
UPDATE opinions SET
    party = COALESCE((SELECT p.party FROM persons p WHERE p.org_id = opinions.org_id AND p.id = opinions.person_id), '')
WHERE kind = 'member' AND month > 0;
