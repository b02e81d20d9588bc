-- SPDX-License-Identifier: MulanPSL-2.0
-- A cohost's opinion is a letter too (rules.md 10.2): numbered in a sequence of its own, signed where the site wants that.

ALTER TABLE contributions ADD COLUMN number TEXT NOT NULL DEFAULT '';   -- 发文字号, given when it goes out
ALTER TABLE contributions ADD COLUMN signer TEXT NOT NULL DEFAULT '';   -- 签发人, empty where nobody has to sign
ALTER TABLE contributions ADD COLUMN signed_at @int NOT NULL DEFAULT 0; -- when it went out to the host; 0 = waits for the leader
ALTER TABLE contributions ADD COLUMN signed_by @int NOT NULL DEFAULT 0; -- account
UPDATE contributions SET signed_at = given_at, signed_by = given_by;
