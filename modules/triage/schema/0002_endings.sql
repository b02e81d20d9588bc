-- SPDX-License-Identifier: MulanPSL-2.0
-- Groups that are being dismissed are few among many: the desk finds them without walking through what was sorted long ago.

CREATE INDEX triage_groups_ending ON triage_groups (org_id, ending_at, first_id) WHERE ending <> '' AND waiting > 0;
