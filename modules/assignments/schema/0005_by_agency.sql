-- SPDX-License-Identifier: MulanPSL-2.0
-- What an agency has, in whatever role or in one, for lists of matters.

CREATE INDEX assignments_by_agency ON assignments (org_id, matter, agency_name, role, matter_id) WHERE state <> 'reassigned';
