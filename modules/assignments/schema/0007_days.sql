-- SPDX-License-Identifier: MulanPSL-2.0
-- What days hang on (rules.md 2.3-2.4), the first answer beside the present one, talks counted, consent, advice of a bounce.

ALTER TABLE assignments ADD COLUMN plenary @int NOT NULL DEFAULT 0 CHECK (plenary IN (0, 1)); -- the matter came for the plenary, not between
ALTER TABLE assignments ADD COLUMN party @int NOT NULL DEFAULT 0 CHECK (party IN (0, 1)); -- a party or federation of industry and commerce asks
ALTER TABLE assignments ADD COLUMN first_replied_at @int NOT NULL DEFAULT 0; -- the first reply or contribution; replied_at is the present round's
ALTER TABLE assignments ADD COLUMN first_late @int NOT NULL DEFAULT 0 CHECK (first_late IN (0, 1)); -- that one came behind its day
ALTER TABLE assignments ADD COLUMN talks @int NOT NULL DEFAULT 0;          -- contacts of the present round
ALTER TABLE assignments ADD COLUMN contacted_on @int NOT NULL DEFAULT 0;   -- day of the first talk of all, 0 = none yet
ALTER TABLE assignments ADD COLUMN contact_due_on @int NOT NULL DEFAULT 0; -- last day of it; copy of the clock "contact", 0 = no such day
ALTER TABLE assignments ADD COLUMN contact_warning TEXT NOT NULL DEFAULT '' CHECK (contact_warning IN ('', 'amber', 'red')); -- warned of it
CREATE INDEX assignments_uncontacted ON assignments (org_id, contact_due_on, id) WHERE contact_due_on > 0 AND contacted_on = 0;

ALTER TABLE requests ADD COLUMN advice TEXT NOT NULL DEFAULT '' CHECK (advice IN ('', 'instead', 'also')); -- of a bounce: 改办, 增办 the better agency
ALTER TABLE requests ADD COLUMN consented_on @int NOT NULL DEFAULT 0;      -- of an extension: when the proposer was told or consented
ALTER TABLE requests ADD COLUMN consent_note TEXT NOT NULL DEFAULT '';     -- who, and how
UPDATE requests SET advice = 'instead' WHERE better_agency_id IS NOT NULL;

UPDATE assignments SET
    talks = (SELECT COUNT(*) FROM contacts c WHERE c.org_id = assignments.org_id AND c.assignment_id = assignments.id
             AND c.round = assignments.round),
    contacted_on = COALESCE((SELECT MIN(c.held_on) FROM contacts c WHERE c.org_id = assignments.org_id
             AND c.assignment_id = assignments.id), 0),
    first_replied_at = COALESCE((SELECT MIN(r.delivered_at) FROM replies r WHERE r.org_id = assignments.org_id
             AND r.assignment_id = assignments.id AND r.delivered_at > 0), replied_at);
-- of one done again the clock of its first run knows; was_late is of all of them
UPDATE assignments SET first_late = CASE WHEN round = 1 THEN was_late ELSE COALESCE((SELECT k.was_late FROM clocks k
             WHERE k.org_id = assignments.org_id AND k.flow = 'assignments' AND k.subject_id = assignments.id
             AND k.name = 'handle' AND k.stopped_at > 0 ORDER BY k.id LIMIT 1), was_late) END
    WHERE first_replied_at > 0;
