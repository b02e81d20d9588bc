-- SPDX-License-Identifier: MulanPSL-2.0
-- Who was at the talks of his group: a row for each group and half-day that was put down, and one in it for each person.

CREATE TABLE scheme_rolls (
    id @id,
    org_id @int NOT NULL,
    scheme_id @int NOT NULL,
    group_id @int NOT NULL,
    half @int NOT NULL,                   -- which half-day of the meeting, the first is 0
    recorded_at @int NOT NULL,
    recorded_name TEXT NOT NULL,          -- who put it down last, as he was called then
    version @int NOT NULL DEFAULT 1,
    UNIQUE (org_id, id),
    FOREIGN KEY (org_id, scheme_id) REFERENCES schemes (org_id, id),
    FOREIGN KEY (org_id, group_id) REFERENCES scheme_groups (org_id, id)
);
CREATE UNIQUE INDEX scheme_rolls_once ON scheme_rolls (org_id, group_id, half);
CREATE INDEX scheme_rolls_scheme ON scheme_rolls (org_id, scheme_id, half);

CREATE TABLE scheme_presences (
    id @id,
    org_id @int NOT NULL,
    roll_id @int NOT NULL,
    invitee_id @int NOT NULL,             -- of the meeting
    member_id @int NOT NULL,
    person_id @int NOT NULL,
    presence TEXT NOT NULL CHECK (presence IN ('present', 'leave', 'absent')), -- whether he was there, had leave, or stayed away
    UNIQUE (org_id, id),
    FOREIGN KEY (org_id, roll_id) REFERENCES scheme_rolls (org_id, id)
);
CREATE UNIQUE INDEX scheme_presences_once ON scheme_presences (org_id, roll_id, invitee_id);
CREATE INDEX scheme_presences_person ON scheme_presences (org_id, person_id, roll_id);
