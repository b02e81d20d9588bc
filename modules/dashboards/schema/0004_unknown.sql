-- SPDX-License-Identifier: MulanPSL-2.0
-- What a list of earlier years does not tell is no 0: how an answer came about (nobody knows when it was accepted) and whether there
-- was a talk are left out of what rates are of. The views of before stay for the worker of before.

ALTER TABLE dashboard_facts ADD COLUMN steps_unknown @int NOT NULL DEFAULT 0; -- answered, and nobody knows when it was accepted
ALTER TABLE dashboard_facts ADD COLUMN talks_unknown @int NOT NULL DEFAULT 0; -- of these: no talk is known either

CREATE VIEW dashboard_proposals_now_3 AS SELECT
    p.org_id,
    p.id AS subject_id,
    p.session_id,
    p.kind,
    p.timing,
    p.category,
    p.sector_name AS sector,
    p.committee_name AS committee,
    p.gender,
    p.ethnic,
    p.party,
    CASE WHEN p.outcome = 'rejected' THEN p.reject_reason ELSE '' END AS reject_reason,
    CASE WHEN p.outcome = 'docketed' AND p.assigned_at > 0 AND p.first_replied_at = 0 AND p.due_on > 0 THEN 1 ELSE 0 END AS owes,
    CASE WHEN p.outcome = 'docketed' AND p.assigned_at > 0 AND p.first_replied_at = 0 THEN p.due_on ELSE 0 END AS due_on,
    CASE WHEN p.outcome = 'docketed' AND p.assigned_at > 0 AND p.first_replied_at > 0 THEN p.class ELSE '' END AS class,
    CASE WHEN p.outcome = 'docketed' AND p.closed_at > 0 AND p.class <> '' THEN p.class || '.' || p.tracking ELSE '' END AS tracked,
    CASE WHEN p.outcome = 'docketed' AND p.closed_at > 0 THEN p.satisfaction ELSE '' END AS satisfaction,
    CASE WHEN p.outcome = 'docketed' AND p.submitted_at > 0 AND p.docketed_at >= p.submitted_at THEN CAST((p.docketed_at +
        28800000) / 86400000 - (p.submitted_at + 28800000) / 86400000 AS TEXT) ELSE '' END AS review_days,
    CASE WHEN p.outcome = 'docketed' AND p.assigned_at > 0 AND p.docketed_at > 0 AND p.assigned_at >= p.docketed_at THEN
        CAST((p.assigned_at + 28800000) / 86400000 - (p.docketed_at + 28800000) / 86400000 AS TEXT) ELSE '' END AS assign_days,
    1 AS received,
    CASE WHEN p.kind IN ('personal', 'joint') THEN p.signer_count ELSE 0 END AS signers,
    CASE WHEN p.outcome = 'docketed' THEN 1 ELSE 0 END AS docketed,
    CASE WHEN p.outcome = 'rejected' THEN 1 ELSE 0 END AS rejected,
    CASE WHEN p.outcome = 'diverted' THEN 1 ELSE 0 END AS diverted,
    CASE WHEN p.outcome = 'withdrawn' THEN 1 ELSE 0 END AS withdrawn,
    CASE WHEN p.outcome = 'merged' THEN 1 ELSE 0 END AS merged,
    CASE WHEN p.outcome = 'docketed' AND p.assigned_at > 0 THEN 1 ELSE 0 END AS assigned,
    CASE WHEN p.outcome = 'docketed' AND p.assigned_at > 0 AND p.first_replied_at > 0 THEN 1 ELSE 0 END AS replied,
    CASE WHEN p.outcome = 'docketed' AND p.assigned_at > 0 AND p.first_replied_at > 0 AND p.first_late = 0 THEN 1 ELSE 0 END AS
        on_time,
    CASE WHEN p.outcome = 'docketed' AND p.assigned_at > 0 AND p.first_replied_at > 0 AND NOT EXISTS (SELECT a.id FROM assignments a
        WHERE a.org_id = p.org_id AND a.matter = 'proposals' AND a.matter_id = p.id AND a.role <> 'cohost' AND a.state <> 'reassigned'
        AND a.strict = 0) THEN 1 ELSE 0 END AS strict,
    CASE WHEN p.outcome = 'docketed' AND p.closed_at > 0 THEN 1 ELSE 0 END AS closed,
    p.redone,
    p.extended,
    CASE WHEN EXISTS (SELECT m.id FROM mediations m WHERE m.org_id = p.org_id AND m.proposal_id = p.id) THEN 1 ELSE 0 END AS mediated,
    p.flagship,
    p.commended,
    CASE WHEN u.state IN ('prepared', 'published') THEN 1 ELSE 0 END AS publishable,
    CASE WHEN u.state = 'published' THEN 1 ELSE 0 END AS published,
    CASE WHEN p.outcome = 'docketed' AND p.assigned_at > 0 AND p.first_replied_at > 0 AND EXISTS (SELECT t.id FROM assignments t WHERE
        t.org_id = p.org_id AND t.matter = 'proposals' AND t.matter_id = p.id AND t.role <> 'cohost' AND t.state <> 'reassigned' AND
        t.cancelled_at = 0 AND t.first_replied_at > 0 AND t.accepted_at = 0) THEN 1 ELSE 0 END AS steps_unknown
