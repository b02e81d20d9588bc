-- SPDX-License-Identifier: MulanPSL-2.0
-- What lists and figures ask of an assignment, in the order of the list: counts and rare filters are answered without reading the
-- rows. Which matters an agency has, which its own list of cases asks for each row. And talks and delivered answers by round.

CREATE INDEX assignments_facets ON assignments (org_id, assigned_at, id, session_id, due_on, matter, agency_id, state, role, round,
    cancelled_at, first_replied_at, first_late, strict, held_at, was_late, quality, plain, contacted_on, contact_due_on);
DROP INDEX assignments_assigned;
CREATE INDEX assignments_of_agency ON assignments (org_id, agency_id, matter, matter_id) WHERE state <> 'reassigned';
DROP INDEX contacts_assignment;
CREATE INDEX contacts_assignment ON contacts (org_id, assignment_id, held_on, id, round, way);
CREATE INDEX replies_delivered ON replies (org_id, assignment_id, round) WHERE delivered_at > 0;
