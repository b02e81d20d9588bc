-- SPDX-License-Identifier: MulanPSL-2.0
-- Figures are counted in the transaction that changes what is counted. `dashboard_facts` is what each proposal, assignment and
-- promise adds now; `dashboard_counts` is the sums. What a count means: README.md. The views
-- dashboard_…_now define every figure: they fill the tables here, and say in each transaction what has changed.

CREATE TABLE dashboard_facts (
    org_id @int NOT NULL,
    source TEXT NOT NULL CHECK (source IN ('proposals', 'assignments', 'promises')), -- collection of the subject
    subject_id @int NOT NULL,
    session_id @int NOT NULL,
    agency_id @int NOT NULL DEFAULT 0,       -- of an assignment or a promise: whose
    kind TEXT NOT NULL DEFAULT '',           -- of a proposal: by what it is counted, as in its own row
    timing TEXT NOT NULL DEFAULT '',         -- likewise
    category TEXT NOT NULL DEFAULT '',       -- likewise
    sector TEXT NOT NULL DEFAULT '',         -- likewise
    committee TEXT NOT NULL DEFAULT '',      -- likewise
    gender TEXT NOT NULL DEFAULT '',         -- likewise
    ethnic TEXT NOT NULL DEFAULT '',         -- likewise
    party TEXT NOT NULL DEFAULT '',          -- likewise
    reject_reason TEXT NOT NULL DEFAULT '',  -- of one that was rejected
    first_due_on @int NOT NULL DEFAULT 0,    -- of a promise: the day first given
    owes @int NOT NULL DEFAULT 0,            -- 1 = to be answered by due_on, and not answered
    due_on @int NOT NULL DEFAULT 0,          -- then: the day
    class TEXT NOT NULL DEFAULT '',          -- of what is answered
    tracked TEXT NOT NULL DEFAULT '',        -- of a closed proposal: class, dot, what was found since
    satisfaction TEXT NOT NULL DEFAULT '',   -- of a closed proposal: the worst of the last round
    talks TEXT NOT NULL DEFAULT '',          -- of an answered assignment: how many talks, at most 9
    review_days TEXT NOT NULL DEFAULT '',    -- whole days from submission to docketing; empty = not there yet
    assign_days TEXT NOT NULL DEFAULT '',    -- from docketing to handing out
    accept_days TEXT NOT NULL DEFAULT '',    -- from handing out to acceptance by this agency
    handle_days TEXT NOT NULL DEFAULT '',    -- from acceptance to the first answer
    cohost_days TEXT NOT NULL DEFAULT '',    -- of a cohost: from handing out to its opinion
    evaluate_days TEXT NOT NULL DEFAULT '',  -- from the first form to the last verdict, when all are in
    received @int NOT NULL DEFAULT 0,        -- proposals: was submitted
    signers @int NOT NULL DEFAULT 0,         -- who signs a personal or joint one
    docketed @int NOT NULL DEFAULT 0,        -- what the review decided: one of the five, or none yet
    rejected @int NOT NULL DEFAULT 0,        -- likewise
    diverted @int NOT NULL DEFAULT 0,        -- likewise
    withdrawn @int NOT NULL DEFAULT 0,       -- likewise
    merged @int NOT NULL DEFAULT 0,          -- likewise
    assigned @int NOT NULL DEFAULT 0,        -- handed out; of an assignment: answers the proposer
    replied @int NOT NULL DEFAULT 0,         -- was answered once, whatever came then
    on_time @int NOT NULL DEFAULT 0,         -- that answer came by its day
    strict @int NOT NULL DEFAULT 0,          -- and held in the strict sense: of a proposal, all its answers
    closed @int NOT NULL DEFAULT 0,          -- ended
    redone @int NOT NULL DEFAULT 0,          -- went to its agencies again
    extended @int NOT NULL DEFAULT 0,        -- more time was granted
    mediated @int NOT NULL DEFAULT 0,        -- was talked over face to face
    flagship @int NOT NULL DEFAULT 0,        -- 重点提案
    cohosted @int NOT NULL DEFAULT 0,        -- assignments: a cohost's
    met @int NOT NULL DEFAULT 0,             -- answered, and talked over on a visit or in a meeting
    items @int NOT NULL DEFAULT 0,           -- numbered suggestions answered
    adopted @int NOT NULL DEFAULT 0,         -- of them
    partly @int NOT NULL DEFAULT 0,          -- of them: adopted in part
    sent @int NOT NULL DEFAULT 0,            -- evaluation forms of the present round
    returned @int NOT NULL DEFAULT 0,        -- of them
    handling_satisfied @int NOT NULL DEFAULT 0,-- of them: what they say of the handling
    handling_fair @int NOT NULL DEFAULT 0,   -- likewise
    handling_dissatisfied @int NOT NULL DEFAULT 0,-- likewise
    result_satisfied @int NOT NULL DEFAULT 0,-- of them: what they say of the result
    result_fair @int NOT NULL DEFAULT 0,     -- likewise
    result_dissatisfied @int NOT NULL DEFAULT 0,-- likewise
    promised @int NOT NULL DEFAULT 0,        -- promises: stands, no later round replaced it
    kept @int NOT NULL DEFAULT 0,            -- its agency says that it is done
    unconfirmed @int NOT NULL DEFAULT 0,     -- kept, and the office has not checked it
    missed @int NOT NULL DEFAULT 0,          -- its day has passed for good
    pending @int NOT NULL DEFAULT 0,         -- neither kept nor missed
    PRIMARY KEY (org_id, source, subject_id)
);
-- What is overdue hangs on today and is never a counter: few rows, found here.
CREATE INDEX dashboard_facts_owing ON dashboard_facts (org_id, source, due_on, session_id) WHERE owes = 1;
CREATE INDEX dashboard_facts_pending ON dashboard_facts (org_id, first_due_on, session_id, agency_id) WHERE pending = 1;

