-- SPDX-License-Identifier: MulanPSL-2.0
-- Villages and urban communities stand in the tree of areas too: the list of levels grows. A column of the same name takes the place of
-- the old one within one transaction; a worker of before reads and writes it as it did.

ALTER TABLE areas ADD COLUMN grade TEXT NOT NULL DEFAULT 'nation' CHECK (grade IN ('nation', 'province', 'city', 'county', 'town', 'village')); -- becomes level
UPDATE areas SET grade = level;
ALTER TABLE areas DROP COLUMN level;
ALTER TABLE areas RENAME COLUMN grade TO level;
