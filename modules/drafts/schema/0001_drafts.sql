-- SPDX-License-Identifier: MulanPSL-2.0
-- What a writer says beside the text: whether it is his own, and how he would like to be spoken to.

CREATE TABLE draft_notes (
    id @id,
    org_id @int NOT NULL,
    proposal_id @int NOT NULL,
    authorship TEXT NOT NULL DEFAULT '' CHECK (authorship IN ('', 'own', 'forwarded')), -- 撰写方式; empty = not said
    talk_wish TEXT NOT NULL DEFAULT '',     -- 希望的沟通方式: code of dictionary assignments.contact_ways; empty = whatever
    FOREIGN KEY (org_id, proposal_id) REFERENCES proposals (org_id, id)
);
CREATE UNIQUE INDEX draft_notes_proposal ON draft_notes (org_id, proposal_id);
