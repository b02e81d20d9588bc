-- SPDX-License-Identifier: MulanPSL-2.0
-- Messages to people: one row for each account told, and where else it wants to be told.

CREATE TABLE deliveries (
    id @id,
    org_id @int NOT NULL,
    account_id @int NOT NULL,             -- who was told
    words TEXT NOT NULL,                  -- worded when it was sent
    url TEXT NOT NULL,                    -- own path it leads to; empty = none
    once_key TEXT NOT NULL,               -- the same again is dropped; empty = never
    sent_at @int NOT NULL,                -- UTC milliseconds
    read_at @int NOT NULL DEFAULT 0       -- UTC milliseconds; 0 = unread
);
CREATE INDEX deliveries_account ON deliveries (org_id, account_id, id);
CREATE INDEX deliveries_unread ON deliveries (org_id, account_id, id) WHERE read_at = 0;
CREATE UNIQUE INDEX deliveries_once ON deliveries (org_id, account_id, once_key) WHERE once_key <> '';
CREATE INDEX deliveries_sent ON deliveries (org_id, sent_at);

CREATE TABLE gateway_addresses (
    org_id @int NOT NULL,
    account_id @int NOT NULL,             -- whose
    gateway TEXT NOT NULL,                -- "mail"
    address TEXT NOT NULL,                -- as the gateway needs it
    active @int NOT NULL CHECK (active IN (0, 1)), -- wants messages there too
    changed_at @int NOT NULL,             -- UTC milliseconds
    PRIMARY KEY (org_id, account_id, gateway)
);
