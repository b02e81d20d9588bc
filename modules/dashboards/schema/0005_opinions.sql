-- SPDX-License-Identifier: MulanPSL-2.0
-- What each opinion (社情民意信息) adds to the figures of its year: facts, counters and definitions as those of proposals.

CREATE TABLE dashboard_opinion_facts (
    org_id @int NOT NULL,
    subject_id @int NOT NULL,
    session_id @int NOT NULL,                -- the year in which it was first sent: figures of opinions go by years
    kind TEXT NOT NULL,                      -- by what it is counted, as in its own row; empty = not by this
    category TEXT NOT NULL,                  -- likewise
    sector TEXT NOT NULL,                    -- likewise
    committee TEXT NOT NULL,                 -- likewise
    party TEXT NOT NULL,                     -- likewise
    body TEXT NOT NULL,                      -- in whose name, where it is not the writer's own
    month @int NOT NULL,                     -- 202611
    person_id @int NOT NULL,                 -- the member who wrote it in his own name; 0 = none
    opinions @int NOT NULL,                  -- with the desk, or decided
    waiting @int NOT NULL,                   -- of them: not yet decided
    chosen @int NOT NULL,                    -- of them: 录用
    stored @int NOT NULL,                    -- of them: 留存
    issued @int NOT NULL,                    -- of what is chosen: signed, alone or in a composite
    single @int NOT NULL,                    -- of these: alone
    urgent_sent @int NOT NULL,               -- of all: 紧急
    revising @int NOT NULL,                  -- given back, and not sent again
    composites @int NOT NULL,                -- 综合: made, and not dissolved
    composites_issued @int NOT NULL,         -- of them: signed
    PRIMARY KEY (org_id, subject_id)
);

-- A composite is no opinion of its own: each of its sources counts, once, for whoever wrote it.
CREATE VIEW dashboard_opinions_now AS SELECT
    o.org_id,
    o.id AS subject_id,
    o.year AS session_id,
    CASE WHEN o.kind = 'composite' THEN '' ELSE o.kind END AS kind,
    o.category,
    o.sector,
    o.committee,
    o.party,
    CASE WHEN o.kind IN ('member', 'composite') THEN '' ELSE o.body_name END AS body,
    o.month,
    CASE WHEN o.kind = 'member' THEN o.person_id ELSE 0 END AS person_id,
    CASE WHEN o.kind <> 'composite' AND o.state <> 'draft' THEN 1 ELSE 0 END AS opinions,
    CASE WHEN o.kind <> 'composite' AND o.state = 'submitted' THEN 1 ELSE 0 END AS waiting,
    CASE WHEN o.kind <> 'composite' AND o.state <> 'draft' AND o.taken_at > 0 THEN 1 ELSE 0 END AS chosen,
    CASE WHEN o.kind <> 'composite' AND o.state = 'kept' THEN 1 ELSE 0 END AS stored,
    CASE WHEN o.kind <> 'composite' AND o.signed_at > 0 THEN 1 ELSE 0 END AS issued,
    CASE WHEN o.kind <> 'composite' AND o.signed_at > 0 AND o.composite_id = 0 THEN 1 ELSE 0 END AS single,
    CASE WHEN o.kind <> 'composite' AND o.state <> 'draft' THEN o.urgent ELSE 0 END AS urgent_sent,
    CASE WHEN o.kind <> 'composite' AND o.state = 'draft' AND o.returned <> '' THEN 1 ELSE 0 END AS revising,
    CASE WHEN o.kind = 'composite' AND o.state <> 'kept' THEN 1 ELSE 0 END AS composites,
    CASE WHEN o.kind = 'composite' AND o.signed_at > 0 THEN 1 ELSE 0 END AS composites_issued
FROM opinions o WHERE o.month > 0;

