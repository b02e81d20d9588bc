-- SPDX-License-Identifier: MulanPSL-2.0
-- Who sits in which group of a meeting (分组方案): several partitions of one meeting may stand side by side.

CREATE TABLE schemes (
    id @id,
    org_id @int NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'published', 'dropped')), -- flow schemes
    meeting_id @int NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('sectoral', 'study', 'free')), -- what keeps people together
    title TEXT NOT NULL,
    published_at @int NOT NULL DEFAULT 0,
    version @int NOT NULL DEFAULT 1,
    UNIQUE (org_id, id),
    FOREIGN KEY (org_id, meeting_id) REFERENCES meetings (org_id, id)
);
CREATE INDEX schemes_meeting ON schemes (org_id, meeting_id, id);

CREATE TABLE scheme_groups (
    id @id,
    org_id @int NOT NULL,
    scheme_id @int NOT NULL,
    number @int NOT NULL,                 -- from 1
    name TEXT NOT NULL,
    room TEXT NOT NULL DEFAULT '',        -- where it talks
    convener_id @int NOT NULL DEFAULT 0,  -- member; 0 = none yet
    recorder_id @int NOT NULL DEFAULT 0,  -- likewise
    version @int NOT NULL DEFAULT 1,
    UNIQUE (org_id, id),
    FOREIGN KEY (org_id, scheme_id) REFERENCES schemes (org_id, id)
);
CREATE UNIQUE INDEX scheme_groups_number ON scheme_groups (org_id, scheme_id, number);

CREATE TABLE placements (
    id @id,
    org_id @int NOT NULL,
    scheme_id @int NOT NULL,
    group_id @int NOT NULL,
    invitee_id @int NOT NULL,             -- of the meeting
    member_id @int NOT NULL,
    person_id @int NOT NULL,
    UNIQUE (org_id, id),
    FOREIGN KEY (org_id, scheme_id) REFERENCES schemes (org_id, id),
    FOREIGN KEY (org_id, group_id) REFERENCES scheme_groups (org_id, id),
    FOREIGN KEY (org_id, invitee_id) REFERENCES invitees (org_id, id)
);
CREATE UNIQUE INDEX placements_once ON placements (org_id, scheme_id, invitee_id);
CREATE INDEX placements_group ON placements (org_id, group_id, id);
CREATE INDEX placements_person ON placements (org_id, person_id, scheme_id);
