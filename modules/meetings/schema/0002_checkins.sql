-- SPDX-License-Identifier: MulanPSL-2.0
-- Who was seen at the door of which half-day: what attendance may be put down by, not attendance itself.

CREATE TABLE checkins (
    id @id,
    org_id @int NOT NULL,
    meeting_id @int NOT NULL,
    invitee_id @int NOT NULL,
    half @int NOT NULL,                   -- which half-day of the meeting, the first is 0
    way TEXT NOT NULL CHECK (way IN ('code', 'gate')), -- by himself with the code at the door; by who stands there
    came_at @int NOT NULL,                -- when he came; noted_at: when the house heard of it
    noted_at @int NOT NULL,
    noted_name TEXT NOT NULL,             -- who noted it, as he was called then
    undone_at @int NOT NULL DEFAULT 0,    -- 0 = stands; else when it was taken back
    undone_name TEXT NOT NULL DEFAULT '', -- who took it back
    UNIQUE (org_id, id),
    FOREIGN KEY (org_id, meeting_id) REFERENCES meetings (org_id, id),
    FOREIGN KEY (org_id, invitee_id) REFERENCES invitees (org_id, id)
);
CREATE UNIQUE INDEX checkins_once ON checkins (org_id, invitee_id, half) WHERE undone_at = 0;
CREATE INDEX checkins_meeting ON checkins (org_id, meeting_id, half);
