-- SPDX-License-Identifier: MulanPSL-2.0
-- What people say weighs on them without use (减负投诉), and what became of it.

CREATE TABLE burdens (
    id @id,
    org_id @int NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('asked', 'answered')), -- flow burdens
    kind TEXT NOT NULL,                   -- dictionary burdens.kinds
    label TEXT NOT NULL,                  -- what that is called, as it was called then
    place TEXT NOT NULL,                  -- which form, meeting or task
    words TEXT NOT NULL,                  -- what weighs, and why
    via TEXT NOT NULL CHECK (via IN ('signed', 'hidden', 'public')), -- with his name; without; by who is not signed in
    person_id @int NOT NULL,              -- who is told of the answer; 0 = nobody knows. Of a hidden one it is read for that alone
    name TEXT NOT NULL,                   -- as he was called then; empty = staff do not learn it
    month @int NOT NULL,                  -- of asking, in China: 202611
    asked_at @int NOT NULL,
    way TEXT NOT NULL DEFAULT '' CHECK (way IN ('', 'dropped', 'eased', 'kept')), -- what became of the burden
    answer TEXT NOT NULL DEFAULT '',
    published @int NOT NULL DEFAULT 0,    -- 1 = what was asked about, and the answer, stand on the public page
    answered_at @int NOT NULL DEFAULT 0,
    answerer_name TEXT NOT NULL DEFAULT '', -- as he was called then
    version @int NOT NULL DEFAULT 1,
    UNIQUE (org_id, id)
);
CREATE INDEX burdens_asked ON burdens (org_id, asked_at, id);
CREATE INDEX burdens_month ON burdens (org_id, month, kind);
CREATE INDEX burdens_person ON burdens (org_id, person_id, id) WHERE person_id > 0;
CREATE INDEX burdens_published ON burdens (org_id, answered_at, id) WHERE published = 1;