CREATE TABLE dashboard_counts (
    org_id @int NOT NULL,
    session_id @int NOT NULL,
    dimension TEXT NOT NULL,                 -- all, kind, category … agency, promised_on; a stage: review_days …
    code TEXT NOT NULL,                      -- which of the dimension; of a stage: the agency, empty = the house
    metric TEXT NOT NULL,                    -- received, replied …, class.a, tracked.b.solved; of a stage: the number of days
    value @int NOT NULL,                     -- 0 where all that was counted has moved
    PRIMARY KEY (org_id, dimension, session_id, code, metric)
);

-- What each proposal adds: handed in once, drafts never. Days are those of China, +08:00.
CREATE VIEW dashboard_proposals_now AS SELECT
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
    p.flagship
FROM proposals p WHERE p.serial > 0;

-- What each assignment adds to its agency: not what was taken away or ended by a withdrawal. Only who answers the proposer
-- (no cohost) is counted as assigned; forms are those of the present round.
CREATE VIEW dashboard_assignments_now AS SELECT
    a.org_id,
    a.id AS subject_id,
    a.session_id,
    a.agency_id,
    CASE WHEN a.role <> 'cohost' AND a.first_replied_at = 0 THEN 1 ELSE 0 END AS owes,
    CASE WHEN a.role <> 'cohost' AND a.first_replied_at = 0 THEN a.due_on ELSE 0 END AS due_on,
    CASE WHEN a.role <> 'cohost' AND a.first_replied_at > 0 THEN COALESCE((SELECT r.class FROM replies r WHERE r.org_id = a.org_id
        AND r.assignment_id = a.id AND r.delivered_at > 0 ORDER BY r.round DESC LIMIT 1), '') ELSE '' END AS class,
    CASE WHEN a.role <> 'cohost' AND a.first_replied_at > 0 THEN CASE WHEN a.talks > 9 THEN '9' ELSE CAST(a.talks AS TEXT) END
        ELSE '' END AS talks,
    CASE WHEN a.accepted_at > 0 AND a.accepted_at >= a.assigned_at THEN CAST((a.accepted_at + 28800000) / 86400000 -
        (a.assigned_at + 28800000) / 86400000 AS TEXT) ELSE '' END AS accept_days,
    CASE WHEN a.role <> 'cohost' AND a.first_replied_at > 0 AND a.accepted_at > 0 AND a.first_replied_at >= a.accepted_at THEN
        CAST((a.first_replied_at + 28800000) / 86400000 - (a.accepted_at + 28800000) / 86400000 AS TEXT) ELSE '' END AS
        handle_days,
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
        c.assignment_id = a.id AND c.round = a.round AND c.way IN ('visit', 'meeting')) THEN 1 ELSE 0 END AS met,
    (SELECT COUNT(*) FROM replies r JOIN reply_answers w ON w.org_id = r.org_id AND w.reply_id = r.id WHERE r.org_id = a.org_id
        AND r.assignment_id = a.id AND r.round = a.round AND r.delivered_at > 0) AS items,
    (SELECT COUNT(*) FROM replies r JOIN reply_answers w ON w.org_id = r.org_id AND w.reply_id = r.id WHERE r.org_id = a.org_id
        AND r.assignment_id = a.id AND r.round = a.round AND r.delivered_at > 0 AND w.result = 'adopted') AS adopted,
    (SELECT COUNT(*) FROM replies r JOIN reply_answers w ON w.org_id = r.org_id AND w.reply_id = r.id WHERE r.org_id = a.org_id
        AND r.assignment_id = a.id AND r.round = a.round AND r.delivered_at > 0 AND w.result = 'partly') AS partly,
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
FROM assignments a WHERE a.matter = 'proposals' AND a.state <> 'reassigned' AND a.cancelled_at = 0;

