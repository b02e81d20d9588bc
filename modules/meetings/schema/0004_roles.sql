-- SPDX-License-Identifier: MulanPSL-2.0
-- As what somebody is asked: as a member of the meeting, to attend it without duty (列席), or to speak there (主讲人).

ALTER TABLE invitees ADD COLUMN role TEXT NOT NULL DEFAULT 'member' CHECK (role IN ('member', 'guest', 'speaker'));
