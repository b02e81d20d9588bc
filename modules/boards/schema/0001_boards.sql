-- SPDX-License-Identifier: MulanPSL-2.0
-- Who reads a card now, so that several clerks do not read the same one.

CREATE TABLE board_marks (
    org_id @int NOT NULL,
    proposal_id @int NOT NULL,              -- proposals.id
    account_id @int NOT NULL,               -- who reads it
    account_name TEXT NOT NULL,             -- as he was called then, for the card
    taken_at @int NOT NULL,                 -- it ends boards.take_minutes later
    PRIMARY KEY (org_id, proposal_id)
);
CREATE INDEX board_marks_account ON board_marks (org_id, account_id, proposal_id);
CREATE INDEX board_marks_taken ON board_marks (org_id, taken_at);
