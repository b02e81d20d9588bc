-- SPDX-License-Identifier: MulanPSL-2.0
-- A revocation that is not ratified gives back the offices that ended with the seat, and no others that ended on the same day.

ALTER TABLE tenures ADD COLUMN ended_seat_id @int NOT NULL DEFAULT 0; -- seat with which it ended; 0 = it ended by itself, or lasts
