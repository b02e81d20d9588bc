-- SPDX-License-Identifier: MulanPSL-2.0
-- Which preset was applied from when: history only, the values themselves are settings.

CREATE TABLE presets (
    id @id,
    org_id @int NOT NULL,
    name TEXT NOT NULL,         -- of the file, "city_four"
    from_on @int NOT NULL,      -- day from which its values hold
    changed @int NOT NULL,      -- how many values and words it changed
    applied_at @int NOT NULL,   -- UTC milliseconds
    applied_by @int NOT NULL    -- account
);
CREATE INDEX presets_applied ON presets (org_id, applied_at, id);
