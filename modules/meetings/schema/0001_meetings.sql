-- SPDX-License-Identifier: MulanPSL-2.0
-- Meetings and activities; the members invited to each: what they answered and whether they came.

CREATE TABLE meetings (
    id @id,
    org_id @int NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'notified', 'held', 'settled', 'cancelled')), -- flow meetings
    kind TEXT NOT NULL,                   -- dictionary meetings.kinds
    title TEXT NOT NULL,
    organiser TEXT NOT NULL,              -- "office", "committee:5", "sector:3"
    organiser_name TEXT NOT NULL,         -- as it was called then
    mandatory @int NOT NULL CHECK (mandatory IN (0, 1)), -- 1: who is invited must come; 0: he may sign up
    places @int NOT NULL DEFAULT 0,       -- of a voluntary one; 0 = no limit
    from_on @int NOT NULL,
    from_half TEXT NOT NULL CHECK (from_half IN ('morning', 'afternoon')), -- in which half of the day it begins
    to_on @int NOT NULL,
    to_half TEXT NOT NULL CHECK (to_half IN ('morning', 'afternoon')), -- in which it ends
    hour TEXT NOT NULL DEFAULT '',        -- when it begins, in words
    place TEXT NOT NULL,                  -- where, in words
    answer_on @int NOT NULL DEFAULT 0,    -- last day to answer; 0 in a draft = by the setting
    agenda TEXT NOT NULL DEFAULT '',      -- programme, what to bring
    audience TEXT NOT NULL,               -- "members", "sector:3", "committee:5", "post:standing_member", "member:7"
    audience_name TEXT NOT NULL,          -- as it was called then
    notified_at @int NOT NULL DEFAULT 0,
    reminded_on @int NOT NULL DEFAULT 0,  -- last day on which staff pressed who had not answered
    reminds @int NOT NULL DEFAULT 0,      -- times on that day
    told_on @int NOT NULL DEFAULT 0,      -- day on which the house reminded of the present time; 0 = not yet
    cancel_reason TEXT NOT NULL DEFAULT '', -- told to all who were invited
    minutes TEXT NOT NULL DEFAULT '',
    all_members @int NOT NULL DEFAULT 0,  -- who served on the first day, for the quorum of a plenary
    two_thirds @int NOT NULL DEFAULT 0 CHECK (two_thirds IN (0, 1)), -- presence below two thirds is absence, as set on the day of settling
    settled_at @int NOT NULL DEFAULT 0,
    settled_name TEXT NOT NULL DEFAULT '', -- who settled it, as he was called then
    version @int NOT NULL DEFAULT 1,
    UNIQUE (org_id, id)
);
CREATE INDEX meetings_from ON meetings (org_id, from_on, id);
CREATE INDEX meetings_state ON meetings (org_id, state, from_on);

CREATE TABLE invitees (
    id @id,
    org_id @int NOT NULL,
    meeting_id @int NOT NULL,
    member_id @int NOT NULL,
    person_id @int NOT NULL,
    name TEXT NOT NULL,                   -- as he was called then
    sector_name TEXT NOT NULL DEFAULT '', -- as it was called then
    standing @int NOT NULL DEFAULT 0 CHECK (standing IN (0, 1)), -- of the standing committee on the first day
    unasked @int NOT NULL DEFAULT 0 CHECK (unasked IN (0, 1)), -- 1: put down when it had been held, never asked
    state TEXT NOT NULL CHECK (state IN ('pending', 'going', 'absenting', 'leave_asked', 'leave_granted', 'leave_refused', 'unconfirmed',
                                         'dropped', 'cancelled')), -- flow invitees
    leave_kind TEXT NOT NULL DEFAULT '',  -- dictionary meetings.leave_kinds
    reason TEXT NOT NULL DEFAULT '',      -- of the leave: personal
    leaves @int NOT NULL DEFAULT 0,       -- how often he asked leave of this meeting
    denial TEXT NOT NULL DEFAULT '',      -- why it was not given
    decided_name TEXT NOT NULL DEFAULT '', -- who decided the leave
    decided_at @int NOT NULL DEFAULT 0,   -- 0 = not decided
    answered_at @int NOT NULL DEFAULT 0,
    result TEXT NOT NULL DEFAULT '' CHECK (result IN ('', 'whole', 'part', 'late', 'leave', 'absent')),
    halves @int NOT NULL DEFAULT 0,       -- half-days at which he was there
    version @int NOT NULL DEFAULT 1,
    UNIQUE (org_id, id),
    FOREIGN KEY (org_id, meeting_id) REFERENCES meetings (org_id, id),
    FOREIGN KEY (org_id, member_id) REFERENCES members (org_id, id)
);
CREATE UNIQUE INDEX invitees_once ON invitees (org_id, meeting_id, member_id) WHERE state <> 'dropped';
CREATE INDEX invitees_meeting ON invitees (org_id, meeting_id, id);
CREATE INDEX invitees_person ON invitees (org_id, person_id, meeting_id);
