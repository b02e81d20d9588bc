-- SPDX-License-Identifier: MulanPSL-2.0
-- What came from a proposal or became one that was handed in is counted there, not here too (rules.md 3; modules/recasts).

ALTER TABLE opinions ADD COLUMN recast @int NOT NULL DEFAULT 0 CHECK (recast IN (0, 1)); -- counted as a proposal
