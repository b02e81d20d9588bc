-- SPDX-License-Identifier: MulanPSL-2.0
-- A question (追问) to a sender whom nobody can call does not stay open for ever: he answers, the office takes it back, or it lapses.

ALTER TABLE letter_messages ADD COLUMN ended TEXT NOT NULL DEFAULT '' CHECK (ended IN ('', 'answered', 'recalled', 'lapsed')); -- of a question; empty = it waits for an answer
ALTER TABLE letter_messages ADD COLUMN asked_by @int NOT NULL DEFAULT 0; -- account that asked and is told of the answer; 0 = not known

UPDATE letter_messages SET ended = 'answered' WHERE author = 'office' AND EXISTS (SELECT 1 FROM letter_messages n WHERE n.org_id = letter_messages.org_id
    AND n.letter_id = letter_messages.letter_id AND n.id > letter_messages.id AND n.author = 'sender');

CREATE INDEX letter_messages_open ON letter_messages (org_id, letter_id, at) WHERE author = 'office' AND ended = '';
