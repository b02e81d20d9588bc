-- SPDX-License-Identifier: MulanPSL-2.0
-- Letters (来信) of the public's mailbox (微社情民意): what was written, who wrote it (apart, sealed), what was said to and fro, what was agreed to.

CREATE TABLE letters (
    id @id,
    org_id @int NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('received', 'triaged', 'routed', 'assigned', 'replied', 'evaluated', 'closed')), -- flow letters
    kind TEXT NOT NULL CHECK (kind IN ('concern', 'idea', 'complaint', 'praise', 'member_letter')),
    lane TEXT NOT NULL CHECK (lane IN ('proved', 'unproved', 'staff', 'import')), -- how it came in; unproved: without the browser's work, looked at apart
    title TEXT NOT NULL,
    body TEXT NOT NULL,                     -- as written; empty once it is erased
    masked_body TEXT NOT NULL DEFAULT '',   -- what units see: without who wrote it; empty = not made yet
    area_id @int REFERENCES areas (id),     -- where it is about; NULL = not said
    area_name TEXT NOT NULL DEFAULT '',     -- from the county down, as it was called then
    county TEXT NOT NULL DEFAULT '',        -- by name, for lists and figures
    town TEXT NOT NULL DEFAULT '',          -- likewise
    place TEXT NOT NULL DEFAULT '',         -- the spot, in the sender's words
    category TEXT NOT NULL DEFAULT '',      -- code of dictionary mailbox.categories; empty = not triaged
    lead_id @int NOT NULL DEFAULT 0,        -- the letter it runs along with: that one's answer is shown to this sender too; 0 = none
    receipt_hash TEXT NOT NULL DEFAULT '',  -- keyed slow digest of the digits; empty = none (import, erased)
    received_at @int NOT NULL,              -- rounded to the minute, so that nothing can be laid beside a network's log
    triaged_at @int NOT NULL DEFAULT 0,
    assigned_at @int NOT NULL DEFAULT 0,
    due_on @int NOT NULL DEFAULT 0,         -- last day for the answer; 0 = none runs
    replied_at @int NOT NULL DEFAULT 0,     -- of the last answer
    evaluated_at @int NOT NULL DEFAULT 0,
    closed_at @int NOT NULL DEFAULT 0,
    ended TEXT NOT NULL DEFAULT '' CHECK (ended IN ('', 'routed', 'dismissed', 'withdrawn', 'silent', 'solved', 'office')), -- why nothing more happens
    reason TEXT NOT NULL DEFAULT '',        -- code of dictionary mailbox.dismiss_reasons
    guidance TEXT NOT NULL DEFAULT '',      -- what the sender was told when it was routed or dismissed
    reply TEXT NOT NULL DEFAULT '',         -- the answer as the sender reads it
    reply_agency TEXT NOT NULL DEFAULT '',  -- who answers, by name
    verdict TEXT NOT NULL DEFAULT '' CHECK (verdict IN ('', 'solved', 'partly', 'unsolved')), -- the sender's, on the last answer
    verdict_text TEXT NOT NULL DEFAULT '',  -- what he says beside it
    round @int NOT NULL DEFAULT 1,          -- 1, and one more each time it is handled again
    reopened_at @int NOT NULL DEFAULT 0,
    asked_again_at @int NOT NULL DEFAULT 0, -- a month later: whether it is really solved
    still TEXT NOT NULL DEFAULT '' CHECK (still IN ('', 'yes', 'no')), -- what the sender says then
    erased_at @int NOT NULL DEFAULT 0,      -- text and photos were deleted by the rule of retention
    source TEXT NOT NULL DEFAULT '',        -- of what was imported
    source_id TEXT NOT NULL DEFAULT '',
    version @int NOT NULL DEFAULT 1,
    UNIQUE (org_id, id)
);
CREATE UNIQUE INDEX letters_receipt ON letters (receipt_hash) WHERE receipt_hash <> '';
CREATE UNIQUE INDEX letters_source ON letters (org_id, source, source_id) WHERE source_id <> '';
CREATE INDEX letters_newest ON letters (org_id, received_at, id);
CREATE INDEX letters_state ON letters (org_id, state, received_at, id);
CREATE INDEX letters_due ON letters (org_id, due_on, id) WHERE due_on > 0;
CREATE INDEX letters_verdict ON letters (org_id, replied_at, id) WHERE state = 'replied';
CREATE INDEX letters_ended ON letters (org_id, closed_at, id) WHERE closed_at > 0 AND erased_at = 0;
CREATE INDEX letters_lead ON letters (org_id, lead_id, id) WHERE lead_id > 0;

-- Who wrote it, if he said so: sealed, apart from the letter, gone some days after its end.
CREATE TABLE senders (
    id @id,
    org_id @int NOT NULL,
    letter_id @int NOT NULL,
    name_sealed @bytes,                     -- how he wants to be called
    phone_sealed @bytes,                    -- as he typed it
    mail_sealed @bytes,                     -- likewise
    handover @int NOT NULL DEFAULT 0 CHECK (handover IN (0, 1)), -- he agrees that whoever handles it may know him
    FOREIGN KEY (org_id, letter_id) REFERENCES letters (org_id, id)
);
CREATE UNIQUE INDEX senders_letter ON senders (org_id, letter_id);

-- What sender and office say to each other after the letter.
CREATE TABLE letter_messages (
    id @id,
    org_id @int NOT NULL,
    letter_id @int NOT NULL,
    author TEXT NOT NULL CHECK (author IN ('sender', 'office')), -- whose words they are
    text TEXT NOT NULL,
    at @int NOT NULL,                       -- rounded to the minute
    FOREIGN KEY (org_id, letter_id) REFERENCES letters (org_id, id)
);
CREATE INDEX letter_messages_of ON letter_messages (org_id, letter_id, id);

-- What the sender agreed to, by which notice, since when, until when: without who he is. Kept as long as the letter.
CREATE TABLE letter_consents (
    id @id,
    org_id @int NOT NULL,
    letter_id @int NOT NULL,
    purpose TEXT NOT NULL CHECK (purpose IN ('contact', 'handover')), -- to be asked back; to be named to who handles it
    notice TEXT NOT NULL,                   -- version of the text that he read
    given_at @int NOT NULL,
    withdrawn_at @int NOT NULL DEFAULT 0,
    FOREIGN KEY (org_id, letter_id) REFERENCES letters (org_id, id)
);
CREATE INDEX letter_consents_of ON letter_consents (org_id, letter_id, id);
