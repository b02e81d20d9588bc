-- SPDX-License-Identifier: MulanPSL-2.0
-- The duty ledger: what every member did, a row a thing, never edited, taken back only by a row that names it; and what of proposals and opinions
-- should stand in it, as they are now.

CREATE TABLE entries (
    id @id,
    org_id @int NOT NULL,
    member_id @int NOT NULL,
    name TEXT NOT NULL,                     -- of the member, with sector and first committee as they were on that day
    sector TEXT NOT NULL,
    committee TEXT NOT NULL,
    happened_on @int NOT NULL,              -- the day it counts on
    year @int NOT NULL,                     -- of that day
    kind TEXT NOT NULL,                     -- "proposals.docketed": README.md
    label TEXT NOT NULL,                    -- what that is called, as it was called then
    quantity @int NOT NULL,                 -- thousandths; of a reversal negative, so that the sum of all rows is what stands
    people @int NOT NULL,                   -- how many did it together
    tags TEXT NOT NULL,                     -- "first shared standing"
    source TEXT NOT NULL,                   -- collection of the record that it comes from
    source_id @int NOT NULL,
    part_id @int NOT NULL,                  -- which of several results of that record; 0 = the record itself
    number TEXT NOT NULL,                   -- of the record, as it was then
    title TEXT NOT NULL,                    -- likewise
    text TEXT NOT NULL,                     -- of a reversal: why
    -- live: it stands. reversed: its source changed; struck: a person took it back, and its source brings it back no more
    state TEXT NOT NULL CHECK (state IN ('live', 'reversed', 'struck', 'reversal')),
    reverses_id @int NOT NULL DEFAULT 0,    -- of a reversal: which row
    recorded_at @int NOT NULL,
    recorded_by @int NOT NULL,              -- account; 0 = the house by itself
    recorded_name TEXT NOT NULL,            -- its person's name, as it was then
    UNIQUE (org_id, id),
    FOREIGN KEY (org_id, member_id) REFERENCES members (org_id, id)
);
CREATE UNIQUE INDEX entries_once ON entries (org_id, source, source_id, member_id, kind, part_id) WHERE state = 'live';
CREATE UNIQUE INDEX entries_reverses ON entries (org_id, reverses_id) WHERE reverses_id > 0;
-- What scores are made from: everything that is asked stands in it, state too, or SQLite 3.40 would fetch the rows for it.
CREATE INDEX entries_scored ON entries (org_id, member_id, happened_on, id, kind, quantity, people, tags, source, source_id, part_id, state)
    WHERE state = 'live';
CREATE INDEX entries_struck ON entries (org_id, source, source_id) WHERE state = 'struck';
CREATE INDEX entries_newest ON entries (org_id, happened_on, id);
CREATE INDEX entries_member ON entries (org_id, member_id, happened_on, id);
CREATE INDEX entries_year ON entries (org_id, year, happened_on, id);
CREATE INDEX entries_label ON entries (org_id, label, happened_on, id);
CREATE INDEX entries_sector ON entries (org_id, sector, happened_on, id);
CREATE INDEX entries_committee ON entries (org_id, committee, happened_on, id);
CREATE INDEX entries_name ON entries (org_id, name, happened_on, id);

-- A walk over what there is, which makes the rows that are missing: after this version was installed, and when staff ask for it.
CREATE TABLE entry_runs (
    id @id,
    org_id @int NOT NULL,
    source TEXT NOT NULL DEFAULT 'proposals', -- which collection it is at
    after_id @int NOT NULL DEFAULT 0,       -- looked at up to here
    checked @int NOT NULL DEFAULT 0,        -- records looked at
    added @int NOT NULL DEFAULT 0,          -- rows made
    reversed @int NOT NULL DEFAULT 0,       -- rows taken back
    started_at @int NOT NULL,
    started_name TEXT NOT NULL DEFAULT '',  -- who asked, as he was called then; empty = the house
    finished_at @int NOT NULL DEFAULT 0,    -- 0 = it goes on
    UNIQUE (org_id, id)
);
CREATE UNIQUE INDEX entry_runs_open ON entry_runs (org_id) WHERE finished_at = 0;

