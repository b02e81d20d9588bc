-- SPDX-License-Identifier: MulanPSL-2.0
-- What came of it: a result found afterwards, apart from the class of the answer (rules.md 2.5), and the states that follow.

ALTER TABLE proposals ADD COLUMN tracking TEXT NOT NULL DEFAULT '' CHECK (tracking IN ('', 'solved', 'partly', 'unsolved')); -- empty = nobody has looked yet
CREATE INDEX proposals_ended ON proposals (org_id, updated_at, id) WHERE state IN ('closed', 'fulfilled', 'rejected', 'diverted', 'withdrawn');
CREATE INDEX proposals_closed_class ON proposals (org_id, session_id, class, tracking) WHERE closed_at > 0;