-- What each promise adds to its agency and its day: not one that a later round has replaced.
CREATE VIEW dashboard_promises_now AS SELECT
    r.org_id,
    r.id AS subject_id,
    r.session_id,
    r.agency_id,
    r.first_due_on,
    1 AS promised,
    CASE WHEN r.state = 'met' THEN 1 ELSE 0 END AS kept,
    CASE WHEN r.state = 'met' AND r.confirmed_at = 0 THEN 1 ELSE 0 END AS unconfirmed,
    CASE WHEN r.state = 'missed' THEN 1 ELSE 0 END AS missed,
    CASE WHEN r.state IN ('made', 'progressing', 'renewed') THEN 1 ELSE 0 END AS pending
FROM promises r WHERE r.matter = 'proposals' AND r.state <> 'superseded';

-- What the counters have to be: the facts that are kept, by dimension and code; a word makes a count of its own name.
CREATE VIEW dashboard_sums AS
WITH dims (source, dimension) AS (VALUES
    ('proposals', 'all'), ('proposals', 'kind'), ('proposals', 'timing'), ('proposals', 'category'), ('proposals', 'sector'),
    ('proposals', 'committee'), ('proposals', 'gender'), ('proposals', 'ethnic'), ('proposals', 'party'), ('proposals',
    'reject_reason'), ('assignments', 'agency'), ('promises', 'agency'), ('promises', 'promised_on')),
coded AS (SELECT f.org_id, f.session_id, d.dimension, CASE d.dimension
    WHEN 'kind' THEN f.kind WHEN 'timing' THEN f.timing WHEN 'category' THEN f.category WHEN 'sector' THEN f.sector WHEN
    'committee' THEN f.committee WHEN 'gender' THEN f.gender WHEN 'ethnic' THEN f.ethnic WHEN 'party' THEN f.party WHEN
    'reject_reason' THEN f.reject_reason WHEN 'agency' THEN CAST(f.agency_id AS TEXT) WHEN 'promised_on' THEN CAST(f.first_due_on
    AS TEXT) ELSE '' END AS code,
    f.class, f.tracked, f.satisfaction, f.talks, f.received, f.signers, f.docketed, f.rejected, f.diverted, f.withdrawn, f.merged,
    f.assigned, f.replied, f.on_time, f.strict, f.closed, f.redone, f.extended, f.mediated, f.flagship, f.cohosted, f.met, f.items,
    f.adopted, f.partly, f.sent, f.returned, f.handling_satisfied, f.handling_fair, f.handling_dissatisfied, f.result_satisfied,
    f.result_fair, f.result_dissatisfied, f.promised, f.kept, f.unconfirmed, f.missed, f.pending
    FROM dashboard_facts f JOIN dims d ON d.source = f.source WHERE d.dimension <> 'reject_reason' OR f.reject_reason <> ''),
