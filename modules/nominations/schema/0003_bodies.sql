-- SPDX-License-Identifier: MulanPSL-2.0
-- The balance counts a candidate only in the body that he is for: who is named for the coming term does not sit in today's. nomination_people
-- is read no more; it goes in a later version.

CREATE VIEW nomination_bodies AS
SELECT s.org_id, 0 AS coming, 0 AS term_number, COALESCE(c.name, '') AS sector_name, p.gender, p.party, p.birth_on
FROM seats s JOIN members m ON m.org_id = s.org_id AND m.id = s.member_id
    JOIN persons p ON p.org_id = m.org_id AND p.id = m.person_id
    LEFT JOIN sectors c ON c.org_id = s.org_id AND c.id = s.sector_id
WHERE s.status IN ('serving', 'suspended')
UNION ALL SELECT n.org_id, 1 AS coming, n.term_number, c.name AS sector_name, n.gender, n.party, n.birth_on
FROM nominations n JOIN sectors c ON c.org_id = n.org_id AND c.id = n.sector_id WHERE n.state IN ('candidate', 'listed');
