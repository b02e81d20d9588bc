-- SPDX-License-Identifier: MulanPSL-2.0
-- Records that are alike (相近), or split off from one another (拆分): a row each way, so that either can be asked for by its number.

CREATE TABLE likenesses (
    id @id,
    org_id @int NOT NULL,
    source TEXT NOT NULL CHECK (source IN ('proposals', 'opinions')),
    source_id @int NOT NULL,                -- a record
    other_id @int NOT NULL,                 -- and which it is like
    degree @int NOT NULL,                   -- percent
    kind TEXT NOT NULL CHECK (kind IN ('similar', 'split')), -- split: less alike, but of the same people within days
    found_at @int NOT NULL,
    apart_at @int NOT NULL DEFAULT 0,       -- when a person said that they are two matters; 0 = nobody did
    apart_name TEXT NOT NULL DEFAULT '',    -- who, as he was called then
    apart_text TEXT NOT NULL DEFAULT '',    -- why
    UNIQUE (org_id, id)
);
CREATE UNIQUE INDEX likenesses_once ON likenesses (org_id, source, source_id, other_id);
CREATE INDEX likenesses_other ON likenesses (org_id, source, other_id);

-- The earlier records that one is like, with each who did the earlier one (0: no member): both handed in and not withdrawn.
CREATE VIEW entry_likenesses AS
SELECT l.org_id, l.source, l.source_id, l.other_id, l.degree, l.kind, s.member_id
FROM likenesses l
JOIN proposals p ON p.org_id = l.org_id AND p.id = l.source_id
JOIN proposals o ON o.org_id = l.org_id AND o.id = l.other_id AND o.submitted_at > 0
JOIN entry_signers s ON s.org_id = o.org_id AND s.source_id = o.id
WHERE l.source = 'proposals' AND l.apart_at = 0
    AND (o.submitted_at < p.submitted_at OR (o.submitted_at = p.submitted_at AND o.id < p.id))
UNION ALL SELECT l.org_id, l.source, l.source_id, l.other_id, l.degree, l.kind, s.member_id
FROM likenesses l
JOIN opinions p ON p.org_id = l.org_id AND p.id = l.source_id
JOIN opinions o ON o.org_id = l.org_id AND o.id = l.other_id AND o.submitted_at > 0 AND o.recast = 0
JOIN entry_reporters s ON s.org_id = o.org_id AND s.source_id = o.id
WHERE l.source = 'opinions' AND l.apart_at = 0
    AND (o.submitted_at < p.submitted_at OR (o.submitted_at = p.submitted_at AND o.id < p.id));
