-- SPDX-License-Identifier: MulanPSL-2.0
-- agency × role × due × reply, once for everything that is ever assigned: proposals now, letters, opinions, instructions later.
-- `matter` is the collection of what is assigned ("proposals"), `matter_id` its id. The state machine is in assignment_module.c.

CREATE TABLE assignments (
    id @id,
    org_id @int NOT NULL,
    matter TEXT NOT NULL,
    matter_id @int NOT NULL,
    matter_title TEXT NOT NULL,             -- copied when assigned: the inbox needs no join into each kind of matter
    matter_number TEXT NOT NULL DEFAULT '',
    agency_id @int NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('sole', 'host', 'cohost', 'split')),
    state TEXT NOT NULL CHECK (state IN ('assigned', 'accepted', 'bouncing', 'reassigned', 'contributed', 'drafted',
                                         'redrafting', 'replied', 'redoing', 'closed')),
    round @int NOT NULL DEFAULT 1,          -- 1 = first handling, 2 = redone once …
    dispatcher_id @int NOT NULL DEFAULT 0,  -- the body that handed it out; 0 = the cppcc's own office
    assigned_at @int NOT NULL,
    assigned_by @int NOT NULL,
    due_on @int NOT NULL,                   -- copy of the running clock's day, for lists
    accepted_at @int NOT NULL DEFAULT 0,
    accepted_by @int NOT NULL DEFAULT 0,
    replied_at @int NOT NULL DEFAULT 0,     -- delivered reply or contribution
    closed_at @int NOT NULL DEFAULT 0,
    was_late @int NOT NULL DEFAULT 0 CHECK (was_late IN (0, 1)),
    version @int NOT NULL DEFAULT 1,
    UNIQUE (org_id, id),
    FOREIGN KEY (org_id, agency_id) REFERENCES orgs (org_id, id)
);
CREATE UNIQUE INDEX assignments_agency ON assignments (org_id, matter, matter_id, agency_id) WHERE state <> 'reassigned';
CREATE INDEX assignments_inbox ON assignments (org_id, agency_id, state, due_on, id);
CREATE INDEX assignments_state ON assignments (org_id, state, due_on, id);