FROM proposals p LEFT JOIN publications u ON u.org_id = p.org_id AND u.proposal_id = p.id WHERE p.serial > 0;

-- As _2.
CREATE VIEW dashboard_assignments_now_3 AS SELECT
    a.org_id,
    a.id AS subject_id,
    a.session_id,
    a.agency_id,
    CASE WHEN a.role <> 'cohost' AND a.first_replied_at = 0 THEN 1 ELSE 0 END AS owes,
    CASE WHEN a.role <> 'cohost' AND a.first_replied_at = 0 THEN a.due_on ELSE 0 END AS due_on,
    CASE WHEN a.role <> 'cohost' AND a.first_replied_at > 0 THEN COALESCE(l.class, '') ELSE '' END AS class,
    CASE WHEN a.role <> 'cohost' AND a.first_replied_at > 0 THEN CAST((SELECT COUNT(*) FROM (SELECT c.id FROM contacts c WHERE
        c.org_id = a.org_id AND c.assignment_id = a.id AND c.round = COALESCE(l.round, a.round) LIMIT 9) few) AS TEXT) ELSE '' END
        AS talks,
    CASE WHEN a.accepted_at > 0 AND a.accepted_at >= a.assigned_at THEN CAST((a.accepted_at + 28800000) / 86400000 -
        (a.assigned_at + 28800000) / 86400000 AS TEXT) ELSE '' END AS accept_days,
    CASE WHEN a.role <> 'cohost' AND a.first_replied_at > 0 AND a.accepted_at > 0 AND a.first_replied_at >= a.accepted_at THEN
        CAST((a.first_replied_at + 28800000) / 86400000 - (a.accepted_at + 28800000) / 86400000 AS TEXT) ELSE '' END AS
        handle_days,
    CASE WHEN a.role <> 'cohost' AND a.first_replied_at > 0 THEN COALESCE((SELECT CASE WHEN f.drafted_at > 0 AND f.delivered_at >=
        f.drafted_at THEN CAST((f.delivered_at + 28800000) / 86400000 - (f.drafted_at + 28800000) / 86400000 AS TEXT) ELSE '' END
        FROM replies f WHERE f.org_id = a.org_id AND f.assignment_id = a.id AND f.delivered_at > 0 ORDER BY f.round LIMIT 1), '')
        ELSE '' END AS sign_days,
    CASE WHEN a.role = 'cohost' AND a.first_replied_at > 0 AND a.first_replied_at >= a.assigned_at THEN CAST((a.first_replied_at +
        28800000) / 86400000 - (a.assigned_at + 28800000) / 86400000 AS TEXT) ELSE '' END AS cohost_days,
    COALESCE((SELECT CASE WHEN MIN(e.given_at) > 0 THEN CAST((MAX(e.given_at) + 28800000) / 86400000 - (MIN(e.asked_at) +
        28800000) / 86400000 AS TEXT) ELSE '' END FROM evaluations e WHERE e.org_id = a.org_id AND e.assignment_id = a.id AND
        e.round = a.round), '') AS evaluate_days,
    CASE WHEN a.role <> 'cohost' THEN 1 ELSE 0 END AS assigned,
    CASE WHEN a.role <> 'cohost' AND a.first_replied_at > 0 THEN 1 ELSE 0 END AS replied,
    CASE WHEN a.role <> 'cohost' AND a.first_replied_at > 0 AND a.first_late = 0 THEN 1 ELSE 0 END AS on_time,
    CASE WHEN a.role <> 'cohost' AND a.first_replied_at > 0 AND a.strict = 1 THEN 1 ELSE 0 END AS strict,
    CASE WHEN a.role <> 'cohost' AND a.state = 'closed' THEN 1 ELSE 0 END AS closed,
    CASE WHEN a.role = 'cohost' THEN 1 ELSE 0 END AS cohosted,
    CASE WHEN a.role <> 'cohost' AND a.first_replied_at > 0 AND EXISTS (SELECT c.id FROM contacts c WHERE c.org_id = a.org_id AND
        c.assignment_id = a.id AND c.round = COALESCE(l.round, a.round) AND c.way IN ('visit', 'meeting')) THEN 1 ELSE 0 END AS met,
    (SELECT COUNT(*) FROM reply_answers w WHERE w.org_id = a.org_id AND w.reply_id = l.id) AS items,
    (SELECT COUNT(*) FROM reply_answers w WHERE w.org_id = a.org_id AND w.reply_id = l.id AND w.result = 'adopted') AS adopted,
    (SELECT COUNT(*) FROM reply_answers w WHERE w.org_id = a.org_id AND w.reply_id = l.id AND w.result = 'partly') AS partly,
    (SELECT COUNT(*) FROM evaluations e WHERE e.org_id = a.org_id AND e.assignment_id = a.id AND e.round = a.round) AS sent,
    (SELECT COUNT(*) FROM evaluations e WHERE e.org_id = a.org_id AND e.assignment_id = a.id AND e.round = a.round AND e.given_at
        > 0) AS returned,
    (SELECT COUNT(*) FROM evaluations e WHERE e.org_id = a.org_id AND e.assignment_id = a.id AND e.round = a.round AND e.handling
        = 'satisfied') AS handling_satisfied,
    (SELECT COUNT(*) FROM evaluations e WHERE e.org_id = a.org_id AND e.assignment_id = a.id AND e.round = a.round AND e.handling
        = 'fair') AS handling_fair,
    (SELECT COUNT(*) FROM evaluations e WHERE e.org_id = a.org_id AND e.assignment_id = a.id AND e.round = a.round AND e.handling
        = 'dissatisfied') AS handling_dissatisfied,
    (SELECT COUNT(*) FROM evaluations e WHERE e.org_id = a.org_id AND e.assignment_id = a.id AND e.round = a.round AND e.result =
        'satisfied') AS result_satisfied,
    (SELECT COUNT(*) FROM evaluations e WHERE e.org_id = a.org_id AND e.assignment_id = a.id AND e.round = a.round AND e.result =
        'fair') AS result_fair,
    (SELECT COUNT(*) FROM evaluations e WHERE e.org_id = a.org_id AND e.assignment_id = a.id AND e.round = a.round AND e.result =
        'dissatisfied') AS result_dissatisfied,
    CASE WHEN a.role <> 'cohost' AND a.first_replied_at > 0 AND a.accepted_at = 0 THEN 1 ELSE 0 END AS steps_unknown,
    CASE WHEN a.role <> 'cohost' AND a.first_replied_at > 0 AND a.accepted_at = 0 AND NOT EXISTS (SELECT c.id FROM contacts c WHERE
        c.org_id = a.org_id AND c.assignment_id = a.id) THEN 1 ELSE 0 END AS talks_unknown
