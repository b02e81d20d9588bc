-- SPDX-License-Identifier: MulanPSL-2.0
-- What each letter (来信) adds to the figures of its year: facts, counters and definitions as those of opinions.

CREATE TABLE dashboard_letter_facts (
    org_id @int NOT NULL,
    subject_id @int NOT NULL,
    session_id @int NOT NULL,                -- the year in which it came in
    month @int NOT NULL,                     -- 202611
    kind TEXT NOT NULL,                      -- by what it is counted, as in its own row; empty = not by this
    lane TEXT NOT NULL,                      -- likewise
    category TEXT NOT NULL,                  -- likewise
    county TEXT NOT NULL,                    -- likewise
    town TEXT NOT NULL,                      -- behind its county and a slash: towns of two counties may have one name
    reason TEXT NOT NULL,                    -- why it was dismissed
    agency_id @int NOT NULL,                 -- the body that answers; 0 = none
    owes @int NOT NULL,                      -- handed out, and its sender has no answer yet
    due_on @int NOT NULL,                    -- by that day
    answer_days TEXT NOT NULL,               -- whole days from coming in to the first answer; empty = none yet
    verdict TEXT NOT NULL,                   -- the sender's, on the last answer
    letters @int NOT NULL,                   -- came in
    waiting @int NOT NULL,                   -- of them: received or sorted, not handled yet
    dismissed @int NOT NULL,                 -- of them: not followed
    routed @int NOT NULL,                    -- of them: told to go to the petition office
    withdrawn @int NOT NULL,                 -- of them: taken back by their senders
    handed @int NOT NULL,                    -- of them: handed to units
    answered @int NOT NULL,                  -- of them: answered at least once
    on_time @int NOT NULL,                   -- of these: first by the unit's day
    late @int NOT NULL,                      -- of these: first behind the unit's day
    again @int NOT NULL,                     -- of all: handled once more
    asked @int NOT NULL,                     -- of all: asked a while after a good verdict
    still_yes @int NOT NULL,                 -- of these: it has lasted
    still_no @int NOT NULL,                  -- of these: it has not
    fed @int NOT NULL,                       -- of all: became an opinion of the committee
    PRIMARY KEY (org_id, subject_id)
);
-- In the order in which what is overdue is grouped, with all that it reads: nothing is sorted, no row looked up.
CREATE INDEX dashboard_letter_owing ON dashboard_letter_facts
    (org_id, session_id, kind, lane, category, county, town, month, agency_id, due_on, owes) WHERE owes = 1;

CREATE VIEW dashboard_letters_now AS SELECT
    l.org_id,
    l.id AS subject_id,
    l.year AS session_id,
    l.month,
    l.kind,
    l.lane,
    l.category,
    l.county,
    CASE WHEN l.town = '' THEN '' ELSE l.county || '/' || l.town END AS town,
    CASE WHEN l.ended = 'dismissed' THEN l.reason ELSE '' END AS reason,
    l.agency_id,
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
    CASE WHEN l.round > 1 THEN 1 ELSE 0 END AS again,
    CASE WHEN l.asked_again_at > 0 THEN 1 ELSE 0 END AS asked,
    CASE WHEN l.still = 'yes' THEN 1 ELSE 0 END AS still_yes,
    CASE WHEN l.still = 'no' THEN 1 ELSE 0 END AS still_no,
    CASE WHEN l.fed_at > 0 THEN 1 ELSE 0 END AS fed
FROM letters l;

-- Under what each is counted, and what each adds to one count.
CREATE VIEW dashboard_letter_codes AS
SELECT f.org_id, f.subject_id, f.session_id, 'letter_all' AS dimension, '' AS code FROM dashboard_letter_facts f
UNION ALL SELECT f.org_id, f.subject_id, f.session_id, 'letter_month' AS dimension, CAST(f.month AS TEXT) AS code FROM dashboard_letter_facts f
UNION ALL SELECT f.org_id, f.subject_id, f.session_id, 'letter_kind' AS dimension, f.kind AS code FROM dashboard_letter_facts f
UNION ALL SELECT f.org_id, f.subject_id, f.session_id, 'letter_lane' AS dimension, f.lane AS code FROM dashboard_letter_facts f
UNION ALL SELECT f.org_id, f.subject_id, f.session_id, 'letter_category' AS dimension, f.category AS code FROM dashboard_letter_facts f
UNION ALL SELECT f.org_id, f.subject_id, f.session_id, 'letter_county' AS dimension, f.county AS code FROM dashboard_letter_facts f
UNION ALL SELECT f.org_id, f.subject_id, f.session_id, 'letter_town' AS dimension, f.town AS code FROM dashboard_letter_facts f WHERE f.town <> ''
UNION ALL SELECT f.org_id, f.subject_id, f.session_id, 'letter_reason' AS dimension, f.reason AS code FROM dashboard_letter_facts f WHERE f.reason <> ''
UNION ALL SELECT f.org_id, f.subject_id, f.session_id, 'letter_agency' AS dimension, CAST(f.agency_id AS TEXT) AS code FROM dashboard_letter_facts f WHERE f.agency_id <> 0;

