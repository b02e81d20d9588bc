-- SPDX-License-Identifier: MulanPSL-2.0
-- What lists are asked for: the proposer's sector, whether agencies had to do it again or got more time, wished agencies.

ALTER TABLE proposals ADD COLUMN sector_name TEXT NOT NULL DEFAULT ''; -- of the lead or of the sector that speaks, as when written
ALTER TABLE proposals ADD COLUMN redone @int NOT NULL DEFAULT 0;       -- 1 = sent back to its agencies after a dissatisfaction
ALTER TABLE proposals ADD COLUMN extended @int NOT NULL DEFAULT 0;     -- 1 = an agency that answers was granted more time

UPDATE proposals SET sector_name = proposer_name WHERE kind = 'sector';
UPDATE proposals SET sector_name = COALESCE((SELECT c.name FROM members m
    JOIN seats t ON t.org_id = m.org_id AND t.member_id = m.id JOIN sectors c ON c.org_id = t.org_id AND c.id = t.sector_id
    WHERE m.org_id = proposals.org_id AND m.person_id = proposals.lead_person_id -- the seat of its day, as days are counted in China
    AND t.from_on <= (COALESCE(NULLIF(proposals.submitted_at, 0), proposals.created_at) + 28800000) / 86400000
    ORDER BY t.from_on DESC, t.id DESC LIMIT 1), '')
WHERE kind IN ('personal', 'joint') AND lead_person_id > 0;
UPDATE proposals SET redone = 1 WHERE EXISTS (SELECT 1 FROM assignments a WHERE a.org_id = proposals.org_id
    AND a.matter = 'proposals' AND a.matter_id = proposals.id AND a.round > 1);
UPDATE proposals SET extended = 1 WHERE EXISTS (SELECT 1 FROM assignments a JOIN requests r ON r.org_id = a.org_id AND r.assignment_id = a.id
    WHERE a.org_id = proposals.org_id AND a.matter = 'proposals' AND a.matter_id = proposals.id AND a.role <> 'cohost'
    AND r.kind = 'extension' AND r.decision = 'granted');

CREATE INDEX proposals_sector ON proposals (org_id, sector_name, submitted_at, id);
CREATE INDEX proposals_redone ON proposals (org_id, redone, submitted_at, id);
CREATE INDEX proposals_extended ON proposals (org_id, extended, submitted_at, id);
CREATE INDEX proposals_destination ON proposals (org_id, destination, submitted_at, id);
CREATE INDEX wishes_of_agency ON wishes (org_id, agency_id, role, by_whom, proposal_id);
