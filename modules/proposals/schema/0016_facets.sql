-- SPDX-License-Identifier: MulanPSL-2.0
-- One index, in the order of the list, holds all that lists and figures ask of a case but its words: counts and rare filters are
-- answered without reading the rows, whose younger columns stand behind the long texts. It stands for six that held one thing each.
-- (PostgreSQL takes 32 columns.)

CREATE INDEX proposals_facets ON proposals (org_id, submitted_at, id, session_id, state, outcome, category, kind, timing, consent,
    destination, sector_name, committee_name, ethnic, party, gender, class, satisfaction, redone, extended, first_late, was_late,
    flagship, commended, tracking, assigned_at, first_replied_at, closed_at, created_by, transcribed_by, main_id, confidential);
DROP INDEX proposals_newest;
DROP INDEX proposals_sector;
DROP INDEX proposals_redone;
DROP INDEX proposals_extended;
DROP INDEX proposals_destination;
DROP INDEX proposals_outcome;
