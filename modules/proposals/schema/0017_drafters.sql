-- SPDX-License-Identifier: MulanPSL-2.0
-- Who wrote a collective proposal (主笔人) and who took part in writing it (参与者), in order. They do not sign it: its body does.
-- Statements that write: modules/cosigners.

CREATE TABLE drafters (
    id @id,
    org_id @int NOT NULL,
    proposal_id @int NOT NULL,
    rank @int NOT NULL,                     -- 1 = 主笔人
    person_id @int NOT NULL,                -- a member of this committee
    name TEXT NOT NULL,                     -- name and employer as when he was named
    contact TEXT NOT NULL DEFAULT '',
    named_at @int NOT NULL,
    version @int NOT NULL DEFAULT 1,
    FOREIGN KEY (org_id, proposal_id) REFERENCES proposals (org_id, id)
);
CREATE UNIQUE INDEX drafters_once ON drafters (org_id, proposal_id, person_id);
CREATE INDEX drafters_person ON drafters (org_id, person_id, proposal_id);
