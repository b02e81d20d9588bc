-- SPDX-License-Identifier: MulanPSL-2.0
-- On which matters a person's word is wanted: lists of what came of them ask so.

CREATE INDEX assignment_persons_person ON assignment_persons (org_id, person_id, matter, matter_id);
