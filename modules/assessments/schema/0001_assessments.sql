-- SPDX-License-Identifier: MulanPSL-2.0
-- Yearly assessments: what the rules proposed for each member on a day, what people made of it, and who decided it. Gradings are the basis of the
-- decision, so they keep what the ledger said then.

CREATE TABLE assessments (
    id @id,
    org_id @int NOT NULL,
    year @int NOT NULL,                       -- number of the year of assessment (modules/scores)
    from_on @int NOT NULL,
    to_on @int NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('opened', 'proposed', 'approved', 'notified', 'closed', 'dropped', 'superseded')), -- flow assessments
    ruleset_id @int NOT NULL,
    ruleset_name TEXT NOT NULL, -- as it was called then
    corrects_id @int NOT NULL DEFAULT 0,      -- the decision that this one puts in place of; 0 = the first of its year
    reason TEXT NOT NULL DEFAULT '',          -- of a correction: why
    opened_at @int NOT NULL,
    opener_name TEXT NOT NULL,                -- as he was called then
    taken_at @int NOT NULL,                   -- when the gradings were worked out from the ledger
    organ TEXT NOT NULL DEFAULT '' CHECK (organ IN ('', 'chairs', 'standing')), -- which organ decided
    meeting TEXT NOT NULL DEFAULT '',         -- which meeting of it
    decided_on @int NOT NULL DEFAULT 0,
    document TEXT NOT NULL DEFAULT '',
    notified_at @int NOT NULL DEFAULT 0,      -- when the members were told; 0 = not yet
    version @int NOT NULL DEFAULT 1,
    UNIQUE (org_id, id),
    FOREIGN KEY (org_id, ruleset_id) REFERENCES rulesets (org_id, id)
);
-- One at work and one decision that stands, for each year.
CREATE UNIQUE INDEX assessments_work ON assessments (org_id, year) WHERE state IN ('opened', 'proposed');
CREATE UNIQUE INDEX assessments_standing ON assessments (org_id, year) WHERE state IN ('approved', 'notified', 'closed');
CREATE INDEX assessments_year ON assessments (org_id, year, id);

CREATE TABLE gradings (
    id @id,
    org_id @int NOT NULL,
    assessment_id @int NOT NULL,
    member_id @int NOT NULL,
    person_id @int NOT NULL,
    position @int NOT NULL,                   -- place in the roster
    code TEXT NOT NULL,                       -- of the member; this and what follows as it was when it was worked out
    name TEXT NOT NULL,
    sector TEXT NOT NULL,
    committee TEXT NOT NULL,
    stand TEXT NOT NULL,                      -- where he stood at the end of the year: README.md
    assessed @int NOT NULL CHECK (assessed IN (0, 1)), -- 1 = he takes part: only then has he a grade
    entries @int NOT NULL,                    -- rows of the ledger in the year
    gates_due @int NOT NULL, -- how many minimum duties were his
    gates_met @int NOT NULL, -- how many of them he has met
    points_x1000 @int NOT NULL, -- total of the score, thousandths
    missed TEXT NOT NULL,                     -- gates not met, in words
    vetoes TEXT NOT NULL,                     -- that hold, in words
    why TEXT NOT NULL CHECK (why IN ('', 'points', 'gates', 'veto', 'quota')), -- what settled the proposed grade
    why_text TEXT NOT NULL,                   -- of quota: the better grade that was full
    proposed TEXT NOT NULL,                   -- grade by the rules; empty = none
    grade TEXT NOT NULL,                      -- that stands; empty = none
    reason TEXT NOT NULL DEFAULT '',          -- why people chose another than the proposed; empty = they did not
    changer_name TEXT NOT NULL DEFAULT '',    -- who chose it, as he was called then
    changed_at @int NOT NULL DEFAULT 0,
    earlier TEXT NOT NULL DEFAULT '',         -- of a correction: grade of the decision before
    talk @int NOT NULL DEFAULT 0 CHECK (talk IN (0, 1)), -- a reminder talk is to be arranged
    talked_at @int NOT NULL DEFAULT 0,        -- when somebody said that it is arranged
    talker_name TEXT NOT NULL DEFAULT '',     -- who said so, as he was called then
    version @int NOT NULL DEFAULT 1,
    UNIQUE (org_id, id),
    UNIQUE (org_id, assessment_id, member_id),
    FOREIGN KEY (org_id, assessment_id) REFERENCES assessments (org_id, id),
    FOREIGN KEY (org_id, member_id) REFERENCES members (org_id, id)
);
CREATE INDEX gradings_member ON gradings (org_id, member_id, assessment_id);
