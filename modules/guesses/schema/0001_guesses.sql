-- SPDX-License-Identifier: MulanPSL-2.0
-- What was learned from handled cases, and what was guessed of later ones beside what people decided.

CREATE TABLE guess_models (
    id @id,
    org_id @int NOT NULL,
    question TEXT NOT NULL,                 -- "proposals.category": collection and what is guessed of it
    made_at @int NOT NULL,
    texts @int NOT NULL,                    -- handled ones that it was learned from
    model @bytes,                           -- as platform/text/classify.h makes it: words and weights, no texts
    UNIQUE (org_id, question)
);

CREATE TABLE guesses (
    id @id,
    org_id @int NOT NULL,
    question TEXT NOT NULL,                 -- as in guess_models
    subject_id @int NOT NULL,               -- of the collection
    label TEXT NOT NULL,                    -- first of what was guessed; empty = nothing was
    degree @int NOT NULL CHECK (degree BETWEEN 0 AND 100), -- how sure
    because TEXT NOT NULL,                  -- words of the text that spoke for it
    decided TEXT NOT NULL,                  -- what a person decided
    is_right @int NOT NULL CHECK (is_right IN (0, 1)), -- both are the same
    decided_at @int NOT NULL,
    UNIQUE (org_id, question, subject_id)
);
CREATE INDEX guesses_decided ON guesses (org_id, question, decided_at);
