-- SPDX-License-Identifier: MulanPSL-2.0
-- A letter may become a candidate topic for consultation (议题建议, modules/topics), itself or with the matter that it is about.

ALTER TABLE letters ADD COLUMN offered_at @int NOT NULL DEFAULT 0;        -- first became one; 0 = it did not
