-- SPDX-License-Identifier: MulanPSL-2.0
-- Submissions that were answered, kept for 24 hours so that a second one with the same key gets the first one's answer. Not data of
-- an organisation: the token already binds account (or anonymous browser) and key.
CREATE TABLE idempotency (
    token TEXT PRIMARY KEY,     -- SHA-256 of account or visitor and key, hexadecimal
    request TEXT NOT NULL,      -- SHA-256 of method, path and input: the same key for something else is refused
    status @int NOT NULL,       -- HTTP status of the answer; 0 while the first submission is under way
    location TEXT,              -- where the answer redirected to; NULL = it did not
    type TEXT,                  -- media type of the kept body; NULL = none
    body @bytes,                -- the answer's body, at most 64 KiB
    created_at @int NOT NULL    -- UTC milliseconds
);
CREATE INDEX idempotency_by_age ON idempotency (created_at);
