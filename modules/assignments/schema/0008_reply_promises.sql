-- SPDX-License-Identifier: MulanPSL-2.0
-- Dated promises of a reply (rules.md 2.5: what is being solved, or planned step by step). Drafted and signed with it; what
-- becomes of them is kept by the module outcomes.

CREATE TABLE reply_promises (
    id @id,
    org_id @int NOT NULL,
    reply_id @int NOT NULL,
    number @int NOT NULL,                   -- from 1, within the reply
    item_number @int NOT NULL,              -- of the assignment item that it is about, 0 = of the whole answer
    text TEXT NOT NULL,                     -- what will be done; empty only in a draft
    due_on @int NOT NULL,                   -- the day by which; 0 only in a draft
    owner TEXT NOT NULL,                    -- 责任人, named by the agency; empty only in a draft
    phone TEXT NOT NULL,                    -- office telephone of the owner, may be empty
    evidence_kind TEXT NOT NULL CHECK (evidence_kind IN ('', 'document', 'photo', 'acceptance', 'site', 'other')), -- what will show it
    FOREIGN KEY (org_id, reply_id) REFERENCES replies (org_id, id)
);
CREATE UNIQUE INDEX reply_promises_number ON reply_promises (org_id, reply_id, number);
