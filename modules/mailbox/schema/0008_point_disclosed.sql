-- SPDX-License-Identifier: MulanPSL-2.0
-- The point of a letter goes to its units only when who hands it out says so. Units that work on one now have seen it.

ALTER TABLE letters ADD COLUMN point_disclosed @int NOT NULL DEFAULT 0 CHECK (point_disclosed IN (0, 1)); -- units that handle it see it

UPDATE letters SET point_disclosed = 1 WHERE point <> '' AND state = 'assigned';