-- Who signs a proposal, in order; member_id 0: one who is no member. What bodies hand in is nobody's own; what was withdrawn was never done.
CREATE VIEW entry_signers AS
SELECT p.org_id, p.id AS source_id, s.rank AS place, COALESCE(m.id, 0) AS member_id
FROM proposals p
JOIN proposers s ON s.org_id = p.org_id AND s.proposal_id = p.id AND s.person_id > 0 AND s.state = 'cosigned'
LEFT JOIN members m ON m.org_id = s.org_id AND m.person_id = s.person_id
WHERE p.kind IN ('personal', 'joint') AND p.submitted_at > 0 AND p.state NOT IN ('draft', 'cosigning') AND p.outcome <> 'withdrawn';

-- What stands of it; days are those of China. people 0: as many as signed it. What is answered and kept with a main one is so for those merged into
-- it, too.
CREATE VIEW entry_proposal_facts AS
SELECT p.org_id, p.id AS source_id, 'proposals.submitted' AS kind, 0 AS part_id, (p.submitted_at + 28800000) / 86400000 AS happened_on,
    0 AS people, '' AS extra FROM proposals p WHERE p.submitted_at > 0
UNION ALL SELECT p.org_id, p.id AS source_id, 'proposals.docketed' AS kind, 0 AS part_id, (p.docketed_at + 28800000) / 86400000 AS happened_on,
    0 AS people, '' AS extra FROM proposals p WHERE p.docketed_at > 0
UNION ALL SELECT p.org_id, p.id AS source_id, 'proposals.merged' AS kind, 0 AS part_id, (p.merged_at + 28800000) / 86400000 AS happened_on,
    0 AS people, '' AS extra FROM proposals p WHERE p.main_id > 0 AND p.docketed_at = 0
UNION ALL SELECT f.org_id, f.proposal_id AS source_id, 'proposals.key' AS kind, 0 AS part_id, f.decided_on AS happened_on,
    0 AS people, '' AS extra FROM flagships f WHERE f.state IN ('chosen', 'planned', 'running', 'finished')
UNION ALL SELECT d.org_id, d.proposal_id AS source_id, 'proposals.commended' AS kind, 0 AS part_id, d.decided_on AS happened_on,
    0 AS people, '' AS extra FROM commendations d WHERE d.state = 'chosen'
UNION ALL SELECT p.org_id, p.id AS source_id, 'proposals.answered' AS kind, 0 AS part_id, (a.replied_at + 28800000) / 86400000 AS happened_on,
    0 AS people, 'class_' || a.class AS extra FROM proposals p JOIN proposals a ON a.org_id = p.org_id
    AND a.id = CASE WHEN p.main_id > 0 THEN p.main_id ELSE p.id END WHERE a.replied_at > 0 AND a.class <> ''
UNION ALL SELECT p.org_id, p.id AS source_id, 'proposals.kept' AS kind, r.id AS part_id, r.met_on AS happened_on,
    0 AS people, '' AS extra FROM proposals p JOIN promises r ON r.org_id = p.org_id AND r.matter = 'proposals'
    AND r.matter_id = CASE WHEN p.main_id > 0 THEN p.main_id ELSE p.id END WHERE r.state = 'met' AND r.confirmed_at > 0 AND r.met_on > 0
UNION ALL SELECT i.org_id, i.matter_id AS source_id, 'proposals.instructed' AS kind, i.id AS part_id, i.instructed_on AS happened_on,
    0 AS people, i.level AS extra FROM instructions i WHERE i.matter = 'proposals'
UNION ALL SELECT r.org_id, r.proposal_id AS source_id, 'proposals.recast' AS kind, 0 AS part_id, (o.submitted_at + 28800000) / 86400000 AS happened_on,
    0 AS people, '' AS extra FROM recasts r JOIN opinions o ON o.org_id = r.org_id AND o.id = r.opinion_id
    WHERE r.way = 'to_opinion' AND r.state = 'done' AND o.state <> 'draft' AND o.submitted_at > 0;

