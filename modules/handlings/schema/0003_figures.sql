-- SPDX-License-Identifier: MulanPSL-2.0
-- Letters that were handled before the mailbox kept who answers, whether in time, and what became an opinion (mailbox, 0002).

UPDATE letters SET agency_id = COALESCE((SELECT MAX(a.agency_id) FROM assignments a WHERE a.org_id = letters.org_id AND a.matter = 'letters'
    AND a.matter_id = CASE WHEN letters.lead_id > 0 THEN letters.lead_id ELSE letters.id END AND a.role <> 'cohost' AND a.state <> 'reassigned'), 0)
WHERE assigned_at > 0 OR lead_id > 0;

UPDATE letters SET first_answer = CASE WHEN EXISTS (SELECT a.id FROM assignments a WHERE a.org_id = letters.org_id AND a.matter = 'letters'
    AND a.matter_id = CASE WHEN letters.lead_id > 0 THEN letters.lead_id ELSE letters.id END AND a.role <> 'cohost' AND a.state <> 'reassigned'
    AND a.first_late = 1) THEN 'late' ELSE 'on_time' END
WHERE first_answer = 'untimed' AND agency_id > 0 AND assigned_at > 0 AND assigned_at <= first_replied_at;

UPDATE letters SET fed_at = COALESCE((SELECT MIN(x.fed_at) FROM letter_opinions x WHERE x.org_id = letters.org_id AND x.letter_id = letters.id), 0);
