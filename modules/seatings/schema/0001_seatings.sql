-- SPDX-License-Identifier: MulanPSL-2.0
-- Who sits where at a meeting (座次): the rows of a hall and its rostrum, and a row for each chair that somebody has.

CREATE TABLE seatings (
    id @id,
    org_id @int NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'published', 'dropped')), -- flow seatings
    meeting_id @int NOT NULL,
    title TEXT NOT NULL,
    rostrum TEXT NOT NULL DEFAULT '',  -- its rows from the front, a line each, as floor; empty = none
    floor TEXT NOT NULL,               -- rows from the front: "8+12+8" (+ is an aisle), "3排 8+12+8" three of them
    numbering TEXT NOT NULL CHECK (numbering IN ('odd_even', 'left')), -- what a chair of the floor is called
    arrangement TEXT NOT NULL CHECK (arrangement IN ('groups', 'sectors', 'names', 'hand')), -- in which order people come
    run TEXT NOT NULL CHECK (run IN ('rows', 'blocks')), -- row by row, or from aisle to aisle
    leaders TEXT NOT NULL DEFAULT '',  -- who sits on the rostrum by rank, a name each line; a guest's ends with the word for it
    published_at @int NOT NULL DEFAULT 0,
    version @int NOT NULL DEFAULT 1,
    UNIQUE (org_id, id),
    FOREIGN KEY (org_id, meeting_id) REFERENCES meetings (org_id, id)
);
CREATE INDEX seatings_meeting ON seatings (org_id, meeting_id, id);

CREATE TABLE seating_places (
    id @id,
    org_id @int NOT NULL,
    seating_id @int NOT NULL,
    part TEXT NOT NULL CHECK (part IN ('rostrum', 'floor')), -- of the hall
    line @int NOT NULL,                      -- which row, from the front, from 1
    chair @int NOT NULL,                     -- which chair of it, from the left as the hall sees the rostrum, from 1
    invitee_id @int NOT NULL DEFAULT 0,      -- of the meeting; 0 = a guest
    member_id @int NOT NULL DEFAULT 0,
    person_id @int NOT NULL DEFAULT 0,
    name TEXT NOT NULL DEFAULT '',           -- of a guest
    fixed @int NOT NULL DEFAULT 0,           -- stays when the others are seated anew
    UNIQUE (org_id, id),
    FOREIGN KEY (org_id, seating_id) REFERENCES seatings (org_id, id)
);
CREATE UNIQUE INDEX seating_places_chair ON seating_places (org_id, seating_id, part, line, chair);
CREATE UNIQUE INDEX seating_places_once ON seating_places (org_id, seating_id, invitee_id) WHERE invitee_id <> 0;
CREATE INDEX seating_places_person ON seating_places (org_id, person_id, seating_id);