-- Who reports an opinion: its writer first, then whoever agreed to report with him. What is in a body's name is nobody's own.
CREATE VIEW entry_reporters AS
SELECT o.org_id, o.id AS source_id, 0 AS place, COALESCE(m.id, 0) AS member_id
FROM opinions o LEFT JOIN members m ON m.org_id = o.org_id AND m.person_id = o.person_id
WHERE o.kind = 'member' AND o.state <> 'draft' AND o.submitted_at > 0
UNION ALL SELECT o.org_id, o.id AS source_id, j.rank AS place, COALESCE(m.id, 0) AS member_id
FROM opinions o JOIN reporters j ON j.org_id = o.org_id AND j.opinion_id = o.id AND j.state = 'joined' AND j.person_id <> o.person_id
LEFT JOIN members m ON m.org_id = j.org_id AND m.person_id = j.person_id
WHERE o.kind = 'member' AND o.state <> 'draft' AND o.submitted_at > 0;

-- What was printed of it: itself, or the composite that it was made into, which all share who reported its sources.
CREATE VIEW entry_prints AS
SELECT o.org_id, o.id AS source_id, d.id AS issued_id, d.signed_at,
    CASE WHEN o.composite_id = 0 THEN 0 ELSE
        (SELECT COUNT(*) FROM opinions s WHERE s.org_id = o.org_id AND s.composite_id = o.composite_id)
        + (SELECT COUNT(*) FROM opinions s JOIN reporters c ON c.org_id = s.org_id AND c.opinion_id = s.id AND c.state = 'joined'
            WHERE s.org_id = o.org_id AND s.composite_id = o.composite_id) END AS people,
    CASE WHEN o.composite_id = 0 THEN '' ELSE 'composite' END AS extra
FROM opinions o JOIN opinions d ON d.org_id = o.org_id AND d.id = CASE WHEN o.composite_id > 0 THEN o.composite_id ELSE o.id END
WHERE d.signed_at > 0;

-- What stands of it. What came of one elsewhere stands once its reporters have been told of it. One that is counted as a proposal is no opinion too.
CREATE VIEW entry_opinion_facts AS
SELECT o.org_id, o.id AS source_id, 'opinions.submitted' AS kind, 0 AS part_id, (o.submitted_at + 28800000) / 86400000 AS happened_on,
    0 AS people, '' AS extra FROM opinions o WHERE o.recast = 0 AND o.submitted_at > 0
UNION ALL SELECT c.org_id, c.source_id, 'opinions.issued' AS kind, 0 AS part_id, (c.signed_at + 28800000) / 86400000 AS happened_on,
    c.people, c.extra FROM entry_prints c
UNION ALL SELECT c.org_id, c.source_id, 'opinions.adopted' AS kind, a.id AS part_id, a.adopted_on AS happened_on,
    c.people, CASE WHEN c.extra = '' THEN '' ELSE c.extra || ' ' END || a.level || CASE WHEN a.kind = 'combined' THEN ' combined' ELSE '' END AS extra
    FROM entry_prints c JOIN adoptions a ON a.org_id = c.org_id AND a.opinion_id = c.issued_id AND a.kind IN ('single', 'combined')
    JOIN issue_items t ON t.org_id = a.org_id AND t.opinion_id = a.opinion_id AND t.informed_at >= a.recorded_at
UNION ALL SELECT c.org_id, c.source_id, 'opinions.instructed' AS kind, i.id AS part_id, i.instructed_on AS happened_on,
    c.people, CASE WHEN c.extra = '' THEN '' ELSE c.extra || ' ' END || i.level AS extra
    FROM entry_prints c JOIN instructions i ON i.org_id = c.org_id AND i.matter = 'opinions' AND i.matter_id = c.issued_id
    JOIN issue_items t ON t.org_id = i.org_id AND t.opinion_id = i.matter_id AND t.informed_at >= i.recorded_at;

-- What there is already gets its rows after this version was installed (job entries.gather).
INSERT INTO entry_runs (org_id, started_at) SELECT DISTINCT org_id, 0 FROM proposals WHERE submitted_at > 0;
INSERT INTO entry_runs (org_id, started_at) SELECT DISTINCT o.org_id, 0 FROM opinions o
    WHERE o.submitted_at > 0 AND NOT EXISTS (SELECT 1 FROM entry_runs r WHERE r.org_id = o.org_id);
