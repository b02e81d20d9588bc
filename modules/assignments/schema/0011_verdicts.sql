-- SPDX-License-Identifier: MulanPSL-2.0
-- Whose verdict is asked for, where several matters are answered together: of each its persons or, where it has none, the body
-- that is named first; the first of each is its lead (setting assignments.close_rule).
ALTER TABLE assignment_persons ADD COLUMN verdict TEXT NOT NULL DEFAULT ''; -- asked; lead: asked, and the first of a matter; '' = not asked
ALTER TABLE evaluations ADD COLUMN position @int NOT NULL DEFAULT 0;        -- place among the matter's persons
ALTER TABLE evaluations ADD COLUMN is_lead @int NOT NULL DEFAULT 0;         -- 1 = of the first of a matter
UPDATE assignment_persons SET verdict = 'asked' WHERE person_id > 0;
UPDATE assignment_persons SET verdict = 'lead' WHERE person_id > 0 AND position = (SELECT MIN(o.position) FROM assignment_persons o WHERE
    o.org_id = assignment_persons.org_id AND o.matter = assignment_persons.matter AND o.matter_id = assignment_persons.matter_id AND o.person_id > 0);
UPDATE assignment_persons SET verdict = 'lead' WHERE position = 1 AND NOT EXISTS (SELECT 1 FROM assignment_persons o WHERE
    o.org_id = assignment_persons.org_id AND o.matter = assignment_persons.matter AND o.matter_id = assignment_persons.matter_id AND o.person_id > 0);
UPDATE evaluations SET is_lead = 1 WHERE id = (SELECT MIN(o.id) FROM evaluations o WHERE o.org_id = evaluations.org_id AND
    o.assignment_id = evaluations.assignment_id AND o.round = evaluations.round);
UPDATE evaluations SET position = COALESCE((SELECT MIN(p.position) FROM assignments a JOIN assignment_persons p ON p.org_id = a.org_id AND
    p.matter = a.matter AND p.matter_id = a.matter_id WHERE a.org_id = evaluations.org_id AND a.id = evaluations.assignment_id AND
    p.person_id = evaluations.person_id AND p.verdict <> ''), 0);
-- Several bodies can be asked now: the place tells them apart, not the person.
CREATE UNIQUE INDEX evaluations_asked_once ON evaluations (org_id, assignment_id, round, person_id, position);
DROP INDEX evaluations_person;
