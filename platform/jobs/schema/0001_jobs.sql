-- SPDX-License-Identifier: MulanPSL-2.0
-- Work that no request waits for: when timers run next, queued work, messages on their way out.

CREATE TABLE timers (
    org_id @int NOT NULL,                  -- 0 = once for the installation
    name TEXT NOT NULL,                    -- as declared, "proposals.warn_due"
    next_at @int NOT NULL,                 -- UTC milliseconds; taking it forward is the lease: one node wins
    last_at @int NOT NULL DEFAULT 0,       -- last run that went well, UTC milliseconds
    failures @int NOT NULL DEFAULT 0,      -- runs that failed since then
    error TEXT NOT NULL DEFAULT '',        -- stable name of the last failure
    PRIMARY KEY (org_id, name)
);
CREATE INDEX timers_next ON timers (next_at);

CREATE TABLE jobs (
    id @id,
    org_id @int NOT NULL,
    name TEXT NOT NULL,                    -- declared job that does the work
    payload TEXT NOT NULL,                 -- its own text
    run_at @int NOT NULL,                  -- not before, UTC milliseconds
    attempts @int NOT NULL DEFAULT 0,      -- runs that failed
    leased_to_at @int NOT NULL DEFAULT 0,  -- somebody works on it until then
    failed_at @int NOT NULL DEFAULT 0,     -- given up; a person must look; 0 = not
    error TEXT NOT NULL DEFAULT '',        -- stable name of the last failure
    queued_at @int NOT NULL                -- UTC milliseconds
);
CREATE INDEX jobs_run ON jobs (run_at, id) WHERE failed_at = 0;
CREATE INDEX jobs_failed ON jobs (org_id, failed_at) WHERE failed_at > 0;

CREATE TABLE outbox (
    id @id,
    org_id @int NOT NULL,
    gateway TEXT NOT NULL,                 -- "mail"
    payload TEXT NOT NULL,                 -- the adapter's own text; emptied once sent
    once_key TEXT NOT NULL,                -- makes it once-only; empty = none
    run_at @int NOT NULL,                  -- not before, UTC milliseconds
    attempts @int NOT NULL DEFAULT 0,      -- sendings that failed
    leased_to_at @int NOT NULL DEFAULT 0,  -- somebody sends it until then
    sent_at @int NOT NULL DEFAULT 0,       -- UTC milliseconds; 0 = not yet
    failed_at @int NOT NULL DEFAULT 0,     -- given up; 0 = not
    error TEXT NOT NULL DEFAULT '',        -- stable name of the last failure
    added_at @int NOT NULL                 -- UTC milliseconds
);
CREATE UNIQUE INDEX outbox_once ON outbox (org_id, once_key) WHERE once_key <> '';
CREATE INDEX outbox_run ON outbox (run_at, id) WHERE sent_at = 0 AND failed_at = 0;
CREATE INDEX outbox_sent ON outbox (org_id, sent_at) WHERE sent_at > 0;
