-- SPDX-License-Identifier: MulanPSL-2.0
-- agency × role × due × reply, once for everything that is ever assigned: proposals now, letters, opinions, instructions later.
-- `matter` is the collection of what is assigned ("proposals"), `matter_id` its id. The state machine is in assignment_module.c.

CREATE TABLE assignments (
    id @id,
    org_id @int NOT NULL,
    matter TEXT NOT NULL,                   -- collection of what is assigned: "proposals"
    matter_id @int NOT NULL,
    matter_title TEXT NOT NULL,             -- copied when assigned: the inbox needs no join into each kind of matter
    matter_number TEXT NOT NULL DEFAULT '', -- copied likewise
    agency_id @int NOT NULL,                -- orgs.id
    agency_name TEXT NOT NULL,              -- name of the agency on the day it was assigned
    role TEXT NOT NULL CHECK (role IN ('sole', 'host', 'cohost', 'split')), -- who answers the proposer: all but cohosts
    state TEXT NOT NULL CHECK (state IN ('assigned', 'accepted', 'bouncing', 'reassigned', 'contributed', 'drafted',
                                         'redrafting', 'replied', 'redoing', 'closed')),
    round @int NOT NULL DEFAULT 1,          -- 1 = first handling, 2 = redone once …
    dispatcher_id @int NOT NULL DEFAULT 0,  -- the body that handed it out; 0 = the cppcc's own office
    assigned_at @int NOT NULL,
    assigned_by @int NOT NULL,
    accept_due_on @int NOT NULL DEFAULT 0,  -- last day to take it; copy of the clock "accept", for lists
    due_on @int NOT NULL,                   -- last day of the reply or contribution; copy of the clock "handle", for lists
    accepted_at @int NOT NULL DEFAULT 0,
    accepted_by @int NOT NULL DEFAULT 0,
    replied_at @int NOT NULL DEFAULT 0,     -- delivered reply or contribution
    closed_at @int NOT NULL DEFAULT 0,
    was_late @int NOT NULL DEFAULT 0 CHECK (was_late IN (0, 1)), -- kept for the yearly figures
    warning TEXT NOT NULL DEFAULT '' CHECK (warning IN ('', 'amber', 'red')), -- what the agency has been warned of in this stage
    version @int NOT NULL DEFAULT 1,
    UNIQUE (org_id, id),
    FOREIGN KEY (org_id, agency_id) REFERENCES orgs (org_id, id)
);
CREATE UNIQUE INDEX assignments_agency ON assignments (org_id, matter, matter_id, agency_id) WHERE state <> 'reassigned';
CREATE INDEX assignments_matter ON assignments (org_id, matter, matter_id, id);
CREATE INDEX assignments_inbox ON assignments (org_id, agency_id, state, due_on, id);
CREATE INDEX assignments_agency_due ON assignments (org_id, agency_id, due_on, id);
CREATE INDEX assignments_state ON assignments (org_id, state, due_on, id);
CREATE INDEX assignments_due ON assignments (org_id, due_on, id);
CREATE INDEX assignments_assigned ON assignments (org_id, assigned_at, id);

-- The numbered things that an answer must take up one by one (a proposal's suggestions). Copied when assigned.
CREATE TABLE assignment_items (
    id @id,
    org_id @int NOT NULL,
    matter TEXT NOT NULL,                   -- collection of what is assigned
    matter_id @int NOT NULL,
    number @int NOT NULL,
    text TEXT NOT NULL
);
CREATE UNIQUE INDEX assignment_items_number ON assignment_items (org_id, matter, matter_id, number);

-- Whom the answer is for and whose verdict is wanted: every signer. Copied when assigned.
CREATE TABLE assignment_persons (
    id @id,
    org_id @int NOT NULL,
    matter TEXT NOT NULL,                   -- collection of what is assigned
    matter_id @int NOT NULL,
    position @int NOT NULL,
    person_id @int NOT NULL,                -- 0 = a body, which is addressed but has nobody to evaluate
    name TEXT NOT NULL
);
CREATE UNIQUE INDEX assignment_persons_position ON assignment_persons (org_id, matter, matter_id, position);

-- "Not ours": asked by the agency within the allowed working days, with the right agency; decided by the dispatcher.
CREATE TABLE requests (
    id @id,
    org_id @int NOT NULL,
    assignment_id @int NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('bounce', 'extension')),
    reason TEXT NOT NULL,                   -- why it is not theirs, or takes longer
    better_agency_id @int,                  -- of a bounce: who should have it; NULL = they do not know
    from_on @int NOT NULL,                  -- of an extension: the day that it had; else 0
    to_on @int NOT NULL,                    -- of an extension: the day that is asked for; else 0
    asked_at @int NOT NULL,
    asked_by @int NOT NULL,
    decision TEXT NOT NULL DEFAULT '' CHECK (decision IN ('', 'granted', 'refused')),
    decided_at @int NOT NULL DEFAULT 0,
    decided_by @int NOT NULL DEFAULT 0,
    answer TEXT NOT NULL DEFAULT '',
    FOREIGN KEY (org_id, assignment_id) REFERENCES assignments (org_id, id),
    FOREIGN KEY (org_id, better_agency_id) REFERENCES orgs (org_id, id)
);
CREATE INDEX requests_assignment ON requests (org_id, assignment_id, kind, id);
CREATE INDEX requests_open ON requests (org_id, kind, asked_at, id) WHERE decision = '';

