-- SPDX-License-Identifier: MulanPSL-2.0
-- What is said of answers is of the last one delivered, until another is; days between handing in and delivery; what is public
-- or excellent; and what stands beside a case: nudges, slips, disputes. The views of before stay for the worker of before.

ALTER TABLE dashboard_facts ADD COLUMN sign_days TEXT NOT NULL DEFAULT ''; -- of the first answer: from handing in to delivery
ALTER TABLE dashboard_facts ADD COLUMN commended @int NOT NULL DEFAULT 0;   -- proposals: 优秀提案
ALTER TABLE dashboard_facts ADD COLUMN publishable @int NOT NULL DEFAULT 0; -- has a public copy that is not taken down
ALTER TABLE dashboard_facts ADD COLUMN published @int NOT NULL DEFAULT 0;   -- everybody reads it

-- What each nudge, slip and dispute adds: dashboard_facts of its kind (its check of sources cannot grow).
CREATE TABLE dashboard_side_facts (
    org_id @int NOT NULL,
    source TEXT NOT NULL CHECK (source IN ('reminders', 'urgings', 'disputes')), -- collection of the subject
    subject_id @int NOT NULL,
    session_id @int NOT NULL,                -- of its proposal
    agency_id @int NOT NULL,                 -- whom it was sent to, who contests; 0 = no agency
    owes @int NOT NULL,                      -- 1 = a slip to be answered by due_on, never answered yet
    due_on @int NOT NULL,                    -- then: the day
    dispute_days TEXT NOT NULL,              -- whole days from the contest to the decision
    reminded @int NOT NULL,                  -- nudges
    reminded_by_clock @int NOT NULL,         -- of them: by the house
    slips @int NOT NULL,                     -- issued
    slips_answered @int NOT NULL,            -- of them
    slips_on_time @int NOT NULL,             -- of these: never behind its day
    disputes @int NOT NULL,                  -- a refused bounce that was contested
    disputes_upheld @int NOT NULL,           -- of them: stays with the agency
    disputes_moved @int NOT NULL,            -- given to another
    disputes_dropped @int NOT NULL,          -- the matter ended before
    PRIMARY KEY (org_id, source, subject_id)
);
CREATE INDEX dashboard_side_facts_owing ON dashboard_side_facts (org_id, due_on, session_id, agency_id) WHERE owes = 1;

-- What each proposal adds: handed in once, drafts never. Days are those of China, +08:00.
CREATE VIEW dashboard_proposals_now_2 AS SELECT
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
    CASE WHEN u.state = 'published' THEN 1 ELSE 0 END AS published
FROM proposals p LEFT JOIN publications u ON u.org_id = p.org_id AND u.proposal_id = p.id WHERE p.serial > 0;

-- What each assignment adds to its agency: not what was taken away or ended by a withdrawal. Only who answers the proposer
-- (no cohost) is counted as assigned. Class, talks and items are of the last round that was delivered (l): while a case is done
-- again, the answer that there is counts (rules.md 2.6). Forms are those of the present round.
CREATE VIEW dashboard_assignments_now_2 AS SELECT
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
        'dissatisfied') AS result_dissatisfied
FROM assignments a LEFT JOIN replies l ON l.org_id = a.org_id AND l.assignment_id = a.id AND l.round = (SELECT MAX(d.round) FROM replies d
    WHERE d.org_id = a.org_id AND d.assignment_id = a.id AND d.delivered_at > 0)
WHERE a.matter = 'proposals' AND a.state <> 'reassigned' AND a.cancelled_at = 0;

-- What each nudge adds: one that was sent counts for ever.
CREATE VIEW dashboard_reminders_now AS SELECT
    r.org_id,
    r.id AS subject_id,
    p.session_id,
    r.agency_id,
    1 AS reminded,
    CASE WHEN r.kind = 'house' THEN 1 ELSE 0 END AS reminded_by_clock