summed AS (SELECT org_id, session_id, dimension, code,
    SUM(received) AS received, SUM(signers) AS signers, SUM(docketed) AS docketed, SUM(rejected) AS rejected, SUM(diverted) AS
    diverted, SUM(withdrawn) AS withdrawn, SUM(merged) AS merged, SUM(assigned) AS assigned, SUM(replied) AS replied, SUM(on_time)
    AS on_time, SUM(strict) AS strict, SUM(closed) AS closed, SUM(redone) AS redone, SUM(extended) AS extended, SUM(mediated) AS mediated, SUM(flagship)
    AS flagship, SUM(cohosted) AS cohosted, SUM(met) AS met, SUM(items) AS items, SUM(adopted) AS adopted, SUM(partly) AS partly,
    SUM(sent) AS sent, SUM(returned) AS returned, SUM(handling_satisfied) AS handling_satisfied, SUM(handling_fair) AS
    handling_fair, SUM(handling_dissatisfied) AS handling_dissatisfied, SUM(result_satisfied) AS result_satisfied,
    SUM(result_fair) AS result_fair, SUM(result_dissatisfied) AS result_dissatisfied, SUM(promised) AS promised, SUM(kept) AS
    kept, SUM(unconfirmed) AS unconfirmed, SUM(missed) AS missed, SUM(pending) AS pending
    FROM coded GROUP BY org_id, session_id, dimension, code),
metrics (metric) AS (VALUES
    ('received'), ('signers'), ('docketed'), ('rejected'), ('diverted'), ('withdrawn'), ('merged'), ('assigned'), ('replied'),
    ('on_time'), ('strict'), ('closed'), ('redone'), ('extended'), ('mediated'), ('flagship'), ('cohosted'), ('met'), ('items'), ('adopted'),
    ('partly'), ('sent'), ('returned'), ('handling_satisfied'), ('handling_fair'), ('handling_dissatisfied'),
    ('result_satisfied'), ('result_fair'), ('result_dissatisfied'), ('promised'), ('kept'), ('unconfirmed'), ('missed'),
    ('pending'))
SELECT org_id, session_id, dimension, code, metric, CAST(CASE metric
    WHEN 'received' THEN received WHEN 'signers' THEN signers WHEN 'docketed' THEN docketed WHEN 'rejected' THEN rejected WHEN
    'diverted' THEN diverted WHEN 'withdrawn' THEN withdrawn WHEN 'merged' THEN merged WHEN 'assigned' THEN assigned WHEN
    'replied' THEN replied WHEN 'on_time' THEN on_time WHEN 'strict' THEN strict WHEN 'closed' THEN closed WHEN 'redone' THEN redone WHEN 'extended' THEN
    extended WHEN 'mediated' THEN mediated WHEN 'flagship' THEN flagship WHEN 'cohosted' THEN cohosted WHEN 'met' THEN met WHEN
    'items' THEN items WHEN 'adopted' THEN adopted WHEN 'partly' THEN partly WHEN 'sent' THEN sent WHEN 'returned' THEN returned
    WHEN 'handling_satisfied' THEN handling_satisfied WHEN 'handling_fair' THEN handling_fair WHEN 'handling_dissatisfied' THEN
    handling_dissatisfied WHEN 'result_satisfied' THEN result_satisfied WHEN 'result_fair' THEN result_fair WHEN
    'result_dissatisfied' THEN result_dissatisfied WHEN 'promised' THEN promised WHEN 'kept' THEN kept WHEN 'unconfirmed' THEN
    unconfirmed WHEN 'missed' THEN missed WHEN 'pending' THEN pending END AS @int) AS value
    FROM summed CROSS JOIN metrics
UNION ALL SELECT org_id, session_id, dimension, code, 'class.' || class, COUNT(*) FROM coded WHERE class <> ''
    GROUP BY org_id, session_id, dimension, code, class
UNION ALL SELECT org_id, session_id, dimension, code, 'tracked.' || tracked, COUNT(*) FROM coded WHERE tracked <> ''
    GROUP BY org_id, session_id, dimension, code, tracked
UNION ALL SELECT org_id, session_id, dimension, code, 'satisfaction.' || satisfaction, COUNT(*) FROM coded WHERE satisfaction <> ''
    GROUP BY org_id, session_id, dimension, code, satisfaction
