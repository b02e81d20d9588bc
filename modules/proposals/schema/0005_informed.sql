-- SPDX-License-Identifier: MulanPSL-2.0
-- A rejection must reach its proposer (rules.md 2.2): where no signer has an account, staff tell him in writing.

ALTER TABLE proposals ADD COLUMN unreached @int NOT NULL DEFAULT 0;   -- 1 = rejected, and nobody could be told here
ALTER TABLE proposals ADD COLUMN informed_on @int NOT NULL DEFAULT 0; -- day on which he was told in writing
