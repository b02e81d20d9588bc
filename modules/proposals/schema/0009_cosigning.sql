-- SPDX-License-Identifier: MulanPSL-2.0
-- A joint proposal waits for its cosigners; invitations and answers are kept by the module cosigners.

ALTER TABLE proposals ADD COLUMN invited @int NOT NULL DEFAULT 0; -- draft: invitations prepared; cosigning: those not answered yet
