-- SPDX-License-Identifier: MulanPSL-2.0
-- Whose the first answer of a letter was, where it can be told (mailbox, 0003): of the unit that had answered by then, unless the office had too.

UPDATE letters SET first_agency_id = COALESCE((SELECT a.agency_id FROM assignments a WHERE a.org_id = letters.org_id AND a.matter = 'letters'
    AND a.matter_id = CASE WHEN letters.lead_id > 0 THEN letters.lead_id ELSE letters.id END AND a.role <> 'cohost'
    AND a.first_replied_at > 0 AND a.first_replied_at <= letters.first_replied_at ORDER BY a.first_replied_at DESC, a.id DESC LIMIT 1), 0)
WHERE first_answer IN ('on_time', 'late') OR (first_answer = 'untimed' AND lead_id > 0 AND NOT EXISTS (SELECT t.id FROM trails t
    WHERE t.org_id = letters.org_id AND t.flow = 'letters' AND t.subject_id IN (letters.id, letters.lead_id) AND t.verb = 'answer'
    AND t.at <= letters.first_replied_at));
