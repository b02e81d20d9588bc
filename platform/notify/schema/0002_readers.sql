-- SPDX-License-Identifier: MulanPSL-2.0
-- To whom a thing was sent, and who has read it. Modules' lists join this table.

CREATE TABLE readers (
    id @id,
    org_id @int NOT NULL,
    collection TEXT NOT NULL,             -- what it is: "notices"
    subject_id @int NOT NULL,             -- id in that collection
    person_id @int NOT NULL DEFAULT 0,    -- a person, or
    agency_id @int NOT NULL DEFAULT 0,    -- a body: any of its operators reads for all
    name TEXT NOT NULL,                   -- as shown in the list of who has read
    read_at @int NOT NULL DEFAULT 0       -- UTC milliseconds; 0 = unread
);
CREATE UNIQUE INDEX readers_subject ON readers (org_id, collection, subject_id, person_id, agency_id);
