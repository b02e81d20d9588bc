-- SPDX-License-Identifier: MulanPSL-2.0
-- Notices. Who is to read them: readers of platform/notify.

CREATE TABLE notices (
    id @id,
    org_id @int NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'published', 'retracted')), -- flow notices
    audience TEXT NOT NULL,               -- "members", "agencies", "sector:3", "committee:5"
    audience_name TEXT NOT NULL,          -- as it was called on writing
    published_at @int NOT NULL DEFAULT 0, -- UTC milliseconds; 0 = never
    reminded_on @int NOT NULL DEFAULT 0,  -- last day of a reminder
    reminds @int NOT NULL DEFAULT 0,      -- reminders on that day
    version @int NOT NULL DEFAULT 1,
    UNIQUE (org_id, id)
);
CREATE INDEX notices_published ON notices (org_id, published_at, id);
