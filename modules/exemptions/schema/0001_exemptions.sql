-- SPDX-License-Identifier: MulanPSL-2.0
-- Members who are not assessed for a time (免予考核): why, which days, who decided it. What follows is worked out by modules/scores.

CREATE TABLE exemptions (
    id @id,
    org_id @int NOT NULL,
    member_id @int NOT NULL,
    person_id @int NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('granted', 'undone')), -- flow exemptions
    effect TEXT NOT NULL CHECK (effect IN ('years', 'days')), -- years that it touches are not assessed; only these days do not count
    ground TEXT NOT NULL CHECK (ground IN ('illness', 'study', 'posting', 'leadership', 'other')),
    name TEXT NOT NULL,                       -- of the member, as he was called then
    words TEXT NOT NULL,                      -- the reason
    from_on @int NOT NULL,
    to_on @int NOT NULL,                      -- the last day
    organ TEXT NOT NULL,                      -- who decided it
    decided_on @int NOT NULL,
    document TEXT NOT NULL DEFAULT '',        -- number of its paper
    granted_at @int NOT NULL,                 -- when it was put down
    granter_name TEXT NOT NULL,               -- by whom, as he was called then
    note TEXT NOT NULL DEFAULT '',            -- why it was shortened or undone
    version @int NOT NULL DEFAULT 1,
    UNIQUE (org_id, id),
    FOREIGN KEY (org_id, member_id) REFERENCES members (org_id, id)
);
CREATE INDEX exemptions_member ON exemptions (org_id, member_id, from_on);
CREATE INDEX exemptions_granted ON exemptions (org_id, granted_at, id);
