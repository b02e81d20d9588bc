-- SPDX-License-Identifier: MulanPSL-2.0
-- A talk that a grade asks for is one of modules/talks, no longer a mark that somebody arranged one: talked_at and talker_name are not written any more.

ALTER TABLE gradings ADD COLUMN talk_id @int NOT NULL DEFAULT 0; -- the talk that was asked for; 0 = none
