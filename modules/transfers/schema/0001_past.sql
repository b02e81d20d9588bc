-- SPDX-License-Identifier: MulanPSL-2.0
-- Proposals of earlier years that lists brought in: which record is which case, what the list said beside the case, the steps of an old
-- system, and what its numeric codes mean here (rules.md 12.1).

CREATE TABLE transfer_records (
    id @id,
    org_id @int NOT NULL,
    session_id @int NOT NULL,
    number TEXT NOT NULL,                   -- as the list numbers it within its session, without leading zeros: finds it again
    proposal_id @int NOT NULL,
    digest TEXT NOT NULL,                   -- of all that was read: the same line again changes nothing
    source TEXT NOT NULL,                   -- who sent the list
    satisfaction TEXT NOT NULL,             -- 满意度, in the list's own words
    way TEXT NOT NULL,                      -- 办理方式, likewise
    letter_no TEXT NOT NULL,                -- 复文字号, likewise
    reached TEXT NOT NULL,                  -- 流转状态 of the old system, with its word; empty = the list has none
    guesses TEXT NOT NULL,                  -- days that the list lacks and others stand in for: names of fields, space-separated
    recorded_at @int NOT NULL,              -- when it was brought in or last corrected
    recorded_by @int NOT NULL,
    seen_at @int NOT NULL,                  -- the last list that had it: twice in one list is a fault
    FOREIGN KEY (org_id, session_id) REFERENCES sessions (org_id, id),
    FOREIGN KEY (org_id, proposal_id) REFERENCES proposals (org_id, id)
);
CREATE UNIQUE INDEX transfer_records_number ON transfer_records (org_id, session_id, number);
CREATE UNIQUE INDEX transfer_records_proposal ON transfer_records (org_id, proposal_id);

CREATE TABLE transfer_steps (
    id @id,
    org_id @int NOT NULL,
    proposal_id @int NOT NULL,
    at @int NOT NULL,                       -- UTC milliseconds, as the old system has it
    code @int NOT NULL,                     -- its number of the step
    word TEXT NOT NULL,                     -- what that was called there
    actor TEXT NOT NULL,                    -- who did it
    agency TEXT NOT NULL,                   -- for whom
    opinion TEXT NOT NULL,                  -- what was written with it
    recorded_at @int NOT NULL,
    recorded_by @int NOT NULL,
    FOREIGN KEY (org_id, proposal_id) REFERENCES proposals (org_id, id)
);
CREATE UNIQUE INDEX transfer_steps_once ON transfer_steps (org_id, proposal_id, at, code, actor, agency);

-- What an organisation says of a code otherwise than shipped (transfer_legacy.c).
CREATE TABLE transfer_codes (
    org_id @int NOT NULL,
    code @int NOT NULL,
    word TEXT NOT NULL,                     -- what the old system calls it
    state TEXT NOT NULL,                    -- where a case is after it, of the flow of proposals; empty = the code is not used
    verb TEXT NOT NULL,                     -- our step that it was; empty = none of ours
    changed_at @int NOT NULL,
    changed_by @int NOT NULL,
    PRIMARY KEY (org_id, code)
);
