-- SPDX-License-Identifier: MulanPSL-2.0
-- Imported lists of holidays and made-up working days. They are the State Council's, the same for every organisation of the
-- installation: no org_id. Later lists replace the years of earlier ones; nothing is deleted.

CREATE TABLE calendars (
    id @id,
    lines TEXT NOT NULL,          -- the list as imported, one day a line
    imported_at @int NOT NULL,    -- UTC milliseconds
    imported_by @int NOT NULL     -- account; 0 = command line
);
