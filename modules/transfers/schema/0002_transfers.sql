-- SPDX-License-Identifier: MulanPSL-2.0
-- What left for another house and what came from one; and which case here is which case there. The cases themselves are rows of
-- the modules that own them.

CREATE TABLE transfers (
    id @id,
    org_id @int NOT NULL,
    direction TEXT NOT NULL CHECK (direction IN ('out', 'in')), -- sent, or received
    purpose TEXT NOT NULL CHECK (purpose IN ('copy', 'handle', 'answer')), -- whole cases; to be handled there; the answer of there
    peer TEXT NOT NULL,                     -- mark of the other house; of what was sent: empty
    peer_name TEXT NOT NULL,                -- its name, or to whom it was sent
    digest TEXT NOT NULL,                   -- of the cases in the file, SHA-256 in hexadecimal
    case_count @int NOT NULL DEFAULT 0,     -- that went or came
    left_count @int NOT NULL DEFAULT 0,     -- that were left out, or were here already
    open_links @int NOT NULL DEFAULT 0,     -- links to cases that are not here
    files @int NOT NULL DEFAULT 0 CHECK (files IN (0, 1)), -- attachments went along
    confidential @int NOT NULL DEFAULT 0 CHECK (confidential IN (0, 1)), -- confidential cases were among what was asked for
    made_at @int NOT NULL,
    made_by @int NOT NULL,
    made_name TEXT NOT NULL,                -- who did it, as it was then
    UNIQUE (org_id, id)
);
CREATE INDEX transfers_made ON transfers (org_id, made_at, id);

CREATE TABLE transfer_cases (
    id @id,
    org_id @int NOT NULL,
    transfer_id @int NOT NULL,
    direction TEXT NOT NULL CHECK (direction IN ('out', 'in')), -- as in transfers
    purpose TEXT NOT NULL CHECK (purpose IN ('copy', 'handle', 'answer')), -- likewise
    proposal_id @int NOT NULL,
    house TEXT NOT NULL,                    -- mark of the house where the case began
    house_id @int NOT NULL,                 -- its id there
    agency_id @int NOT NULL DEFAULT 0,      -- of one sent to be handled: in whose place
    due_on @int NOT NULL DEFAULT 0,         -- of one to be handled: the asker's last day
    noted_at @int NOT NULL,
    FOREIGN KEY (org_id, transfer_id) REFERENCES transfers (org_id, id)
);
-- What came from elsewhere came once.
CREATE UNIQUE INDEX transfer_cases_came ON transfer_cases (org_id, house, house_id) WHERE direction = 'in' AND purpose <> 'answer';
CREATE INDEX transfer_cases_of ON transfer_cases (org_id, proposal_id, id);
CREATE INDEX transfer_cases_transfer ON transfer_cases (org_id, transfer_id, id);
