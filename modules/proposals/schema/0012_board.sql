-- SPDX-License-Identifier: MulanPSL-2.0
-- A column of the board: one state of a session, newest first, also of one category or kind, and how many there are.

CREATE INDEX proposals_board ON proposals (org_id, session_id, state, submitted_at, id, category, kind);
