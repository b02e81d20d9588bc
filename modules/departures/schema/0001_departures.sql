-- SPDX-License-Identifier: MulanPSL-2.0
-- How members leave: what was asked and decided, and what was in hand. The dated act itself stands in changes (modules/members).

CREATE TABLE departures (
    id @id,
    org_id @int NOT NULL,
    member_id @int NOT NULL,
    person_id @int NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('asked', 'withdrawn', 'declined', 'unratified', 'annulled', 'left', 'closed')), -- flow departures
    act TEXT NOT NULL,                        -- how the seat ends or ended: a leaving act of MEMBER_ACT_KINDS
    name TEXT NOT NULL,                       -- of the member, as he was called then
    words TEXT NOT NULL DEFAULT '',           -- his own letter; empty = he did not ask
    begun_at @int NOT NULL,                   -- asked, else recorded
    on_on @int NOT NULL DEFAULT 0,            -- day of the decision; 0 = not yet
    organ TEXT NOT NULL DEFAULT '',           -- who decided it
    document TEXT NOT NULL DEFAULT '',
    reason TEXT NOT NULL DEFAULT '',          -- of the decision
    answered_on @int NOT NULL DEFAULT 0,      -- when the standing committee ratified a revocation, or did not
    answer_organ TEXT NOT NULL DEFAULT '',    -- which meeting that was
    answer_document TEXT NOT NULL DEFAULT '', -- number of its paper
    note TEXT NOT NULL DEFAULT '',            -- why not agreed to or not ratified; then how what was in hand was arranged
    closed_at @int NOT NULL DEFAULT 0,
    closer_name TEXT NOT NULL DEFAULT '',     -- who arranged it, as he was called then
    version @int NOT NULL DEFAULT 1,
    UNIQUE (org_id, id),
    FOREIGN KEY (org_id, member_id) REFERENCES members (org_id, id)
);
-- One letter at a time.
CREATE UNIQUE INDEX departures_asked ON departures (org_id, member_id) WHERE state = 'asked';
CREATE INDEX departures_member ON departures (org_id, member_id, id);
CREATE INDEX departures_begun ON departures (org_id, begun_at, id);

-- What is in a person's hands and not over. others: who signed it with him. A draft is nobody's to read but its writer's: it has no title here.
CREATE VIEW departure_hands AS
SELECT p.org_id, p.lead_person_id AS person_id, 'proposals' AS kind, p.id AS source_id, p.state,
    CASE WHEN p.state IN ('draft', 'cosigning') THEN '' ELSE p.title END AS title,
    (SELECT COUNT(*) FROM proposers o WHERE o.org_id = p.org_id AND o.proposal_id = p.id AND o.person_id > 0
        AND o.person_id <> p.lead_person_id AND o.state = 'cosigned') AS others
FROM proposals p WHERE p.lead_person_id > 0 AND p.state NOT IN ('rejected', 'diverted', 'withdrawn', 'closed', 'fulfilled', 'archived')
UNION ALL SELECT o.org_id, o.person_id, 'opinions' AS kind, o.id AS source_id, o.state, CASE WHEN o.state = 'draft' THEN '' ELSE o.title END AS title,
    (SELECT COUNT(*) FROM reporters r WHERE r.org_id = o.org_id AND r.opinion_id = o.id AND r.person_id > 0 AND r.person_id <> o.person_id
        AND r.state = 'joined') AS others
FROM opinions o WHERE o.person_id > 0 AND o.kind = 'member' AND o.state NOT IN ('informed', 'kept');
