-- SPDX-License-Identifier: MulanPSL-2.0
-- What the office sees of invitations is few among all there ever were; the condition is that of its list (cosigner_store.c).

CREATE INDEX cosigners_office ON cosigners (org_id, waits_until, id) WHERE state = 'asked' OR (state <> 'prepared' AND transcribed_by > 0);
