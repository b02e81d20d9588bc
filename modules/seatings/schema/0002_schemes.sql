-- SPDX-License-Identifier: MulanPSL-2.0
-- By which grouping of its meeting a hall is filled, where there are several.

ALTER TABLE seatings ADD COLUMN scheme_id @int NOT NULL DEFAULT 0; -- 0 = the newest published, else the newest