CREATE VIEW dashboard_letter_adds AS
SELECT f.org_id, f.subject_id, 'letters' AS metric, f.letters AS value FROM dashboard_letter_facts f WHERE f.letters <> 0
UNION ALL SELECT f.org_id, f.subject_id, 'waiting' AS metric, f.waiting AS value FROM dashboard_letter_facts f WHERE f.waiting <> 0
UNION ALL SELECT f.org_id, f.subject_id, 'dismissed' AS metric, f.dismissed AS value FROM dashboard_letter_facts f WHERE f.dismissed <> 0
UNION ALL SELECT f.org_id, f.subject_id, 'routed' AS metric, f.routed AS value FROM dashboard_letter_facts f WHERE f.routed <> 0
UNION ALL SELECT f.org_id, f.subject_id, 'withdrawn' AS metric, f.withdrawn AS value FROM dashboard_letter_facts f WHERE f.withdrawn <> 0
UNION ALL SELECT f.org_id, f.subject_id, 'handed' AS metric, f.handed AS value FROM dashboard_letter_facts f WHERE f.handed <> 0
UNION ALL SELECT f.org_id, f.subject_id, 'answered' AS metric, f.answered AS value FROM dashboard_letter_facts f WHERE f.answered <> 0
UNION ALL SELECT f.org_id, f.subject_id, 'on_time' AS metric, f.on_time AS value FROM dashboard_letter_facts f WHERE f.on_time <> 0
UNION ALL SELECT f.org_id, f.subject_id, 'late' AS metric, f.late AS value FROM dashboard_letter_facts f WHERE f.late <> 0
UNION ALL SELECT f.org_id, f.subject_id, 'again' AS metric, f.again AS value FROM dashboard_letter_facts f WHERE f.again <> 0
UNION ALL SELECT f.org_id, f.subject_id, 'asked' AS metric, f.asked AS value FROM dashboard_letter_facts f WHERE f.asked <> 0
UNION ALL SELECT f.org_id, f.subject_id, 'still_yes' AS metric, f.still_yes AS value FROM dashboard_letter_facts f WHERE f.still_yes <> 0
UNION ALL SELECT f.org_id, f.subject_id, 'still_no' AS metric, f.still_no AS value FROM dashboard_letter_facts f WHERE f.still_no <> 0
UNION ALL SELECT f.org_id, f.subject_id, 'fed' AS metric, f.fed AS value FROM dashboard_letter_facts f WHERE f.fed <> 0
UNION ALL SELECT f.org_id, f.subject_id, 'verdict.' || f.verdict AS metric, 1 AS value FROM dashboard_letter_facts f WHERE f.verdict <> '';

CREATE VIEW dashboard_letter_sums AS
SELECT c.org_id, c.session_id, c.dimension, c.code, a.metric, CAST(SUM(a.value) AS @int) AS value
FROM dashboard_letter_codes c JOIN dashboard_letter_adds a ON a.org_id = c.org_id AND a.subject_id = c.subject_id
GROUP BY c.org_id, c.session_id, c.dimension, c.code, a.metric
UNION ALL SELECT f.org_id, f.session_id, 'answer_days' AS dimension, CASE WHEN f.agency_id = 0 THEN '' ELSE CAST(f.agency_id AS TEXT) END AS code,
    f.answer_days AS metric, CAST(COUNT(*) AS @int) AS value FROM dashboard_letter_facts f WHERE f.answer_days <> ''
GROUP BY f.org_id, f.session_id, f.agency_id, f.answer_days;

CREATE VIEW dashboard_sums_6 AS
SELECT org_id, session_id, dimension, code, metric, value FROM dashboard_sums_5
UNION ALL SELECT org_id, session_id, dimension, code, metric, value FROM dashboard_letter_sums;

INSERT INTO dashboard_letter_facts (org_id, subject_id, session_id, month, kind, lane, category, county, town, reason, agency_id, owes, due_on, answer_days, verdict, letters, waiting, dismissed, routed, withdrawn, handed, answered, on_time, late, again, asked, still_yes, still_no, fed)
    SELECT org_id, subject_id, session_id, month, kind, lane, category, county, town, reason, agency_id, owes, due_on, answer_days, verdict, letters, waiting, dismissed, routed, withdrawn, handed, answered, on_time, late, again, asked, still_yes, still_no, fed FROM dashboard_letters_now;
INSERT INTO dashboard_counts (org_id, session_id, dimension, code, metric, value)
    SELECT org_id, session_id, dimension, code, metric, value FROM dashboard_letter_sums WHERE value <> 0;