FROM reminders r JOIN proposals p ON p.org_id = r.org_id AND p.id = r.matter_id WHERE r.matter = 'proposals' AND p.serial > 0;

-- What each slip adds: not what was only proposed.
CREATE VIEW dashboard_urgings_now AS SELECT
    u.org_id,
    u.id AS subject_id,
    p.session_id,
    u.agency_id,
    CASE WHEN u.answered_at = 0 AND u.state <> 'closed' AND u.due_on > 0 THEN 1 ELSE 0 END AS owes,
    CASE WHEN u.answered_at = 0 AND u.state <> 'closed' THEN u.due_on ELSE 0 END AS due_on,
    1 AS slips,
    CASE WHEN u.answered_at > 0 THEN 1 ELSE 0 END AS slips_answered,
    CASE WHEN u.answered_at > 0 AND u.was_late = 0 THEN 1 ELSE 0 END AS slips_on_time
FROM urgings u JOIN proposals p ON p.org_id = u.org_id AND p.id = u.matter_id WHERE u.matter = 'proposals' AND u.issued_at > 0;

-- What each dispute adds; days only of those that were decided.
CREATE VIEW dashboard_disputes_now AS SELECT
    d.org_id,
    d.id AS subject_id,
    a.session_id,
    d.agency_id,
    CASE WHEN d.decision IN ('upheld', 'moved') AND d.decided_at >= d.opened_at THEN CAST((d.decided_at + 28800000) / 86400000 -
        (d.opened_at + 28800000) / 86400000 AS TEXT) ELSE '' END AS dispute_days,
    1 AS disputes,
    CASE WHEN d.decision = 'upheld' THEN 1 ELSE 0 END AS disputes_upheld,
    CASE WHEN d.decision = 'moved' THEN 1 ELSE 0 END AS disputes_moved,
    CASE WHEN d.decision = 'dropped' THEN 1 ELSE 0 END AS disputes_dropped
FROM disputes d JOIN assignments a ON a.org_id = d.org_id AND a.id = d.assignment_id WHERE d.matter = 'proposals';

-- What came since: of all together alone what is public or excellent; of all together and by agency what stands beside a case.
CREATE VIEW dashboard_side_sums AS
WITH side AS (SELECT f.org_id, f.session_id, CASE WHEN d.by_agency = 1 THEN 'agency' ELSE 'all' END AS dimension, CASE WHEN
    d.by_agency = 1 THEN CAST(f.agency_id AS TEXT) ELSE '' END AS code, SUM(f.reminded) AS reminded, SUM(f.reminded_by_clock) AS
    reminded_by_clock, SUM(f.slips) AS slips, SUM(f.slips_answered) AS slips_answered, SUM(f.slips_on_time) AS slips_on_time,
    SUM(f.disputes) AS disputes, SUM(f.disputes_upheld) AS disputes_upheld, SUM(f.disputes_moved) AS disputes_moved,
    SUM(f.disputes_dropped) AS disputes_dropped
    FROM dashboard_side_facts f CROSS JOIN (SELECT 0 AS by_agency UNION ALL SELECT 1) d WHERE d.by_agency = 0 OR f.agency_id > 0
    GROUP BY f.org_id, f.session_id, d.by_agency, CASE WHEN d.by_agency = 1 THEN CAST(f.agency_id AS TEXT) ELSE '' END),
open_ones AS (SELECT org_id, session_id, SUM(commended) AS commended, SUM(publishable) AS publishable, SUM(published) AS published
    FROM dashboard_facts WHERE source = 'proposals' GROUP BY org_id, session_id)
