-- SPDX-License-Identifier: MulanPSL-2.0
-- What was merged into another one (并案) is handled and answered with it; its outcome is "merged" meanwhile.

ALTER TABLE proposals ADD COLUMN main_id @int NOT NULL DEFAULT 0;           -- proposals.id that it was merged into; 0 = none
ALTER TABLE proposals ADD COLUMN merged_from TEXT NOT NULL DEFAULT '';      -- the state it goes back to if that is undone
ALTER TABLE proposals ADD COLUMN merged_at @int NOT NULL DEFAULT 0;
ALTER TABLE proposals ADD COLUMN merged_count @int NOT NULL DEFAULT 0;      -- how many are merged into it

CREATE INDEX proposals_main ON proposals (org_id, main_id, serial, id) WHERE main_id > 0;
