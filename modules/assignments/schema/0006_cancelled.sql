-- SPDX-License-Identifier: MulanPSL-2.0
-- The matter was withdrawn: the agencies need not go on. The state is closed, and this says why.

ALTER TABLE assignments ADD COLUMN cancelled_at @int NOT NULL DEFAULT 0; -- 0 = it was not
