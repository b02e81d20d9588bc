-- SPDX-License-Identifier: MulanPSL-2.0
-- Who is named for the coming term: the seat is not given by the vote but when the body moves to that term (modules/renewals).

ALTER TABLE nominations ADD COLUMN term_number @int NOT NULL DEFAULT 0; -- 0 = for the term of the vote; else of the coming one, and kind says nothing
CREATE INDEX nominations_term ON nominations (org_id, term_number, id) WHERE term_number > 0;
