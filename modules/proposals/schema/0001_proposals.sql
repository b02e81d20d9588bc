-- SPDX-License-Identifier: MulanPSL-2.0
-- Proposals with their signers, numbered suggestions, wished agencies, review findings and kept versions.

CREATE TABLE proposals (
    id @id,
    org_id @int NOT NULL,
    session_id @int NOT NULL,
    timing TEXT NOT NULL CHECK (timing IN ('before', 'during', 'between')),
    kind TEXT NOT NULL CHECK (kind IN ('personal', 'joint', 'democratic', 'association', 'sector', 'group', 'committee', 'township')),
    state TEXT NOT NULL CHECK (state IN ('draft', 'cosigning', 'submitted', 'revising', 'screened', 'docketed', 'rejected',
                                         'merged', 'diverted', 'withdrawn', 'preassigned', 'assigned', 'replied', 'evaluating',
                                         'redoing', 'mediating', 'closed', 'tracking', 'fulfilled', 'archived')),
    serial @int NOT NULL DEFAULT 0,         -- 流水号, per session, on first submission
    docket_no @int NOT NULL DEFAULT 0,      -- 案号, per session without gaps, on docketing
    category TEXT NOT NULL DEFAULT '',      -- dictionary proposals.categories
    title TEXT NOT NULL,                    -- 案由
    consent TEXT NOT NULL DEFAULT '' CHECK (consent IN ('', 'yes', 'no')), -- 是否同意公开
    researched @int NOT NULL DEFAULT 0 CHECK (researched IN (0, 1)),
    proposer_name TEXT NOT NULL DEFAULT '', -- lead's or body's name, for lists
    lead_person_id @int NOT NULL DEFAULT 0, -- 0 = a body's proposal
    signer_count @int NOT NULL DEFAULT 1,   -- lead and cosigners together, for lists
    host_name TEXT NOT NULL DEFAULT '',     -- name of the sole or host agency, for lists
    class TEXT NOT NULL DEFAULT '',         -- class of the latest reply
    satisfaction TEXT NOT NULL DEFAULT '' CHECK (satisfaction IN ('', 'satisfied', 'fair', 'dissatisfied')), -- worst of the last round
    reject_reason TEXT NOT NULL DEFAULT '', -- dictionary proposals.reject_reasons
    destination TEXT NOT NULL DEFAULT '',   -- dictionary proposals.destinations: letter, opinion, refer, none
    receipt TEXT NOT NULL DEFAULT '',       -- keyed slow digest of the 20 digits; the digits are shown once
    digest TEXT NOT NULL DEFAULT '',        -- digest of the text as submitted (receipt page)
    transcribed_by @int NOT NULL DEFAULT 0, -- 代录: account that typed it in for the proposer
    flagship @int NOT NULL DEFAULT 0 CHECK (flagship IN (0, 1)),
    urgent @int NOT NULL DEFAULT 0 CHECK (urgent IN (0, 1)),
    confidential @int NOT NULL DEFAULT 0 CHECK (confidential IN (0, 1)),
    due_on @int NOT NULL DEFAULT 0,         -- day of the clock that runs now, for lists; 0 = none
    was_late @int NOT NULL DEFAULT 0 CHECK (was_late IN (0, 1)), -- an answer came after its day
    created_at @int NOT NULL,
    created_by @int NOT NULL,
    updated_at @int NOT NULL,
    submitted_at @int NOT NULL DEFAULT 0,
    docketed_at @int NOT NULL DEFAULT 0,
    assigned_at @int NOT NULL DEFAULT 0,
    replied_at @int NOT NULL DEFAULT 0,
    closed_at @int NOT NULL DEFAULT 0,
    source TEXT NOT NULL DEFAULT '',
    source_id TEXT NOT NULL DEFAULT '',
    version @int NOT NULL DEFAULT 1,
    -- Long texts last: the short columns are then read without walking a row's overflow pages.
    situation TEXT NOT NULL,
    analysis TEXT NOT NULL,
    consent_reason TEXT NOT NULL DEFAULT '', -- why it should not be published
    research TEXT NOT NULL DEFAULT '',      -- what the research was
    reject_note TEXT NOT NULL DEFAULT '',   -- said to the proposer beside the reason from the list
    UNIQUE (org_id, id),
    FOREIGN KEY (org_id, session_id) REFERENCES sessions (org_id, id)
);
CREATE UNIQUE INDEX proposals_docket ON proposals (org_id, session_id, docket_no) WHERE docket_no > 0;
CREATE UNIQUE INDEX proposals_serial ON proposals (org_id, session_id, serial) WHERE serial > 0;
CREATE UNIQUE INDEX proposals_receipt ON proposals (receipt) WHERE receipt <> '';
CREATE UNIQUE INDEX proposals_source ON proposals (org_id, source, source_id) WHERE source_id <> '';
CREATE INDEX proposals_newest ON proposals (org_id, submitted_at, id);
CREATE INDEX proposals_state ON proposals (org_id, state, submitted_at, id);
CREATE INDEX proposals_session ON proposals (org_id, session_id, submitted_at, id);
CREATE INDEX proposals_category ON proposals (org_id, category, submitted_at, id);
CREATE INDEX proposals_due ON proposals (org_id, due_on, id);
CREATE INDEX proposals_lead ON proposals (org_id, lead_person_id, submitted_at, id);

