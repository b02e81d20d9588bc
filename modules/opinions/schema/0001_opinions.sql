-- SPDX-License-Identifier: MulanPSL-2.0
-- Opinions (社情民意信息): what a reporter writes for the committee alone, its versions, who reports it with him.

CREATE TABLE opinions (
    id @id,
    org_id @int NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'kept', 'taken', 'editing', 'signing', 'issued', 'forwarded', 'assigned', 'replied', 'informed')), -- flow opinions
    kind TEXT NOT NULL CHECK (kind IN ('member', 'committee', 'party', 'association', 'sector', 'station', 'county', 'correspondent', 'staff', 'composite')), -- 反映人的类别
    year @int NOT NULL DEFAULT 0,           -- in which it was first sent; 0 = not yet
    serial @int NOT NULL DEFAULT 0,         -- of the year; it stays when it is sent again
    number TEXT NOT NULL DEFAULT '',        -- both in words
    person_id @int NOT NULL DEFAULT 0,      -- who wrote it; 0 = an account without a person
    account_id @int NOT NULL DEFAULT 0,     -- from which it was begun; it tells the writer where there is no person
    reporter_name TEXT NOT NULL,            -- the writer's name, as it was then
    body_id @int NOT NULL DEFAULT 0,        -- in whose name: org, committee or sector by kind; 0 = the writer's own
    body_name TEXT NOT NULL DEFAULT '',      -- its name, as it was then
    joint TEXT NOT NULL DEFAULT '',         -- names of those who report it with him, as typed
    title TEXT NOT NULL,
    situation TEXT NOT NULL DEFAULT '',     -- 情况
    analysis TEXT NOT NULL DEFAULT '',      -- 分析
    suggestions TEXT NOT NULL DEFAULT '',   -- 建议
    category TEXT NOT NULL DEFAULT '',      -- code of dictionary opinions.categories; empty = not said
    urgent @int NOT NULL DEFAULT 0 CHECK (urgent IN (0, 1)), -- 紧急
    urgent_reason TEXT NOT NULL DEFAULT '',  -- why it is
    returned TEXT NOT NULL DEFAULT '',      -- what the desk asks to change; empty = nothing
    keep_reason TEXT NOT NULL DEFAULT '',   -- code of dictionary opinions.keep_reasons
    keep_text TEXT NOT NULL DEFAULT '',     -- what the desk says beside it
    choose_due_on @int NOT NULL DEFAULT 0,  -- last day for the desk to choose; 0 = does not run
    created_at @int NOT NULL,
    updated_at @int NOT NULL,               -- of the last save or step
    submitted_at @int NOT NULL DEFAULT 0,
    taken_at @int NOT NULL DEFAULT 0,
    version @int NOT NULL DEFAULT 1,
    UNIQUE (org_id, id)
);
CREATE INDEX opinions_newest ON opinions (org_id, updated_at, id);
CREATE INDEX opinions_sent ON opinions (org_id, submitted_at, id);
CREATE INDEX opinions_desk ON opinions (org_id, state, urgent, submitted_at, id);
CREATE INDEX opinions_person ON opinions (org_id, person_id, updated_at, id);
CREATE UNIQUE INDEX opinions_serial ON opinions (org_id, year, serial) WHERE serial > 0;

-- The last serial of a year: one row, updated in the transaction that takes one, so there are no gaps.
CREATE TABLE opinion_numbers (
    id @id,
    org_id @int NOT NULL,
    year @int NOT NULL,                     -- in which they are sent
    serial @int NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX opinion_numbers_year ON opinion_numbers (org_id, year);

-- How the text stood at a save, by whom; autosaves of the same five minutes share one.
CREATE TABLE opinion_versions (
    id @id,
    org_id @int NOT NULL,
    opinion_id @int NOT NULL,
    number @int NOT NULL,                   -- the opinion's version when it was kept
    reason TEXT NOT NULL CHECK (reason IN ('autosave', 'save', 'submit', 'edit', 'compose', 'import')),
    title TEXT NOT NULL,
    situation TEXT NOT NULL,
    analysis TEXT NOT NULL,
    suggestions TEXT NOT NULL,
    saved_at @int NOT NULL,
    saved_by @int NOT NULL,                 -- account
    saved_name TEXT NOT NULL,               -- its person's name
    FOREIGN KEY (org_id, opinion_id) REFERENCES opinions (org_id, id)
);
CREATE UNIQUE INDEX opinion_versions_number ON opinion_versions (org_id, opinion_id, number);

-- Who reports it with the writer: asked when it is sent, named once he has agreed.
CREATE TABLE reporters (
    id @id,
    org_id @int NOT NULL,
    opinion_id @int NOT NULL,
    rank @int NOT NULL,                     -- place in the order of names; the writer is 1
    person_id @int NOT NULL,
    name TEXT NOT NULL,
    title TEXT NOT NULL,                    -- of the opinion, as he was asked
    lead_name TEXT NOT NULL,                -- who asks him
    state TEXT NOT NULL CHECK (state IN ('asked', 'joined', 'declined', 'lapsed')), -- flow reporters
    asked_at @int NOT NULL,
    expires_at @int NOT NULL,               -- silence until then = not named
    answered_at @int NOT NULL DEFAULT 0,
    version @int NOT NULL DEFAULT 1,
    UNIQUE (org_id, id),
    FOREIGN KEY (org_id, opinion_id) REFERENCES opinions (org_id, id)
);
CREATE UNIQUE INDEX reporters_once ON reporters (org_id, opinion_id, person_id) WHERE state <> 'lapsed';
CREATE INDEX reporters_of ON reporters (org_id, opinion_id, rank, id);
CREATE INDEX reporters_person ON reporters (org_id, person_id, opinion_id);
CREATE INDEX reporters_due ON reporters (org_id, expires_at, id) WHERE state = 'asked';