FROM assignments a LEFT JOIN replies l ON l.org_id = a.org_id AND l.assignment_id = a.id AND l.round = (SELECT MAX(d.round) FROM replies d
    WHERE d.org_id = a.org_id AND d.assignment_id = a.id AND d.delivered_at > 0)
WHERE a.matter = 'proposals' AND a.state <> 'reassigned' AND a.cancelled_at = 0;

CREATE VIEW dashboard_unknown_sums AS
WITH dims (source, dimension) AS (VALUES
    ('proposals', 'all'), ('proposals', 'kind'), ('proposals', 'timing'), ('proposals', 'category'), ('proposals', 'sector'),
    ('proposals', 'committee'), ('proposals', 'gender'), ('proposals', 'ethnic'), ('proposals', 'party'), ('proposals',
    'reject_reason'), ('assignments', 'agency')),
coded AS (SELECT f.org_id, f.session_id, d.dimension, CASE d.dimension
    WHEN 'kind' THEN f.kind WHEN 'timing' THEN f.timing WHEN 'category' THEN f.category WHEN 'sector' THEN f.sector WHEN
    'committee' THEN f.committee WHEN 'gender' THEN f.gender WHEN 'ethnic' THEN f.ethnic WHEN 'party' THEN f.party WHEN
    'reject_reason' THEN f.reject_reason WHEN 'agency' THEN CAST(f.agency_id AS TEXT) ELSE '' END AS code, f.steps_unknown,
    f.talks_unknown
    FROM dashboard_facts f JOIN dims d ON d.source = f.source WHERE f.steps_unknown = 1 AND (d.dimension <> 'reject_reason' OR
    f.reject_reason <> '')),
