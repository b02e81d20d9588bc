-- SPDX-License-Identifier: MulanPSL-2.0
-- What the review decided outlives the state; the first answer outlives the next ones; a wish to withdraw; records of talks face to face.

ALTER TABLE proposals ADD COLUMN outcome TEXT NOT NULL DEFAULT '';          -- of the review: docketed, rejected, diverted, withdrawn; empty = none yet
ALTER TABLE proposals ADD COLUMN rounds @int NOT NULL DEFAULT 1;            -- of handling: 1, and one more with each redo
ALTER TABLE proposals ADD COLUMN first_replied_at @int NOT NULL DEFAULT 0;  -- when every answering agency had replied for the first time
ALTER TABLE proposals ADD COLUMN first_late @int NOT NULL DEFAULT 0;        -- 1 = one of those answers came behind its day
ALTER TABLE proposals ADD COLUMN withdraw_asked_at @int NOT NULL DEFAULT 0; -- the proposer has asked to withdraw it and is not answered; 0 = not
ALTER TABLE proposals ADD COLUMN withdraw_reason TEXT NOT NULL DEFAULT '';  -- why

UPDATE proposals SET outcome = CASE WHEN state = 'rejected' THEN 'rejected' WHEN docket_no > 0 THEN 'docketed' ELSE '' END;
UPDATE proposals SET rounds = COALESCE((SELECT MAX(a.round) FROM assignments a WHERE a.org_id = proposals.org_id AND a.matter = 'proposals'
    AND a.matter_id = proposals.id), 1) WHERE redone = 1;
UPDATE proposals SET first_replied_at = replied_at, first_late = was_late WHERE replied_at > 0;
UPDATE proposals SET first_replied_at = COALESCE((SELECT MAX(r.delivered_at) FROM assignments a
    JOIN replies r ON r.org_id = a.org_id AND r.assignment_id = a.id AND r.round = 1 AND r.delivered_at > 0
    WHERE a.org_id = proposals.org_id AND a.matter = 'proposals' AND a.matter_id = proposals.id AND a.role <> 'cohost'
    AND a.state <> 'reassigned'), replied_at) WHERE redone = 1 AND replied_at > 0;
UPDATE proposals SET first_late = COALESCE((SELECT MAX(c.was_late) FROM assignments a
    JOIN clocks c ON c.org_id = a.org_id AND c.flow = 'assignments' AND c.subject_id = a.id AND c.name = 'handle'
    WHERE a.org_id = proposals.org_id AND a.matter = 'proposals' AND a.matter_id = proposals.id AND a.role <> 'cohost'
    AND a.state <> 'reassigned' AND c.id = (SELECT MIN(d.id) FROM clocks d WHERE d.org_id = c.org_id AND d.flow = c.flow
    AND d.subject_id = c.subject_id AND d.name = c.name)), was_late) WHERE redone = 1 AND replied_at > 0;

CREATE INDEX proposals_outcome ON proposals (org_id, outcome, submitted_at, id);
CREATE INDEX proposals_finished ON proposals (org_id, updated_at, id) WHERE state IN ('closed', 'rejected', 'diverted', 'withdrawn');

-- Face to face (面商): after a further dissatisfaction the agencies and the proposer talk it over, and what each said is written down.
CREATE TABLE mediations (
    id @id,
    org_id @int NOT NULL,
    proposal_id @int NOT NULL,
    round @int NOT NULL,                    -- round of handling that it ended
    held_on @int NOT NULL,
    place TEXT NOT NULL,                    -- where, as written
    present TEXT NOT NULL,                  -- who was there, as written
    agency_said TEXT NOT NULL,              -- what the agencies explained
    proposer_said TEXT NOT NULL,            -- what the proposer answered
    result TEXT NOT NULL CHECK (result IN ('agreed', 'explained', 'redo')),
    satisfaction TEXT NOT NULL CHECK (satisfaction IN ('', 'satisfied', 'fair', 'dissatisfied')), -- the last word; empty with redo
    recorded_at @int NOT NULL,
    recorded_by @int NOT NULL,
    FOREIGN KEY (org_id, proposal_id) REFERENCES proposals (org_id, id)
);
CREATE INDEX mediations_proposal ON mediations (org_id, proposal_id, id);
