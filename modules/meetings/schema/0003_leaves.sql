-- SPDX-License-Identifier: MulanPSL-2.0
-- Who decides a leave is fixed by kind of meeting, and may be one person: he sees what he is to decide. The values of the two settings before
-- go over to those of each kind.

ALTER TABLE invitees ADD COLUMN leave_by TEXT NOT NULL DEFAULT ''; -- of a leave that was asked: staff, leader, chair, secretary_general, head
ALTER TABLE invitees ADD COLUMN approver_id @int NOT NULL DEFAULT 0; -- the person who decides it; 0 = whoever of staff or leaders
CREATE INDEX invitees_approver ON invitees (org_id, approver_id, meeting_id) WHERE approver_id <> 0;

UPDATE invitees SET leave_by = 'staff' WHERE state = 'leave_asked';
UPDATE invitees SET leave_by = 'leader' WHERE state = 'leave_asked' AND EXISTS (SELECT m.id FROM meetings m WHERE m.org_id = invitees.org_id
    AND m.id = invitees.meeting_id AND m.kind IN ('plenary', 'standing', 'chairs'));

INSERT INTO settings (org_id, name, from_on, value, changed_at, changed_by, mark)
SELECT org_id, 'meetings.leave_by_plenary', from_on, value, changed_at, changed_by, mark FROM settings WHERE name = 'meetings.leave_core_by';
INSERT INTO settings (org_id, name, from_on, value, changed_at, changed_by, mark)
SELECT org_id, 'meetings.leave_by_standing', from_on, value, changed_at, changed_by, mark FROM settings WHERE name = 'meetings.leave_core_by';
INSERT INTO settings (org_id, name, from_on, value, changed_at, changed_by, mark)
SELECT org_id, 'meetings.leave_by_chairs', from_on, value, changed_at, changed_by, mark FROM settings WHERE name = 'meetings.leave_core_by';
INSERT INTO settings (org_id, name, from_on, value, changed_at, changed_by, mark)
SELECT org_id, 'meetings.leave_by_committee', from_on, value, changed_at, changed_by, mark FROM settings WHERE name = 'meetings.leave_by';
INSERT INTO settings (org_id, name, from_on, value, changed_at, changed_by, mark)
SELECT org_id, 'meetings.leave_by_other', from_on, value, changed_at, changed_by, mark FROM settings WHERE name = 'meetings.leave_by';
INSERT INTO settings (org_id, name, from_on, value, changed_at, changed_by, mark)
SELECT org_id, 'meetings.leave_days_plenary', from_on, value, changed_at, changed_by, mark FROM settings WHERE name = 'meetings.leave_plenary_days';
INSERT INTO settings (org_id, name, from_on, value, changed_at, changed_by, mark)
SELECT org_id, 'meetings.leave_days_standing', from_on, value, changed_at, changed_by, mark FROM settings WHERE name = 'meetings.leave_days';
INSERT INTO settings (org_id, name, from_on, value, changed_at, changed_by, mark)
SELECT org_id, 'meetings.leave_days_chairs', from_on, value, changed_at, changed_by, mark FROM settings WHERE name = 'meetings.leave_days';
