-- SPDX-License-Identifier: MulanPSL-2.0
-- An answer's way out: checked in the agency, signed, released by who hands out; whether the first one was an answer in the
-- strict sense (rules.md 2.6); a refused bounce that is contested (2.3); two further questions of the form.

ALTER TABLE replies ADD COLUMN vetted_at @int NOT NULL DEFAULT 0;       -- 核稿, 0 = not, or not since it was last handed in
ALTER TABLE replies ADD COLUMN vetted_by @int NOT NULL DEFAULT 0;       -- account
ALTER TABLE replies ADD COLUMN signed_class TEXT NOT NULL DEFAULT '';   -- class as signed; class is the delivered one
ALTER TABLE replies ADD COLUMN examined_at @int NOT NULL DEFAULT 0;     -- released after signing, 0 = it went out by signing
ALTER TABLE replies ADD COLUMN examined_by @int NOT NULL DEFAULT 0;     -- account
UPDATE replies SET signed_class = class WHERE signed_at > 0;

ALTER TABLE assignments ADD COLUMN held_at @int NOT NULL DEFAULT 0;     -- signed and waiting to be released since, 0 = not
ALTER TABLE assignments ADD COLUMN strict @int NOT NULL DEFAULT 0 CHECK (strict IN (0, 1)); -- 严格口径: what holds at the first delivery; 0 of older ones
ALTER TABLE assignments ADD COLUMN disputed @int NOT NULL DEFAULT 0 CHECK (disputed IN (0, 1, 2, 3)); -- 0 none, 1 open, 2 heard, 3 decided
ALTER TABLE assignments ADD COLUMN disputed_at @int NOT NULL DEFAULT 0; -- when the refusal was contested
ALTER TABLE assignments ADD COLUMN settled_at @int NOT NULL DEFAULT 0;  -- when that was decided
ALTER TABLE assignments ADD COLUMN decider TEXT NOT NULL DEFAULT '';    -- the leader who decided, by name

ALTER TABLE evaluations ADD COLUMN agreement TEXT NOT NULL DEFAULT '' CHECK (agreement IN ('', 'agree', 'understand', 'reserve', 'disagree')); -- 对答复意见
ALTER TABLE evaluations ADD COLUMN leader_replied TEXT NOT NULL DEFAULT '' CHECK (leader_replied IN ('', 'yes', 'no')); -- 团体提案: 分管领导是否答复
