-- SPDX-License-Identifier: MulanPSL-2.0
-- Which units have answered letters of a category lately (modules/guesses): all of it stands in the index, newest last.

CREATE INDEX letters_handled ON letters (org_id, category, first_replied_at, county, agency_id, id) WHERE first_agency_id > 0 AND lead_id = 0;