CREATE TABLE proposers (
    id @id,
    org_id @int NOT NULL,
    proposal_id @int NOT NULL,
    rank @int NOT NULL,                     -- 1 = lead
    person_id @int NOT NULL DEFAULT 0,      -- 0 = a body
    body_id @int NOT NULL DEFAULT 0,        -- org, sector or committee by the proposal's kind
    name TEXT NOT NULL,                     -- as at submission
    contact TEXT NOT NULL DEFAULT '',       -- employer and job as at submission
    state TEXT NOT NULL CHECK (state IN ('asked', 'cosigned', 'declined', 'lapsed')),
    asked_at @int NOT NULL DEFAULT 0,
    answered_at @int NOT NULL DEFAULT 0,
    FOREIGN KEY (org_id, proposal_id) REFERENCES proposals (org_id, id)
);
CREATE UNIQUE INDEX proposers_rank ON proposers (org_id, proposal_id, rank);
CREATE INDEX proposers_person ON proposers (org_id, person_id, proposal_id);

CREATE TABLE suggestions (
    id @id,
    org_id @int NOT NULL,
    proposal_id @int NOT NULL,
    number @int NOT NULL,
    text TEXT NOT NULL,
    FOREIGN KEY (org_id, proposal_id) REFERENCES proposals (org_id, id)
);
CREATE UNIQUE INDEX suggestions_number ON suggestions (org_id, proposal_id, number);

CREATE TABLE wishes (
    id @id,
    org_id @int NOT NULL,
    proposal_id @int NOT NULL,
    agency_id @int NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('host', 'cohost')),
    by_whom TEXT NOT NULL CHECK (by_whom IN ('proposer', 'reviewer')), -- the reviewer's wish is kept apart from the proposer's
    FOREIGN KEY (org_id, proposal_id) REFERENCES proposals (org_id, id),
    FOREIGN KEY (org_id, agency_id) REFERENCES orgs (org_id, id)
);
CREATE UNIQUE INDEX wishes_agency ON wishes (org_id, proposal_id, by_whom, agency_id);

CREATE TABLE findings (
    id @id,
    org_id @int NOT NULL,
    proposal_id @int NOT NULL,
    verb TEXT NOT NULL,                     -- the step it was written at: revise, docket, reject …
    text TEXT NOT NULL,
    written_at @int NOT NULL,
    written_by @int NOT NULL,
    FOREIGN KEY (org_id, proposal_id) REFERENCES proposals (org_id, id)
);
CREATE INDEX findings_proposal ON findings (org_id, proposal_id, id);

CREATE TABLE proposal_versions (
    id @id,
    org_id @int NOT NULL,
    proposal_id @int NOT NULL,
    number @int NOT NULL,                   -- the proposal's version when it was kept
    title TEXT NOT NULL,
    body TEXT NOT NULL,                     -- the parts as JSON text: situation, analysis, suggestions, research
    reason TEXT NOT NULL CHECK (reason IN ('autosave', 'save', 'submit', 'revise', 'staff', 'import')),
    saved_at @int NOT NULL,
    saved_by @int NOT NULL,
    FOREIGN KEY (org_id, proposal_id) REFERENCES proposals (org_id, id)
);
CREATE UNIQUE INDEX proposal_versions_number ON proposal_versions (org_id, proposal_id, number);

-- The next numbers of a session: one row, updated in the transaction that takes one, so there are no gaps.
CREATE TABLE proposal_numbers (
    id @id,
    org_id @int NOT NULL,
    session_id @int NOT NULL,
    serial @int NOT NULL DEFAULT 0,
    docket_no @int NOT NULL DEFAULT 0,
    FOREIGN KEY (org_id, session_id) REFERENCES sessions (org_id, id)
);
CREATE UNIQUE INDEX proposal_numbers_session ON proposal_numbers (org_id, session_id);
