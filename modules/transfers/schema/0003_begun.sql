-- SPDX-License-Identifier: MulanPSL-2.0
-- A number of a house is its own only until that house is set back to a backup and gives it again. When the case began tells both
-- apart.

ALTER TABLE transfer_cases ADD COLUMN begun_at @int NOT NULL DEFAULT 0; -- where it began; 0 = came before this was told
DROP INDEX transfer_cases_came;
CREATE UNIQUE INDEX transfer_cases_came ON transfer_cases (org_id, house, house_id, begun_at) WHERE direction = 'in' AND
    purpose <> 'answer';
