-- SPDX-License-Identifier: MulanPSL-2.0
-- A verdict that the office writes down for somebody who does not do it himself: a body, or who has left.

ALTER TABLE evaluations ADD COLUMN transcribed_by @int NOT NULL DEFAULT 0; -- 代录: account that wrote it down; 0 = given by the person
ALTER TABLE evaluations ADD COLUMN basis TEXT NOT NULL DEFAULT ''; -- what the office wrote it down from: a letter, a returned form
ALTER TABLE evaluations ADD COLUMN is_left @int NOT NULL DEFAULT 0 CHECK (is_left IN (0, 1)); -- the person has left: the office asks and writes it down