summed AS (SELECT org_id, session_id, dimension, code, SUM(steps_unknown) AS steps_unknown, SUM(talks_unknown) AS talks_unknown
    FROM coded GROUP BY org_id, session_id, dimension, code)
SELECT org_id, session_id, dimension, code, 'steps_unknown' AS metric, CAST(steps_unknown AS @int) AS value FROM summed
UNION ALL SELECT org_id, session_id, dimension, code, 'talks_unknown', CAST(talks_unknown AS @int) FROM summed;

-- What the counters have to be.
CREATE VIEW dashboard_sums_3 AS
SELECT org_id, session_id, dimension, code, metric, value FROM dashboard_sums_2
UNION ALL SELECT org_id, session_id, dimension, code, metric, value FROM dashboard_unknown_sums;

-- Only what came by lists is counted again.
UPDATE dashboard_facts SET
    steps_unknown = (SELECT n.steps_unknown FROM dashboard_assignments_now_3 n WHERE n.org_id = dashboard_facts.org_id AND
        n.subject_id = dashboard_facts.subject_id),
    talks_unknown = (SELECT n.talks_unknown FROM dashboard_assignments_now_3 n WHERE n.org_id = dashboard_facts.org_id AND
        n.subject_id = dashboard_facts.subject_id)
WHERE source = 'assignments' AND replied = 1 AND EXISTS (SELECT a.id FROM assignments a WHERE a.org_id = dashboard_facts.org_id AND
    a.id = dashboard_facts.subject_id AND a.first_replied_at > 0 AND a.accepted_at = 0 AND a.role <> 'cohost' AND a.state <>
    'reassigned' AND a.cancelled_at = 0);
UPDATE dashboard_facts SET steps_unknown = (SELECT n.steps_unknown FROM dashboard_proposals_now_3 n WHERE n.org_id =
        dashboard_facts.org_id AND n.subject_id = dashboard_facts.subject_id)
WHERE source = 'proposals' AND replied = 1 AND EXISTS (SELECT a.id FROM assignments a WHERE a.org_id = dashboard_facts.org_id AND
    a.matter = 'proposals' AND a.matter_id = dashboard_facts.subject_id AND a.first_replied_at > 0 AND a.accepted_at = 0 AND a.role <>
    'cohost' AND a.state <> 'reassigned' AND a.cancelled_at = 0);
INSERT INTO dashboard_counts (org_id, session_id, dimension, code, metric, value)
    SELECT org_id, session_id, dimension, code, metric, value FROM dashboard_unknown_sums WHERE value <> 0;
