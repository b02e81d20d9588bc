-- SPDX-License-Identifier: MulanPSL-2.0
-- What a body hands in is done by those who wrote it, in their order (table drafters): 主笔人 first. Where nobody is named it is nobody's
-- own, as before. The views
-- of 0001 and 0002 stay for a worker of before.

-- Who did a proposal, in order; member_id 0: one who is no member. collective 1: he wrote what a body hands in. What was withdrawn was never done.
CREATE VIEW entry_signers_2 AS
SELECT p.org_id, p.id AS source_id, s.rank AS place, COALESCE(m.id, 0) AS member_id, 0 AS collective
FROM proposals p
JOIN proposers s ON s.org_id = p.org_id AND s.proposal_id = p.id AND s.person_id > 0 AND s.state = 'cosigned'
LEFT JOIN members m ON m.org_id = s.org_id AND m.person_id = s.person_id
WHERE p.kind IN ('personal', 'joint') AND p.submitted_at > 0 AND p.state NOT IN ('draft', 'cosigning') AND p.outcome <> 'withdrawn'
UNION ALL SELECT p.org_id, p.id AS source_id, d.rank AS place, COALESCE(m.id, 0) AS member_id, 1 AS collective
FROM proposals p
JOIN drafters d ON d.org_id = p.org_id AND d.proposal_id = p.id
LEFT JOIN members m ON m.org_id = d.org_id AND m.person_id = d.person_id
WHERE p.kind NOT IN ('personal', 'joint') AND p.submitted_at > 0 AND p.state NOT IN ('draft', 'cosigning') AND p.outcome <> 'withdrawn';

-- As in 0002, of them. Each kind of signer is joined by itself, from the few likenesses outwards: a join of the view above, which is a UNION, reads
-- all proposals on PostgreSQL.
CREATE VIEW entry_likenesses_2 AS
SELECT l.org_id, l.source, l.source_id, l.other_id, l.degree, l.kind, COALESCE(m.id, 0) AS member_id
FROM likenesses l
JOIN proposals p ON p.org_id = l.org_id AND p.id = l.source_id
JOIN proposals o ON o.org_id = l.org_id AND o.id = l.other_id AND o.submitted_at > 0 AND o.kind IN ('personal', 'joint')
    AND o.state NOT IN ('draft', 'cosigning') AND o.outcome <> 'withdrawn'
JOIN proposers s ON s.org_id = o.org_id AND s.proposal_id = o.id AND s.person_id > 0 AND s.state = 'cosigned'
LEFT JOIN members m ON m.org_id = s.org_id AND m.person_id = s.person_id
WHERE l.source = 'proposals' AND l.apart_at = 0
    AND (o.submitted_at < p.submitted_at OR (o.submitted_at = p.submitted_at AND o.id < p.id))
UNION ALL SELECT l.org_id, l.source, l.source_id, l.other_id, l.degree, l.kind, COALESCE(m.id, 0) AS member_id
FROM likenesses l
JOIN proposals p ON p.org_id = l.org_id AND p.id = l.source_id
JOIN proposals o ON o.org_id = l.org_id AND o.id = l.other_id AND o.submitted_at > 0 AND o.kind NOT IN ('personal', 'joint')
    AND o.state NOT IN ('draft', 'cosigning') AND o.outcome <> 'withdrawn'
JOIN drafters d ON d.org_id = o.org_id AND d.proposal_id = o.id
LEFT JOIN members m ON m.org_id = d.org_id AND m.person_id = d.person_id
WHERE l.source = 'proposals' AND l.apart_at = 0
    AND (o.submitted_at < p.submitted_at OR (o.submitted_at = p.submitted_at AND o.id < p.id))
UNION ALL SELECT l.org_id, l.source, l.source_id, l.other_id, l.degree, l.kind, s.member_id
FROM likenesses l
JOIN opinions p ON p.org_id = l.org_id AND p.id = l.source_id
JOIN opinions o ON o.org_id = l.org_id AND o.id = l.other_id AND o.submitted_at > 0 AND o.recast = 0
JOIN entry_reporters s ON s.org_id = o.org_id AND s.source_id = o.id
WHERE l.source = 'opinions' AND l.apart_at = 0
    AND (o.submitted_at < p.submitted_at OR (o.submitted_at = p.submitted_at AND o.id < p.id));
