-- SPDX-License-Identifier: MulanPSL-2.0
-- The audit log: one hash chain for each organisation, appended only. Words and rules: ../README.md.

CREATE TABLE audits (
    id @id,
    org_id @int NOT NULL,
    seq @int NOT NULL,                  -- 1, 2, 3 … without gaps in the organisation: order comes from here, not from the clock
    at @int NOT NULL,                   -- UTC milliseconds
    account_id @int NOT NULL,           -- who; 0 = nobody signed in, command line or job
    delegator_id @int NOT NULL,         -- account acted for; 0 = as oneself
    name TEXT NOT NULL,                 -- name of who, as it was then
    act TEXT NOT NULL,                  -- "proposals.docket"
    object TEXT NOT NULL,               -- collection
    object_id @int NOT NULL,            -- 0 = none
    before_text TEXT NOT NULL,          -- as it was: short JSON or text
    after_text TEXT NOT NULL,           -- as it is now
    result TEXT NOT NULL CHECK (result IN ('ok', 'refused', 'failed')),
    address TEXT NOT NULL,              -- of the client
    request TEXT NOT NULL,              -- request id
    algorithm TEXT NOT NULL CHECK (algorithm IN ('sm3', 'sha256')), -- of the digest of this row
    digest TEXT NOT NULL                -- hex, over the digest before and this row's other columns
);
CREATE UNIQUE INDEX audits_seq ON audits (org_id, seq);
CREATE INDEX audits_object ON audits (org_id, object, object_id, seq);
CREATE INDEX audits_account ON audits (org_id, account_id, seq);
CREATE INDEX audits_act ON audits (org_id, act, seq);
CREATE INDEX audits_at ON audits (org_id, at, seq);

CREATE TABLE audit_heads (
    org_id @int PRIMARY KEY,            -- one row each: its lock makes writers take turns
    seq @int NOT NULL,                  -- of the last entry
    digest TEXT NOT NULL,               -- of the last entry
    base_seq @int NOT NULL DEFAULT 0,   -- entries up to here were retired after their keeping time
    base_digest TEXT NOT NULL DEFAULT '' -- of that entry; empty = the chain begins at its first entry
);
