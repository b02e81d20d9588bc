-- SPDX-License-Identifier: MulanPSL-2.0
-- What lists and figures ask of an assignment, in the order of the list: counts are answered without reading the rows. And which
-- matters an agency has, which its own list of cases asks for each row.

CREATE INDEX assignments_facets ON assignments (org_id, due_on, id, session_id, matter, agency_id, state, role, round, cancelled_at,
    first_replied_at, first_late, strict, held_at, was_late, quality, plain, assigned_at, contacted_on, contact_due_on);
DROP INDEX assignments_due;
CREATE INDEX assignments_of_agency ON assignments (org_id, agency_id, matter, matter_id) WHERE state <> 'reassigned';
