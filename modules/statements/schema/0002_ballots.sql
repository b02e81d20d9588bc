-- SPDX-License-Identifier: MulanPSL-2.0
-- The secret ballot of a meeting on those who reported (述职测评), as its tellers counted it on paper. Nothing tells who voted how, or that he voted.

-- One a call.
CREATE TABLE ballots (
    id @id,
    org_id @int NOT NULL,
    statement_call_id @int NOT NULL,
    meeting_id @int NOT NULL DEFAULT 0,   -- 0 = of a meeting that is not kept here
    meeting_title TEXT NOT NULL DEFAULT '', -- as it was called then
    held_on @int NOT NULL,
    issued @int NOT NULL,                 -- papers handed out
    returned @int NOT NULL,               -- papers that came back
    valid @int NOT NULL,                  -- of these
    teller_name TEXT NOT NULL,            -- two who counted
    second_teller_name TEXT NOT NULL,     -- the other
    noted_at @int NOT NULL,
    noter_name TEXT NOT NULL,             -- as he was called then
    version @int NOT NULL DEFAULT 1,
    UNIQUE (org_id, id),
    FOREIGN KEY (org_id, statement_call_id) REFERENCES statement_calls (org_id, id),
    CHECK (issued >= returned AND returned >= valid AND valid > 0)
);
CREATE UNIQUE INDEX ballots_once ON ballots (org_id, statement_call_id);

-- What one of them got: together as many as were valid.
CREATE TABLE ballot_counts (
    id @id,
    org_id @int NOT NULL,
    ballot_id @int NOT NULL,
    statement_id @int NOT NULL,
    excellent @int NOT NULL,              -- votes of the best grade
    competent @int NOT NULL,              -- of the second
    basic @int NOT NULL,                  -- of the third: just competent
    incompetent @int NOT NULL,            -- of the lowest
    abstained @int NOT NULL,              -- valid papers with nothing in his row
    UNIQUE (org_id, id),
    FOREIGN KEY (org_id, ballot_id) REFERENCES ballots (org_id, id),
    FOREIGN KEY (org_id, statement_id) REFERENCES statements (org_id, id)
);
CREATE UNIQUE INDEX ballot_counts_once ON ballot_counts (org_id, ballot_id, statement_id);
CREATE INDEX ballot_counts_statement ON ballot_counts (org_id, statement_id);