-- Talks of agency and proposer.
CREATE TABLE contacts (
    id @id,
    org_id @int NOT NULL,
    assignment_id @int NOT NULL,
    round @int NOT NULL,                    -- round of the assignment when it was held
    way TEXT NOT NULL,                      -- dictionary assignments.contact_ways: visit, meeting, phone, mail, other
    held_on @int NOT NULL,
    with_whom TEXT NOT NULL,                -- name or names, as the agency writes them
    content TEXT NOT NULL,                  -- what was said
    recorded_at @int NOT NULL,
    recorded_by @int NOT NULL,
    FOREIGN KEY (org_id, assignment_id) REFERENCES assignments (org_id, id)
);
CREATE INDEX contacts_assignment ON contacts (org_id, assignment_id, held_on, id);

-- A cohost's text to the host: it does not answer the proposer.
CREATE TABLE contributions (
    id @id,
    org_id @int NOT NULL,
    assignment_id @int NOT NULL,
    body TEXT NOT NULL,
    operator TEXT NOT NULL,                 -- who may be asked
    phone TEXT NOT NULL,                    -- office telephone
    given_at @int NOT NULL,
    given_by @int NOT NULL,
    FOREIGN KEY (org_id, assignment_id) REFERENCES assignments (org_id, id)
);
CREATE INDEX contributions_assignment ON contributions (org_id, assignment_id, id);

CREATE TABLE replies (
    id @id,
    org_id @int NOT NULL,
    assignment_id @int NOT NULL,
    round @int NOT NULL,
    class TEXT NOT NULL,                    -- dictionary assignments.classes, empty in a draft; the meaning is the site's
    opening TEXT NOT NULL,                  -- before the answers
    closing TEXT NOT NULL,                  -- behind the answers
    number TEXT NOT NULL DEFAULT '',        -- 发文字号, given when signed
    signer TEXT NOT NULL DEFAULT '',        -- 签发人
    operator TEXT NOT NULL,                 -- 联系人
    phone TEXT NOT NULL,                    -- office telephone
    copies TEXT NOT NULL DEFAULT '',        -- 抄送
    public @int NOT NULL DEFAULT 1 CHECK (public IN (0, 1)), -- may be published with the proposal
    drafted_at @int NOT NULL,
    drafted_by @int NOT NULL,
    signed_at @int NOT NULL DEFAULT 0,
    signed_by @int NOT NULL DEFAULT 0,
    delivered_at @int NOT NULL DEFAULT 0,
    version @int NOT NULL DEFAULT 1,
    UNIQUE (org_id, id),
    FOREIGN KEY (org_id, assignment_id) REFERENCES assignments (org_id, id)
);
CREATE UNIQUE INDEX replies_round ON replies (org_id, assignment_id, round);
CREATE UNIQUE INDEX replies_number ON replies (org_id, number) WHERE number <> '';

CREATE TABLE reply_answers (
    id @id,
    org_id @int NOT NULL,
    reply_id @int NOT NULL,
    number @int NOT NULL,                   -- of the assignment item
    result TEXT NOT NULL CHECK (result IN ('', 'adopted', 'partly', 'planned', 'not_adopted')), -- empty only in a draft
    text TEXT NOT NULL,
    FOREIGN KEY (org_id, reply_id) REFERENCES replies (org_id, id)
);
CREATE UNIQUE INDEX reply_answers_number ON reply_answers (org_id, reply_id, number);

-- The last number given under a 机关代字 in a year: two agencies with the same one share the sequence.
CREATE TABLE reply_numbers (
    org_id @int NOT NULL,
    prefix TEXT NOT NULL,                   -- 机关代字
    year @int NOT NULL,                     -- 2026
    last @int NOT NULL,                     -- highest number given
    PRIMARY KEY (org_id, prefix, year)
);

-- One row per person whose verdict is wanted, per reply. Blind: the agency sees nothing before the matter is closed.
CREATE TABLE evaluations (
    id @id,
    org_id @int NOT NULL,
    assignment_id @int NOT NULL,
    round @int NOT NULL,
    person_id @int NOT NULL,
    person_name TEXT NOT NULL,              -- as the matter names the signer
    asked_at @int NOT NULL,
    due_on @int NOT NULL,
    given_at @int NOT NULL DEFAULT 0,
    reminded_at @int NOT NULL DEFAULT 0,
    visit TEXT NOT NULL DEFAULT '' CHECK (visit IN ('', 'visited', 'waived', 'not_visited')), -- 走访
    manner TEXT NOT NULL DEFAULT '' CHECK (manner IN ('', 'satisfied', 'fair', 'dissatisfied')), -- 办理人员态度
    hearing TEXT NOT NULL DEFAULT '' CHECK (hearing IN ('', 'visit', 'phone', 'other', 'none')), -- 听取意见方式
    relevance TEXT NOT NULL DEFAULT '' CHECK (relevance IN ('', 'direct', 'partly', 'beside')), -- 答复是否针对
    handling TEXT NOT NULL DEFAULT '' CHECK (handling IN ('', 'satisfied', 'fair', 'dissatisfied')), -- 对办理工作
    result TEXT NOT NULL DEFAULT '' CHECK (result IN ('', 'satisfied', 'fair', 'dissatisfied')), -- 对办理结果
    text TEXT NOT NULL DEFAULT '',
    proxy_account_id @int NOT NULL DEFAULT 0, -- 代签: who gave it on a delegation
    FOREIGN KEY (org_id, assignment_id) REFERENCES assignments (org_id, id)
);
CREATE UNIQUE INDEX evaluations_person ON evaluations (org_id, assignment_id, round, person_id);
CREATE INDEX evaluations_open ON evaluations (org_id, person_id, given_at, due_on);
CREATE INDEX evaluations_due ON evaluations (org_id, due_on, id) WHERE given_at = 0 AND reminded_at = 0;
