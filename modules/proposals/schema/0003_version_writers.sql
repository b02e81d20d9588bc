-- SPDX-License-Identifier: MulanPSL-2.0
-- Who saved a kept version, by name, so that its history says it without asking for accounts.

ALTER TABLE proposal_versions ADD COLUMN saved_name TEXT NOT NULL DEFAULT '';     -- as it was then
ALTER TABLE proposal_versions ADD COLUMN delegator_name TEXT NOT NULL DEFAULT ''; -- for whom, on a delegation
