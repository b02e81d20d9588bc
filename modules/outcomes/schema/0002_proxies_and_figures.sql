-- SPDX-License-Identifier: MulanPSL-2.0
-- Who says on a delegation what came of it; figures of one session and of all from an index alone.

ALTER TABLE rechecks ADD COLUMN proxy_account_id @int NOT NULL DEFAULT 0; -- 代签: who said it on a delegation, 0 = himself

CREATE INDEX promises_figures ON promises (org_id, matter, session_id, state, agency_id, first_due_on, confirmed_at);
