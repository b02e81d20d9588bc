-- SPDX-License-Identifier: MulanPSL-2.0
-- Letters by the way they reached us, and each unit's first answers under the unit that gave them: who has the letter now may be another.

ALTER TABLE dashboard_letter_facts ADD COLUMN via TEXT NOT NULL DEFAULT 'web';          -- as in its own row
ALTER TABLE dashboard_letter_facts ADD COLUMN first_agency_id @int NOT NULL DEFAULT 0;  -- the body that gave the first answer; 0 = none
ALTER TABLE dashboard_letter_facts ADD COLUMN unjudged @int NOT NULL DEFAULT 0;         -- of what is answered: its sender has not judged the last answer

DROP INDEX dashboard_letter_owing;
CREATE INDEX dashboard_letter_owing ON dashboard_letter_facts
    (org_id, session_id, kind, lane, via, category, county, town, month, agency_id, due_on, owes) WHERE owes = 1;

CREATE VIEW dashboard_letters_now_2 AS SELECT
    l.org_id,
    l.id AS subject_id,
    l.year AS session_id,
    l.month,
    l.kind,
    l.lane,
    l.via,
    l.category,
    l.county,
    CASE WHEN l.town = '' THEN '' ELSE l.county || '/' || l.town END AS town,
    CASE WHEN l.ended = 'dismissed' THEN l.reason ELSE '' END AS reason,
    l.agency_id,
    l.first_agency_id,
    CASE WHEN l.state = 'assigned' AND l.first_answer = '' AND l.due_on > 0 THEN 1 ELSE 0 END AS owes,
    CASE WHEN l.state = 'assigned' AND l.first_answer = '' THEN l.due_on ELSE 0 END AS due_on,
    CASE WHEN l.first_answer <> '' THEN CAST((l.first_replied_at + 28800000) / 86400000 - (l.received_at + 28800000) / 86400000 AS TEXT) ELSE '' END AS answer_days,
    l.verdict,
    1 AS letters,
    CASE WHEN l.state IN ('received', 'triaged') THEN 1 ELSE 0 END AS waiting,
    CASE WHEN l.ended = 'dismissed' THEN 1 ELSE 0 END AS dismissed,
    CASE WHEN l.ended = 'routed' THEN 1 ELSE 0 END AS routed,
    CASE WHEN l.ended = 'withdrawn' THEN 1 ELSE 0 END AS withdrawn,
    CASE WHEN l.assigned_at > 0 THEN 1 ELSE 0 END AS handed,
    CASE WHEN l.first_answer <> '' THEN 1 ELSE 0 END AS answered,
    CASE WHEN l.first_answer = 'on_time' THEN 1 ELSE 0 END AS on_time,
    CASE WHEN l.first_answer = 'late' THEN 1 ELSE 0 END AS late,
    CASE WHEN l.first_answer <> '' AND l.verdict = '' THEN 1 ELSE 0 END AS unjudged,
    CASE WHEN l.round > 1 THEN 1 ELSE 0 END AS again,
    CASE WHEN l.asked_again_at > 0 THEN 1 ELSE 0 END AS asked,
    CASE WHEN l.still = 'yes' THEN 1 ELSE 0 END AS still_yes,
    CASE WHEN l.still = 'no' THEN 1 ELSE 0 END AS still_no,
    CASE WHEN l.fed_at > 0 THEN 1 ELSE 0 END AS fed
FROM letters l;

