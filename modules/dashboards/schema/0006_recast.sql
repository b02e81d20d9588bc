-- SPDX-License-Identifier: MulanPSL-2.0
-- What came from a proposal or became one counts there; among opinions it is only said how many there are (modules/recasts).

ALTER TABLE dashboard_opinion_facts ADD COLUMN recast @int NOT NULL DEFAULT 0; -- with the desk or decided, counted as a proposal

CREATE VIEW dashboard_opinions_now_2 AS SELECT
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
    CASE WHEN o.kind <> 'composite' AND o.recast = 0 AND o.state <> 'draft' THEN 1 ELSE 0 END AS opinions,
    CASE WHEN o.kind <> 'composite' AND o.recast = 0 AND o.state = 'submitted' THEN 1 ELSE 0 END AS waiting,
    CASE WHEN o.kind <> 'composite' AND o.recast = 0 AND o.state <> 'draft' AND o.taken_at > 0 THEN 1 ELSE 0 END AS chosen,
    CASE WHEN o.kind <> 'composite' AND o.recast = 0 AND o.state = 'kept' THEN 1 ELSE 0 END AS stored,
    CASE WHEN o.kind <> 'composite' AND o.recast = 0 AND o.signed_at > 0 THEN 1 ELSE 0 END AS issued,
    CASE WHEN o.kind <> 'composite' AND o.recast = 0 AND o.signed_at > 0 AND o.composite_id = 0 THEN 1 ELSE 0 END AS single,
    CASE WHEN o.kind <> 'composite' AND o.recast = 0 AND o.state <> 'draft' THEN o.urgent ELSE 0 END AS urgent_sent,
    CASE WHEN o.kind <> 'composite' AND o.recast = 0 AND o.state = 'draft' AND o.returned <> '' THEN 1 ELSE 0 END AS revising,
    CASE WHEN o.kind = 'composite' AND o.state <> 'kept' THEN 1 ELSE 0 END AS composites,
    CASE WHEN o.kind = 'composite' AND o.signed_at > 0 THEN 1 ELSE 0 END AS composites_issued,
    CASE WHEN o.kind <> 'composite' AND o.recast = 1 AND o.state <> 'draft' THEN 1 ELSE 0 END AS recast
FROM opinions o WHERE o.month > 0;

CREATE VIEW dashboard_opinion_adds_2 AS
SELECT a.org_id, a.subject_id, a.metric, a.value FROM dashboard_opinion_adds a
UNION ALL SELECT f.org_id, f.subject_id, 'recast' AS metric, f.recast AS value FROM dashboard_opinion_facts f WHERE f.recast <> 0;

CREATE VIEW dashboard_opinion_sums_2 AS
SELECT c.org_id, c.session_id, c.dimension, c.code, a.metric, CAST(SUM(a.value) AS @int) AS value
FROM dashboard_opinion_codes c JOIN dashboard_opinion_adds_2 a ON a.org_id = c.org_id AND a.subject_id = c.subject_id
GROUP BY c.org_id, c.session_id, c.dimension, c.code, a.metric;

CREATE VIEW dashboard_sums_5 AS
SELECT org_id, session_id, dimension, code, metric, value FROM dashboard_sums_3
UNION ALL SELECT org_id, session_id, dimension, code, metric, value FROM dashboard_opinion_sums_2;