UNION ALL SELECT org_id, session_id, dimension, code, 'talks.' || talks, COUNT(*) FROM coded WHERE talks <> ''
    GROUP BY org_id, session_id, dimension, code, talks
UNION ALL SELECT org_id, session_id, 'review_days', CASE WHEN agency_id > 0 THEN CAST(agency_id AS TEXT) ELSE '' END, review_days, COUNT(*)
    FROM dashboard_facts WHERE review_days <> '' GROUP BY org_id, session_id, agency_id, review_days
UNION ALL SELECT org_id, session_id, 'assign_days', CASE WHEN agency_id > 0 THEN CAST(agency_id AS TEXT) ELSE '' END, assign_days, COUNT(*)
    FROM dashboard_facts WHERE assign_days <> '' GROUP BY org_id, session_id, agency_id, assign_days
UNION ALL SELECT org_id, session_id, 'accept_days', CASE WHEN agency_id > 0 THEN CAST(agency_id AS TEXT) ELSE '' END, accept_days, COUNT(*)
    FROM dashboard_facts WHERE accept_days <> '' GROUP BY org_id, session_id, agency_id, accept_days
UNION ALL SELECT org_id, session_id, 'handle_days', CASE WHEN agency_id > 0 THEN CAST(agency_id AS TEXT) ELSE '' END, handle_days, COUNT(*)
    FROM dashboard_facts WHERE handle_days <> '' GROUP BY org_id, session_id, agency_id, handle_days
UNION ALL SELECT org_id, session_id, 'cohost_days', CASE WHEN agency_id > 0 THEN CAST(agency_id AS TEXT) ELSE '' END, cohost_days, COUNT(*)
    FROM dashboard_facts WHERE cohost_days <> '' GROUP BY org_id, session_id, agency_id, cohost_days
UNION ALL SELECT org_id, session_id, 'evaluate_days', CASE WHEN agency_id > 0 THEN CAST(agency_id AS TEXT) ELSE '' END, evaluate_days, COUNT(*)
    FROM dashboard_facts WHERE evaluate_days <> '' GROUP BY org_id, session_id, agency_id, evaluate_days;

-- What stands already is counted as it would have been.
INSERT INTO dashboard_facts (org_id, source, subject_id, session_id, kind, timing, category, sector, committee, gender, ethnic,
party, reject_reason, owes, due_on, class, tracked, satisfaction, review_days, assign_days, received, signers, docketed, rejected,
diverted, withdrawn, merged, assigned, replied, on_time, strict, closed, redone, extended, mediated, flagship) SELECT org_id, 'proposals',
subject_id, session_id, kind, timing, category, sector, committee, gender, ethnic, party, reject_reason, owes, due_on, class,
tracked, satisfaction, review_days, assign_days, received, signers, docketed, rejected, diverted, withdrawn, merged, assigned,
replied, on_time, strict, closed, redone, extended, mediated, flagship FROM dashboard_proposals_now;
INSERT INTO dashboard_facts (org_id, source, subject_id, session_id, agency_id, owes, due_on, class, talks, accept_days,
handle_days, cohost_days, evaluate_days, assigned, replied, on_time, strict, closed, cohosted, met, items, adopted, partly, sent,
returned, handling_satisfied, handling_fair, handling_dissatisfied, result_satisfied, result_fair, result_dissatisfied) SELECT
org_id, 'assignments', subject_id, session_id, agency_id, owes, due_on, class, talks, accept_days, handle_days, cohost_days,
evaluate_days, assigned, replied, on_time, strict, closed, cohosted, met, items, adopted, partly, sent, returned, handling_satisfied,
handling_fair, handling_dissatisfied, result_satisfied, result_fair, result_dissatisfied FROM dashboard_assignments_now;
INSERT INTO dashboard_facts (org_id, source, subject_id, session_id, agency_id, first_due_on, promised, kept, unconfirmed, missed,
pending) SELECT org_id, 'promises', subject_id, session_id, agency_id, first_due_on, promised, kept, unconfirmed, missed, pending
FROM dashboard_promises_now;
INSERT INTO dashboard_counts (org_id, session_id, dimension, code, metric, value)
    SELECT org_id, session_id, dimension, code, metric, value FROM dashboard_sums WHERE value <> 0;
