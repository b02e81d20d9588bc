-- SPDX-License-Identifier: MulanPSL-2.0
-- What was not docketed, passed to a body for reference (rules.md 2.2): no answer is due, it may say what it made of it.

CREATE TABLE referrals (
    id @id,
    org_id @int NOT NULL,
    proposal_id @int NOT NULL,
    title TEXT NOT NULL,                    -- of the proposal, as it was then
    number TEXT NOT NULL,
    agency_id @int NOT NULL,
    agency_name TEXT NOT NULL,              -- of the body
    remark TEXT NOT NULL,                   -- of who passes it on; may be empty
    referred_at @int NOT NULL,
    referred_by @int NOT NULL,
    note TEXT NOT NULL DEFAULT '',          -- what the body made of it
    noted_at @int NOT NULL DEFAULT 0,
    noted_by @int NOT NULL DEFAULT 0,
    version @int NOT NULL DEFAULT 1,
    UNIQUE (org_id, id),
    UNIQUE (org_id, proposal_id, agency_id)
);
CREATE INDEX referrals_agency ON referrals (org_id, agency_id, referred_at, id);
CREATE INDEX referrals_referred ON referrals (org_id, referred_at, id);
