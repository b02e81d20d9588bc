-- SPDX-License-Identifier: MulanPSL-2.0
-- What waits for an answer stands on top of everybody's list.

ALTER TABLE cosigners ADD COLUMN waits_until @int NOT NULL DEFAULT 0; -- expires_at while he is asked; 0 = nothing is waited for
UPDATE cosigners SET waits_until = expires_at WHERE state = 'asked';
CREATE INDEX cosigners_own_waits ON cosigners (org_id, person_id, waits_until, id);
CREATE INDEX cosigners_waits ON cosigners (org_id, waits_until, id);
