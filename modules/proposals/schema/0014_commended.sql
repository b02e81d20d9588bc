-- SPDX-License-Identifier: MulanPSL-2.0
-- Excellent proposals (优秀提案), as module flagships keeps them; beside the column flagship.

ALTER TABLE proposals ADD COLUMN commended @int NOT NULL DEFAULT 0 CHECK (commended IN (0, 1)); -- chosen as excellent
