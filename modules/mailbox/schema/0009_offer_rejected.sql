-- SPDX-License-Identifier: MulanPSL-2.0
-- A letter whose candidate topic was not taken up is the office's to think of again, as with opinions.

ALTER TABLE letters ADD COLUMN offer_rejected @int NOT NULL DEFAULT 0 CHECK (offer_rejected IN (0, 1)); -- what was made of it as a topic was not taken up
