-- SPDX-License-Identifier: MulanPSL-2.0
-- Who comes near a rule about absences: what was told and when, and whether that still holds. What he missed stands in the ledger alone.

CREATE TABLE warnings (
    id @id,
    org_id @int NOT NULL,
    member_id @int NOT NULL,
    person_id @int NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'seen', 'lifted', 'lapsed')), -- flow warnings
    stage TEXT NOT NULL CHECK (stage IN ('near', 'reached')), -- of the rule
    name TEXT NOT NULL,                       -- of the member, as he was called then
    rule TEXT NOT NULL,                       -- text of the rule
    span TEXT NOT NULL CHECK (span IN ('period', 'two_periods', 'term')), -- how far back it looks
    from_on @int NOT NULL,                    -- first day of that
    count_x1000 @int NOT NULL,                -- how many absences, thousandths
    bound_x1000 @int NOT NULL,                -- from how many on the rule holds
    begun_at @int NOT NULL,
    told_at @int NOT NULL,                    -- when the member was told last
    note TEXT NOT NULL DEFAULT '',            -- what the office did about it
    settler_name TEXT NOT NULL DEFAULT '',    -- who wrote that, as he was called then
    version @int NOT NULL DEFAULT 1,
    UNIQUE (org_id, id),
    UNIQUE (org_id, member_id, rule, from_on),
    FOREIGN KEY (org_id, member_id) REFERENCES members (org_id, id)
);
CREATE INDEX warnings_begun ON warnings (org_id, begun_at, id);
