-- SPDX-License-Identifier: MulanPSL-2.0
-- How many opinions a year each kind of reporter is to send and to see used, from a year on (报送任务, rules.md 3); reminders of a day.

CREATE TABLE quotas (
    id @id,
    org_id @int NOT NULL,
    -- a post of dictionary members.posts, "member" (whoever has none of these), or a kind of group reporter: "party", "sector" …
    target TEXT NOT NULL,
    from_year @int NOT NULL,                -- it holds from this year on, until a later row of the target
    sent @int NOT NULL DEFAULT 0,           -- 应报: how many a year; 0 = none is asked for
    used @int NOT NULL DEFAULT 0,           -- 应采用: how many of them; likewise
    place @int NOT NULL DEFAULT 50,         -- of several posts of a person the least counts
    whole @int NOT NULL DEFAULT 0 CHECK (whole IN (0, 1)), -- of a sector or committee: with what its members report in their own names
    names TEXT NOT NULL DEFAULT '',         -- of reporters that stand in no register (station, county, correspondent): a line each
    version @int NOT NULL DEFAULT 1,
    UNIQUE (org_id, id)
);
CREATE UNIQUE INDEX quotas_target ON quotas (org_id, target, from_year);

CREATE TABLE quota_reminders (
    id @id,
    org_id @int NOT NULL,
    on_on @int NOT NULL,                    -- day
    reminds @int NOT NULL DEFAULT 0         -- on that day
);
CREATE UNIQUE INDEX quota_reminders_day ON quota_reminders (org_id, on_on);