SELECT org_id, session_id, 'all' AS dimension, '' AS code, 'commended' AS metric, CAST(commended AS @int) AS value FROM open_ones
UNION ALL SELECT org_id, session_id, 'all' AS dimension, '' AS code, 'publishable' AS metric, CAST(publishable AS @int) AS value FROM open_ones
UNION ALL SELECT org_id, session_id, 'all' AS dimension, '' AS code, 'published' AS metric, CAST(published AS @int) AS value FROM open_ones
UNION ALL SELECT org_id, session_id, dimension, code, 'reminded', CAST(reminded AS @int) FROM side
UNION ALL SELECT org_id, session_id, dimension, code, 'reminded_by_clock', CAST(reminded_by_clock AS @int) FROM side
UNION ALL SELECT org_id, session_id, dimension, code, 'slips', CAST(slips AS @int) FROM side
UNION ALL SELECT org_id, session_id, dimension, code, 'slips_answered', CAST(slips_answered AS @int) FROM side
UNION ALL SELECT org_id, session_id, dimension, code, 'slips_on_time', CAST(slips_on_time AS @int) FROM side
UNION ALL SELECT org_id, session_id, dimension, code, 'disputes', CAST(disputes AS @int) FROM side
UNION ALL SELECT org_id, session_id, dimension, code, 'disputes_upheld', CAST(disputes_upheld AS @int) FROM side
UNION ALL SELECT org_id, session_id, dimension, code, 'disputes_moved', CAST(disputes_moved AS @int) FROM side
UNION ALL SELECT org_id, session_id, dimension, code, 'disputes_dropped', CAST(disputes_dropped AS @int) FROM side
UNION ALL SELECT org_id, session_id, 'sign_days', CASE WHEN agency_id > 0 THEN CAST(agency_id AS TEXT) ELSE '' END, sign_days, COUNT(*)
    FROM dashboard_facts WHERE sign_days <> '' GROUP BY org_id, session_id, agency_id, sign_days
UNION ALL SELECT org_id, session_id, 'dispute_days', CASE WHEN agency_id > 0 THEN CAST(agency_id AS TEXT) ELSE '' END, dispute_days,
    COUNT(*) FROM dashboard_side_facts WHERE dispute_days <> '' GROUP BY org_id, session_id, agency_id, dispute_days;

-- What the counters have to be.
CREATE VIEW dashboard_sums_2 AS
SELECT org_id, session_id, dimension, code, metric, value FROM dashboard_sums
UNION ALL SELECT org_id, session_id, dimension, code, metric, value FROM dashboard_side_sums;

-- Only what is counted otherwise now is counted again: a hundred thousand cases are not locked out for it.
UPDATE dashboard_facts SET
    talks = (SELECT n.talks FROM dashboard_assignments_now_2 n WHERE n.org_id = dashboard_facts.org_id AND
        n.subject_id = dashboard_facts.subject_id),
    met = (SELECT n.met FROM dashboard_assignments_now_2 n WHERE n.org_id = dashboard_facts.org_id AND
        n.subject_id = dashboard_facts.subject_id),
    items = (SELECT n.items FROM dashboard_assignments_now_2 n WHERE n.org_id = dashboard_facts.org_id AND
        n.subject_id = dashboard_facts.subject_id),
    adopted = (SELECT n.adopted FROM dashboard_assignments_now_2 n WHERE n.org_id = dashboard_facts.org_id AND
        n.subject_id = dashboard_facts.subject_id),
    partly = (SELECT n.partly FROM dashboard_assignments_now_2 n WHERE n.org_id = dashboard_facts.org_id AND
        n.subject_id = dashboard_facts.subject_id)
WHERE source = 'assignments' AND EXISTS (SELECT a.id FROM assignments a WHERE a.org_id =
    dashboard_facts.org_id AND a.id = dashboard_facts.subject_id AND a.round > 1 AND a.state <> 'reassigned' AND a.cancelled_at = 0);
UPDATE dashboard_facts SET sign_days = COALESCE((SELECT n.sign_days FROM dashboard_assignments_now_2 n WHERE n.org_id = dashboard_facts.org_id AND
        n.subject_id = dashboard_facts.subject_id), '')
    WHERE source = 'assignments' AND replied = 1;
