-- SPDX-License-Identifier: MulanPSL-2.0
-- What was merged into what (also what was undone), and which two are not one matter although their texts are alike.

CREATE TABLE mergers (
    id @id,
    org_id @int NOT NULL,
    main_id @int NOT NULL,                  -- proposals.id: handled for all of them
    merged_id @int NOT NULL,                -- proposals.id: answered with it
    from_state TEXT NOT NULL,               -- where the merged one stood: submitted, screened, docketed
    opinion TEXT NOT NULL DEFAULT '',       -- why, as the reviewer wrote
    merged_at @int NOT NULL,
    merged_by @int NOT NULL,
    undone_at @int NOT NULL DEFAULT 0,      -- 0 = it stands
    undone_by @int NOT NULL DEFAULT 0,
    UNIQUE (org_id, id)
);
CREATE UNIQUE INDEX mergers_standing ON mergers (org_id, merged_id) WHERE undone_at = 0;
CREATE INDEX mergers_main ON mergers (org_id, main_id, id);

CREATE TABLE merger_dismissals (
    org_id @int NOT NULL,
    a_id @int NOT NULL,                     -- proposals.id, the lower
    b_id @int NOT NULL,                     -- proposals.id, the higher
    dismissed_at @int NOT NULL,
    dismissed_by @int NOT NULL,
    PRIMARY KEY (org_id, a_id, b_id)
);
