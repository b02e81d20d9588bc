-- SPDX-License-Identifier: MulanPSL-2.0
-- What is answered plainly (简便答复): no talks, class, promises, strict judging or verdict asked; and days that come with the
-- handing-out. accept_due_on stands already.
ALTER TABLE assignments ADD COLUMN plain @int NOT NULL DEFAULT 0 CHECK (plain IN (0, 1));       -- whatever kind of matter it is
ALTER TABLE assignments ADD COLUMN examine @int NOT NULL DEFAULT 0 CHECK (examine IN (0, 1));   -- its answers are released by the office, whatever the site's setting
ALTER TABLE assignments ADD COLUMN numbered @int NOT NULL DEFAULT 0 CHECK (numbered IN (0, 1)); -- of a plain one: its answer gets a 文号 all the same
ALTER TABLE assignments ADD COLUMN extend_to_on @int NOT NULL DEFAULT 0;                        -- more time goes no further than this day, 0 = by setting alone