UPDATE dashboard_facts SET
    commended = (SELECT n.commended FROM dashboard_proposals_now_2 n WHERE n.org_id = dashboard_facts.org_id AND
        n.subject_id = dashboard_facts.subject_id),
    publishable = (SELECT n.publishable FROM dashboard_proposals_now_2 n WHERE n.org_id = dashboard_facts.org_id AND
        n.subject_id = dashboard_facts.subject_id),
    published = (SELECT n.published FROM dashboard_proposals_now_2 n WHERE n.org_id = dashboard_facts.org_id AND
        n.subject_id = dashboard_facts.subject_id)
WHERE source = 'proposals' AND EXISTS (SELECT p.id FROM proposals p WHERE p.org_id = dashboard_facts.org_id AND p.id =
    dashboard_facts.subject_id AND p.serial > 0 AND (p.commended = 1 OR EXISTS (SELECT u.id FROM publications u WHERE u.org_id =
    p.org_id AND u.proposal_id = p.id)));
INSERT INTO dashboard_side_facts (org_id, source, subject_id, session_id, agency_id, owes, due_on, dispute_days, reminded,
reminded_by_clock, slips, slips_answered, slips_on_time, disputes, disputes_upheld, disputes_moved, disputes_dropped)
    SELECT org_id, 'reminders', subject_id, session_id, agency_id, 0, 0, '', reminded, reminded_by_clock, 0, 0, 0, 0, 0, 0, 0
    FROM dashboard_reminders_now
    UNION ALL SELECT org_id, 'urgings', subject_id, session_id, agency_id, owes, due_on, '', 0, 0, slips, slips_answered,
    slips_on_time, 0, 0, 0, 0 FROM dashboard_urgings_now
    UNION ALL SELECT org_id, 'disputes', subject_id, session_id, agency_id, 0, 0, dispute_days, 0, 0, 0, 0, 0, disputes,
    disputes_upheld, disputes_moved, disputes_dropped FROM dashboard_disputes_now;
UPDATE dashboard_counts SET value = 0 WHERE dimension = 'agency' AND (metric IN ('met', 'items', 'adopted', 'partly') OR metric LIKE
    'talks.%');
INSERT INTO dashboard_counts (org_id, session_id, dimension, code, metric, value)
    SELECT s.org_id, s.session_id, 'agency', CAST(s.agency_id AS TEXT), m.metric, CAST(CASE m.metric WHEN 'met' THEN s.met WHEN 'items'
    THEN s.items WHEN 'adopted' THEN s.adopted ELSE s.partly END AS @int) FROM (SELECT org_id, session_id, agency_id, SUM(met) AS met,
    SUM(items) AS items, SUM(adopted) AS adopted, SUM(partly) AS partly FROM dashboard_facts WHERE source = 'assignments' GROUP BY
    org_id, session_id, agency_id) s CROSS JOIN (SELECT 'met' AS metric UNION ALL SELECT 'items' UNION ALL SELECT 'adopted' UNION ALL
    SELECT 'partly') m WHERE 1 = 1
    ON CONFLICT (org_id, dimension, session_id, code, metric) DO UPDATE SET value = excluded.value;
INSERT INTO dashboard_counts (org_id, session_id, dimension, code, metric, value)
    SELECT org_id, session_id, 'agency', CAST(agency_id AS TEXT), 'talks.' || talks, COUNT(*) FROM dashboard_facts WHERE source =
    'assignments' AND talks <> '' GROUP BY org_id, session_id, agency_id, talks
    ON CONFLICT (org_id, dimension, session_id, code, metric) DO UPDATE SET value = excluded.value;
INSERT INTO dashboard_counts (org_id, session_id, dimension, code, metric, value)
    SELECT org_id, session_id, dimension, code, metric, value FROM dashboard_side_sums WHERE value <> 0;
