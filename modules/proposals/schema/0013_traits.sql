-- SPDX-License-Identifier: MulanPSL-2.0
-- Who leads, as figures count him: as it was when written (beside the sector of 0006). A body has no sex.

ALTER TABLE proposals ADD COLUMN committee_name TEXT NOT NULL DEFAULT ''; -- of the lead (his first one), or of the committee that speaks
ALTER TABLE proposals ADD COLUMN gender TEXT NOT NULL DEFAULT '';         -- of the lead
ALTER TABLE proposals ADD COLUMN ethnic TEXT NOT NULL DEFAULT '';         -- of the lead, name as in GB/T 3304
ALTER TABLE proposals ADD COLUMN party TEXT NOT NULL DEFAULT '';          -- of the lead, dictionary members.parties

UPDATE proposals SET gender = COALESCE((SELECT n.gender FROM persons n WHERE n.org_id = proposals.org_id AND n.id = lead_person_id), ''),
    ethnic = COALESCE((SELECT n.ethnic FROM persons n WHERE n.org_id = proposals.org_id AND n.id = lead_person_id), ''),
    party = COALESCE((SELECT n.party FROM persons n WHERE n.org_id = proposals.org_id AND n.id = lead_person_id), ''),
    committee_name = COALESCE((SELECT c.name FROM tenures t JOIN committees c ON c.org_id = t.org_id AND c.id = t.body_id
    WHERE t.org_id = proposals.org_id AND t.person_id = lead_person_id AND t.body = 'committee' -- on its day, as days are counted in China
    AND t.from_on <= (COALESCE(NULLIF(submitted_at, 0), created_at) + 28800000) / 86400000
    AND (t.to_on = 0 OR t.to_on >= (COALESCE(NULLIF(submitted_at, 0), created_at) + 28800000) / 86400000)
    ORDER BY t.from_on, t.id LIMIT 1), '')
WHERE kind IN ('personal', 'joint') AND lead_person_id > 0;
UPDATE proposals SET committee_name = proposer_name WHERE kind = 'committee';
