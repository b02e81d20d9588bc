-- SPDX-License-Identifier: MulanPSL-2.0
-- Who dismissed a single letter can bring it back for a minute: the desk finds what is his.

ALTER TABLE triage_copies ADD COLUMN dismissed_by @int NOT NULL DEFAULT 0; -- account; 0 = not dismissed, or by the house with all copies
ALTER TABLE triage_copies ADD COLUMN dismissed_at @int NOT NULL DEFAULT 0;
CREATE INDEX triage_copies_dismissed ON triage_copies (org_id, dismissed_by, dismissed_at, letter_id) WHERE dismissed_by > 0;
