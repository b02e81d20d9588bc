-- SPDX-License-Identifier: MulanPSL-2.0
-- Commendation after the assessment: proposed by the grade, decided by an organ, told to the member. As it was decided, beside the grade that it rests on.

ALTER TABLE gradings ADD COLUMN honour TEXT NOT NULL DEFAULT '' CHECK (honour IN ('', 'proposed', 'withheld', 'granted')); -- 表彰; empty = by the grade none
ALTER TABLE gradings ADD COLUMN honour_note TEXT NOT NULL DEFAULT '';       -- of withheld: why
ALTER TABLE gradings ADD COLUMN honour_title TEXT NOT NULL DEFAULT '';      -- of granted: what he is called by it
ALTER TABLE gradings ADD COLUMN honour_organ TEXT NOT NULL DEFAULT '' CHECK (honour_organ IN ('', 'chairs', 'standing')); -- which organ decided it
ALTER TABLE gradings ADD COLUMN honour_meeting TEXT NOT NULL DEFAULT '';    -- which meeting of it
ALTER TABLE gradings ADD COLUMN honour_on @int NOT NULL DEFAULT 0;          -- on which day; 0 = not decided
ALTER TABLE gradings ADD COLUMN honour_document TEXT NOT NULL DEFAULT '';   -- number of the paper
