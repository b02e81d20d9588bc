-- SPDX-License-Identifier: MulanPSL-2.0
-- Assignments of before know their session too, so that figures by agency count them.

UPDATE assignments SET session_id = (SELECT p.session_id FROM proposals p WHERE p.org_id = assignments.org_id AND p.id = assignments.matter_id)
WHERE matter = 'proposals' AND EXISTS (SELECT 1 FROM proposals p WHERE p.org_id = assignments.org_id AND p.id = assignments.matter_id);
