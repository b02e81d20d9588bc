-- SPDX-License-Identifier: MulanPSL-2.0
-- Who was named and not elected is not kept for ever: what is personal goes when its time is over (modules/retention).

ALTER TABLE nominations ADD COLUMN forgotten_at @int NOT NULL DEFAULT 0; -- when it went; 0 = it is there
