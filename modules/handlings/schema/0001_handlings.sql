-- SPDX-License-Identifier: MulanPSL-2.0
-- What became of letters beside their answers: opinions of the committee that were made from them. All else stands in letters and assignments.

CREATE TABLE letter_opinions (
    id @id,
    org_id @int NOT NULL,
    letter_id @int NOT NULL,
    opinion_id @int NOT NULL,
    fed_at @int NOT NULL,
    fed_by @int NOT NULL,          -- account
    FOREIGN KEY (org_id, letter_id) REFERENCES letters (org_id, id),
    FOREIGN KEY (org_id, opinion_id) REFERENCES opinions (org_id, id)
);
CREATE UNIQUE INDEX letter_opinions_letter ON letter_opinions (org_id, letter_id, opinion_id);
