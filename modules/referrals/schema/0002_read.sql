-- SPDX-License-Identifier: MulanPSL-2.0
-- When the body said that it has read it; 0 = not yet.

ALTER TABLE referrals ADD COLUMN read_at @int NOT NULL DEFAULT 0;
UPDATE referrals SET read_at = noted_at WHERE noted_at > 0;
