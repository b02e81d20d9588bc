-- SPDX-License-Identifier: MulanPSL-2.0
-- Several matters that are answered together (并案): which item is whose, and a letter with a number of its own for each of them.
ALTER TABLE assignment_items ADD COLUMN origin_id @int NOT NULL DEFAULT 0;     -- id of the matter that it comes from; 0 = there is one alone
ALTER TABLE assignment_items ADD COLUMN origin_number @int NOT NULL DEFAULT 0; -- its number there, from 1
-- The matters, the main one first; none where there is one alone.
CREATE TABLE assignment_origins (
    id @id,
    org_id @int NOT NULL,
    matter TEXT NOT NULL,                   -- collection of what is assigned
    matter_id @int NOT NULL,
    position @int NOT NULL,                 -- 1 = the main one
    origin_id @int NOT NULL,                -- its own id in that collection
    number TEXT NOT NULL,                   -- case number or serial, as worded when assigned
    title TEXT NOT NULL,
    addressee TEXT NOT NULL                 -- whom its own letter is for, as worded when assigned
);
CREATE UNIQUE INDEX assignment_origins_own ON assignment_origins (org_id, matter, matter_id, origin_id);
-- The letter of a signed reply for each matter but the main one, whose letter is the reply's own.
CREATE TABLE reply_letters (
    id @id,
    org_id @int NOT NULL,
    reply_id @int NOT NULL,
    origin_id @int NOT NULL,
    number TEXT NOT NULL,                   -- 发文字号, next to the reply's own
    FOREIGN KEY (org_id, reply_id) REFERENCES replies (org_id, id)
);
CREATE UNIQUE INDEX reply_letters_origin ON reply_letters (org_id, reply_id, origin_id);