-- Under what each is counted, and what each adds to one count.
CREATE VIEW dashboard_opinion_codes AS
SELECT f.org_id, f.subject_id, f.session_id, 'opinion_all' AS dimension, '' AS code FROM dashboard_opinion_facts f
UNION ALL SELECT f.org_id, f.subject_id, f.session_id, 'opinion_month' AS dimension, CAST(f.month AS TEXT) AS code FROM dashboard_opinion_facts f
UNION ALL SELECT f.org_id, f.subject_id, f.session_id, 'opinion_kind' AS dimension, f.kind AS code FROM dashboard_opinion_facts f WHERE f.kind <> ''
UNION ALL SELECT f.org_id, f.subject_id, f.session_id, 'opinion_category' AS dimension, f.category AS code FROM dashboard_opinion_facts f
UNION ALL SELECT f.org_id, f.subject_id, f.session_id, 'opinion_sector' AS dimension, f.sector AS code FROM dashboard_opinion_facts f WHERE f.sector <> ''
UNION ALL SELECT f.org_id, f.subject_id, f.session_id, 'opinion_committee' AS dimension, f.committee AS code FROM dashboard_opinion_facts f WHERE f.committee <> ''
UNION ALL SELECT f.org_id, f.subject_id, f.session_id, 'opinion_party' AS dimension, f.party AS code FROM dashboard_opinion_facts f WHERE f.party <> ''
UNION ALL SELECT f.org_id, f.subject_id, f.session_id, 'opinion_body' AS dimension, f.body AS code FROM dashboard_opinion_facts f WHERE f.body <> ''
UNION ALL SELECT f.org_id, f.subject_id, f.session_id, 'opinion_person' AS dimension, CAST(f.person_id AS TEXT) AS code FROM dashboard_opinion_facts f WHERE f.person_id <> 0;

CREATE VIEW dashboard_opinion_adds AS
SELECT f.org_id, f.subject_id, 'opinions' AS metric, f.opinions AS value FROM dashboard_opinion_facts f WHERE f.opinions <> 0
UNION ALL SELECT f.org_id, f.subject_id, 'waiting' AS metric, f.waiting AS value FROM dashboard_opinion_facts f WHERE f.waiting <> 0
UNION ALL SELECT f.org_id, f.subject_id, 'chosen' AS metric, f.chosen AS value FROM dashboard_opinion_facts f WHERE f.chosen <> 0
UNION ALL SELECT f.org_id, f.subject_id, 'stored' AS metric, f.stored AS value FROM dashboard_opinion_facts f WHERE f.stored <> 0
UNION ALL SELECT f.org_id, f.subject_id, 'issued' AS metric, f.issued AS value FROM dashboard_opinion_facts f WHERE f.issued <> 0
UNION ALL SELECT f.org_id, f.subject_id, 'single' AS metric, f.single AS value FROM dashboard_opinion_facts f WHERE f.single <> 0
UNION ALL SELECT f.org_id, f.subject_id, 'urgent_sent' AS metric, f.urgent_sent AS value FROM dashboard_opinion_facts f WHERE f.urgent_sent <> 0
UNION ALL SELECT f.org_id, f.subject_id, 'revising' AS metric, f.revising AS value FROM dashboard_opinion_facts f WHERE f.revising <> 0
UNION ALL SELECT f.org_id, f.subject_id, 'composites' AS metric, f.composites AS value FROM dashboard_opinion_facts f WHERE f.composites <> 0
UNION ALL SELECT f.org_id, f.subject_id, 'composites_issued' AS metric, f.composites_issued AS value FROM dashboard_opinion_facts f WHERE f.composites_issued <> 0;

CREATE VIEW dashboard_opinion_sums AS
SELECT c.org_id, c.session_id, c.dimension, c.code, a.metric, CAST(SUM(a.value) AS @int) AS value
FROM dashboard_opinion_codes c JOIN dashboard_opinion_adds a ON a.org_id = c.org_id AND a.subject_id = c.subject_id
GROUP BY c.org_id, c.session_id, c.dimension, c.code, a.metric;

CREATE VIEW dashboard_sums_4 AS
SELECT org_id, session_id, dimension, code, metric, value FROM dashboard_sums_3
UNION ALL SELECT org_id, session_id, dimension, code, metric, value FROM dashboard_opinion_sums;

INSERT INTO dashboard_opinion_facts (org_id, subject_id, session_id, kind, category, sector, committee, party, body, month, person_id, opinions, waiting, chosen, stored, issued, single, urgent_sent, revising, composites, composites_issued)
    SELECT org_id, subject_id, session_id, kind, category, sector, committee, party, body, month, person_id, opinions, waiting, chosen, stored, issued, single, urgent_sent, revising, composites, composites_issued FROM dashboard_opinions_now;
INSERT INTO dashboard_counts (org_id, session_id, dimension, code, metric, value)
    SELECT org_id, session_id, dimension, code, metric, value FROM dashboard_opinion_sums WHERE value <> 0;