-- The numbered things that an answer must take up one by one (a proposal's suggestions). Copied when assigned.
CREATE TABLE assignment_items (
    id @id,
    org_id @int NOT NULL,
    matter TEXT NOT NULL,
    matter_id @int NOT NULL,
    number @int NOT NULL,
    text TEXT NOT NULL
);
CREATE UNIQUE INDEX assignment_items_number ON assignment_items (org_id, matter, matter_id, number);

-- "Not ours": asked by the agency within the allowed working days, with the right agency; decided by the assigner.
CREATE TABLE bounces (
    id @id,
    org_id @int NOT NULL,
    assignment_id @int NOT NULL,
    reason TEXT NOT NULL,
    better_agency_id @int, -- the agency that should have it
    asked_at @int NOT NULL,
    asked_by @int NOT NULL,
    decision TEXT NOT NULL DEFAULT '' CHECK (decision IN ('', 'granted', 'refused')),
    decided_at @int NOT NULL DEFAULT 0,
    decided_by @int NOT NULL DEFAULT 0,
    answer TEXT NOT NULL DEFAULT '',
    FOREIGN KEY (org_id, assignment_id) REFERENCES assignments (org_id, id),
    FOREIGN KEY (org_id, better_agency_id) REFERENCES orgs (org_id, id)
);
CREATE INDEX bounces_assignment ON bounces (org_id, assignment_id, id);

CREATE TABLE extensions (
    id @id,
    org_id @int NOT NULL,
    assignment_id @int NOT NULL,
    from_on @int NOT NULL,
    to_on @int NOT NULL,
    reason TEXT NOT NULL,
    asked_at @int NOT NULL,
    asked_by @int NOT NULL,
    decision TEXT NOT NULL DEFAULT '' CHECK (decision IN ('', 'granted', 'refused')),
    decided_at @int NOT NULL DEFAULT 0,
    decided_by @int NOT NULL DEFAULT 0,
    answer TEXT NOT NULL DEFAULT '',
    FOREIGN KEY (org_id, assignment_id) REFERENCES assignments (org_id, id)
);
CREATE INDEX extensions_assignment ON extensions (org_id, assignment_id, id);

-- Talks of agency and proposer.
CREATE TABLE contacts (
    id @id,
    org_id @int NOT NULL,
    assignment_id @int NOT NULL,
    way TEXT NOT NULL CHECK (way IN ('visit', 'meeting', 'phone', 'mail', 'other')),
    held_on @int NOT NULL,
    with_whom TEXT NOT NULL,
    content TEXT NOT NULL,
    recorded_at @int NOT NULL,
    recorded_by @int NOT NULL,
    FOREIGN KEY (org_id, assignment_id) REFERENCES assignments (org_id, id)
);
CREATE INDEX contacts_assignment ON contacts (org_id, assignment_id, held_on);

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
    class TEXT NOT NULL,                    -- dictionary assignments.classes; the meaning is the site's
    opening TEXT NOT NULL,
    closing TEXT NOT NULL,
    number TEXT NOT NULL DEFAULT '',        -- 发文字号, given when signed
    signer TEXT NOT NULL DEFAULT '',        -- 签发人
    operator TEXT NOT NULL,                 -- 联系人
    phone TEXT NOT NULL,
    copies TEXT NOT NULL DEFAULT '',        -- 抄送
    drafted_at @int NOT NULL,
    drafted_by @int NOT NULL,
    signed_at @int NOT NULL DEFAULT 0,
    signed_by @int NOT NULL DEFAULT 0,
    delivered_at @int NOT NULL DEFAULT 0,
    public @int NOT NULL DEFAULT 1 CHECK (public IN (0, 1)), -- may be published with the proposal
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
    result TEXT NOT NULL CHECK (result IN ('adopted', 'partly', 'planned', 'not_adopted')),
    text TEXT NOT NULL,
    FOREIGN KEY (org_id, reply_id) REFERENCES replies (org_id, id)
);
CREATE UNIQUE INDEX reply_answers_number ON reply_answers (org_id, reply_id, number);

-- One row per person whose verdict is wanted, per reply. Blind: the agency sees nothing before the matter is closed.
CREATE TABLE evaluations (
    id @id,
    org_id @int NOT NULL,
    assignment_id @int NOT NULL,
    round @int NOT NULL,
    person_id @int NOT NULL,
    asked_at @int NOT NULL,
    due_on @int NOT NULL,
    given_at @int NOT NULL DEFAULT 0,
    visit TEXT NOT NULL DEFAULT '' CHECK (visit IN ('', 'visited', 'waived', 'not_visited')),
    manner TEXT NOT NULL DEFAULT '' CHECK (manner IN ('', 'satisfied', 'fair', 'dissatisfied')),
    hearing TEXT NOT NULL DEFAULT '' CHECK (hearing IN ('', 'visit', 'phone', 'other', 'none')),
    relevance TEXT NOT NULL DEFAULT '' CHECK (relevance IN ('', 'direct', 'partly', 'beside')),
    handling TEXT NOT NULL DEFAULT '' CHECK (handling IN ('', 'satisfied', 'fair', 'dissatisfied')),
    result TEXT NOT NULL DEFAULT '' CHECK (result IN ('', 'satisfied', 'fair', 'dissatisfied')),
    text TEXT NOT NULL DEFAULT '',
    proxy_account_id @int NOT NULL DEFAULT 0, -- 代签: who gave it on a delegation
    FOREIGN KEY (org_id, assignment_id) REFERENCES assignments (org_id, id)
);
CREATE UNIQUE INDEX evaluations_person ON evaluations (org_id, assignment_id, round, person_id);
CREATE INDEX evaluations_open ON evaluations (org_id, person_id, given_at);
