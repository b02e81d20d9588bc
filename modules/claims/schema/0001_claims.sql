-- SPDX-License-Identifier: MulanPSL-2.0
-- What members report of their duties, or the office records for them (履职申报), and what they object to in the ledger (更正申请).

CREATE TABLE claims (
    id @id,
    org_id @int NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('submitted', 'revising', 'approved', 'withdrawn', 'annulled')), -- flow claims
    member_id @int NOT NULL,              -- who reports it for himself; 0 = the office recorded it
    person_id @int NOT NULL,              -- of him; else 0
    kind TEXT NOT NULL,                   -- of the ledger, dictionary claims.kinds
    label TEXT NOT NULL,                  -- what that is called, as it was called then
    happened_on @int NOT NULL,
    quantity @int NOT NULL,               -- how many, whole ones
    people @int NOT NULL,                 -- rows of claimants
    names TEXT NOT NULL,                  -- their names, of many the first
    title TEXT NOT NULL,                  -- in one line
    text TEXT NOT NULL,
    reason TEXT NOT NULL DEFAULT '',      -- why it came back, or was annulled
    filed_at @int NOT NULL,
    filer_name TEXT NOT NULL,             -- who wrote it, as he was called then
    decided_at @int NOT NULL DEFAULT 0,   -- of the newest decision
    decider_name TEXT NOT NULL DEFAULT '', -- who decided, as he was called then
    version @int NOT NULL DEFAULT 1,
    UNIQUE (org_id, id)
);
CREATE INDEX claims_filed ON claims (org_id, filed_at, id);
CREATE INDEX claims_happened ON claims (org_id, happened_on, id);
CREATE INDEX claims_same ON claims (org_id, kind, happened_on);

-- Who did it; each of them gets a row of the ledger.
CREATE TABLE claimants (
    id @id,
    org_id @int NOT NULL,
    claim_id @int NOT NULL,
    member_id @int NOT NULL,
    person_id @int NOT NULL,
    name TEXT NOT NULL,                   -- as he was called then
    UNIQUE (org_id, id),
    FOREIGN KEY (org_id, claim_id) REFERENCES claims (org_id, id),
    FOREIGN KEY (org_id, member_id) REFERENCES members (org_id, id)
);
CREATE UNIQUE INDEX claimants_once ON claimants (org_id, claim_id, member_id);
CREATE INDEX claimants_member ON claimants (org_id, member_id, claim_id);

CREATE TABLE appeals (
    id @id,
    org_id @int NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('asked', 'corrected', 'explained', 'withdrawn')), -- flow appeals
    member_id @int NOT NULL,
    person_id @int NOT NULL,
    name TEXT NOT NULL,                   -- of the member, as he was called then
    entry_id @int NOT NULL,               -- which row of the ledger; 0 = one that is missing
    label TEXT NOT NULL,                  -- what that row is called, or that it is missing
    happened_on @int NOT NULL,            -- its day, or that of what is missing
    text TEXT NOT NULL,                   -- what is wrong
    way TEXT NOT NULL DEFAULT '' CHECK (way IN ('', 'strike', 'source', 'recorded')), -- how it was corrected
    answer TEXT NOT NULL DEFAULT '',
    asked_at @int NOT NULL,
    answered_at @int NOT NULL DEFAULT 0,
    answerer_name TEXT NOT NULL DEFAULT '', -- who answered, as he was called then
    version @int NOT NULL DEFAULT 1,
    UNIQUE (org_id, id),
    FOREIGN KEY (org_id, member_id) REFERENCES members (org_id, id)
);
CREATE INDEX appeals_asked ON appeals (org_id, asked_at, id);
CREATE INDEX appeals_member ON appeals (org_id, member_id, id);
CREATE UNIQUE INDEX appeals_open ON appeals (org_id, entry_id) WHERE state = 'asked' AND entry_id > 0;
