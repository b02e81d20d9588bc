-- SPDX-License-Identifier: MulanPSL-2.0
-- What figures ask by, and evaluations that do not come.

ALTER TABLE assignments ADD COLUMN session_id @int NOT NULL DEFAULT 0;  -- sessions.id of the matter, 0 = none; copied when assigned
ALTER TABLE evaluations ADD COLUMN told_late_at @int NOT NULL DEFAULT 0; -- when the office was told that it is overdue
CREATE INDEX evaluations_asked ON evaluations (org_id, asked_at, id);
CREATE INDEX evaluations_late ON evaluations (org_id, due_on, id) WHERE given_at = 0 AND told_late_at = 0;
