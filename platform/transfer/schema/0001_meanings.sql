-- SPDX-License-Identifier: MulanPSL-2.0
-- What a name or a code of another house means here, as a clerk has said once: kept for the next file of that house.

CREATE TABLE transfer_meanings (
    id @id,
    org_id @int NOT NULL,
    peer TEXT NOT NULL,                     -- mark of the other house
    kind TEXT NOT NULL,                     -- orgs, persons …, or the dictionary of a code
    name TEXT NOT NULL,                     -- as the file has it
    code TEXT NOT NULL,                     -- likewise
    meaning TEXT NOT NULL,                  -- the id here, or the code here
    saved_at @int NOT NULL,                 -- when it was last said
    saved_by @int NOT NULL                  -- account; 0 = by command
);
CREATE UNIQUE INDEX transfer_meanings_of ON transfer_meanings (org_id, peer, kind, name, code);
