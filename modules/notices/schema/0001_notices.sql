-- SPDX-License-Identifier: MulanPSL-2.0
-- Notices and who is to read them. The readers are fixed on publishing: who joins later was not told.

CREATE TABLE notices (
    id @id,
    org_id @int NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'published', 'retracted')), -- flow notices
    audience TEXT NOT NULL,               -- "members", "agencies", "sector:3", "committee:5"
    audience_name TEXT NOT NULL,          -- as it was called on writing
    created_by @int NOT NULL,             -- account
    published_at @int NOT NULL DEFAULT 0, -- UTC milliseconds; 0 = never
    reminded_on @int NOT NULL DEFAULT 0,  -- last day of a reminder
    reminds @int NOT NULL DEFAULT 0,      -- reminders on that day
    version @int NOT NULL DEFAULT 1,
    UNIQUE (org_id, id)
);
CREATE INDEX notices_published ON notices (org_id, published_at, id);

CREATE TABLE readers (
    id @id,
    org_id @int NOT NULL,
    notice_id @int NOT NULL,
    person_id @int NOT NULL DEFAULT 0,    -- a member, or
    agency_id @int NOT NULL DEFAULT 0,    -- a body: any of its operators reads for all
    name TEXT NOT NULL,                   -- as shown in the list of who has read
    read_at @int NOT NULL DEFAULT 0,      -- UTC milliseconds; 0 = unread
    FOREIGN KEY (org_id, notice_id) REFERENCES notices (org_id, id)
);
CREATE UNIQUE INDEX readers_notice ON readers (org_id, notice_id, person_id, agency_id);