CREATE VIEW dashboard_letter_codes_2 AS
SELECT f.org_id, f.subject_id, f.session_id, 'letter_all' AS dimension, '' AS code FROM dashboard_letter_facts f
UNION ALL SELECT f.org_id, f.subject_id, f.session_id, 'letter_month' AS dimension, CAST(f.month AS TEXT) AS code FROM dashboard_letter_facts f
UNION ALL SELECT f.org_id, f.subject_id, f.session_id, 'letter_kind' AS dimension, f.kind AS code FROM dashboard_letter_facts f
UNION ALL SELECT f.org_id, f.subject_id, f.session_id, 'letter_lane' AS dimension, f.lane AS code FROM dashboard_letter_facts f
UNION ALL SELECT f.org_id, f.subject_id, f.session_id, 'letter_via' AS dimension, f.via AS code FROM dashboard_letter_facts f
UNION ALL SELECT f.org_id, f.subject_id, f.session_id, 'letter_category' AS dimension, f.category AS code FROM dashboard_letter_facts f
UNION ALL SELECT f.org_id, f.subject_id, f.session_id, 'letter_county' AS dimension, f.county AS code FROM dashboard_letter_facts f
UNION ALL SELECT f.org_id, f.subject_id, f.session_id, 'letter_town' AS dimension, f.town AS code FROM dashboard_letter_facts f WHERE f.town <> ''
UNION ALL SELECT f.org_id, f.subject_id, f.session_id, 'letter_reason' AS dimension, f.reason AS code FROM dashboard_letter_facts f WHERE f.reason <> ''
UNION ALL SELECT f.org_id, f.subject_id, f.session_id, 'letter_agency' AS dimension, CAST(f.agency_id AS TEXT) AS code FROM dashboard_letter_facts f WHERE f.agency_id <> 0;

-- What a unit's line has of the first answer stands under who gave it, all else under who has the letter.
CREATE VIEW dashboard_letter_sums_2 AS
SELECT c.org_id, c.session_id, c.dimension, c.code, a.metric, CAST(SUM(a.value) AS @int) AS value
FROM dashboard_letter_codes_2 c JOIN dashboard_letter_adds a ON a.org_id = c.org_id AND a.subject_id = c.subject_id
WHERE c.dimension <> 'letter_agency' OR a.metric NOT IN ('answered', 'on_time', 'late')
GROUP BY c.org_id, c.session_id, c.dimension, c.code, a.metric
UNION ALL SELECT c.org_id, c.session_id, c.dimension, c.code, 'unjudged' AS metric, CAST(SUM(f.unjudged) AS @int) AS value
FROM dashboard_letter_codes_2 c JOIN dashboard_letter_facts f ON f.org_id = c.org_id AND f.subject_id = c.subject_id
GROUP BY c.org_id, c.session_id, c.dimension, c.code
UNION ALL SELECT f.org_id, f.session_id, 'letter_agency' AS dimension, CAST(f.first_agency_id AS TEXT) AS code, a.metric, CAST(SUM(a.value) AS @int) AS value
FROM dashboard_letter_facts f JOIN dashboard_letter_adds a ON a.org_id = f.org_id AND a.subject_id = f.subject_id
WHERE f.first_agency_id <> 0 AND a.metric IN ('answered', 'on_time', 'late')
GROUP BY f.org_id, f.session_id, f.first_agency_id, a.metric
UNION ALL SELECT f.org_id, f.session_id, 'answer_days' AS dimension, CASE WHEN f.first_agency_id = 0 THEN '' ELSE CAST(f.first_agency_id AS TEXT) END AS code,
    f.answer_days AS metric, CAST(COUNT(*) AS @int) AS value FROM dashboard_letter_facts f WHERE f.answer_days <> ''
GROUP BY f.org_id, f.session_id, f.first_agency_id, f.answer_days;

CREATE VIEW dashboard_sums_7 AS
SELECT org_id, session_id, dimension, code, metric, value FROM dashboard_sums_5
UNION ALL SELECT org_id, session_id, dimension, code, metric, value FROM dashboard_letter_sums_2;

UPDATE dashboard_letter_facts SET via = n.via, first_agency_id = n.first_agency_id, unjudged = n.unjudged FROM dashboard_letters_now_2 n
WHERE n.org_id = dashboard_letter_facts.org_id AND n.subject_id = dashboard_letter_facts.subject_id;
UPDATE dashboard_counts SET value = 0 WHERE dimension IN ('letter_agency', 'answer_days');
INSERT INTO dashboard_counts (org_id, session_id, dimension, code, metric, value)
    SELECT org_id, session_id, dimension, code, metric, value FROM dashboard_letter_sums_2 WHERE value <> 0
    ON CONFLICT (org_id, dimension, session_id, code, metric) DO UPDATE SET value = excluded.value;
