-- SPDX-License-Identifier: MulanPSL-2.0
-- How the body moves to a new term (换届): what was decided, and who of the old roster stays. Who is new stands in nominations; the seats that
-- come of it stand in seats (modules/members).

CREATE TABLE renewals (
    id @id,
    org_id @int NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'ready', 'carried', 'closed', 'dropped')), -- flow renewals
    term_number @int NOT NULL,                -- of the new term
    opened_on @int NOT NULL,                  -- first day of its first plenary, on which it begins
    closed_on @int NOT NULL,                  -- last day of that plenary
    organ TEXT NOT NULL DEFAULT '',           -- which meeting decided on the list
    document TEXT NOT NULL DEFAULT '',        -- number of its paper
    decided_on @int NOT NULL DEFAULT 0,       -- its day; 0 = not yet
    carried_at @int NOT NULL DEFAULT 0,
    stayed @int NOT NULL DEFAULT 0,           -- how many of the old roster have a seat in the new term, when it was carried out
    came @int NOT NULL DEFAULT 0,             -- likewise, how many are new
    gone @int NOT NULL DEFAULT 0,             -- likewise, how many left with the old term
    note TEXT NOT NULL DEFAULT '',            -- why it was opened again or dropped
    version @int NOT NULL DEFAULT 1,
    UNIQUE (org_id, id)
);
-- Drafts may stand side by side; one of a term is carried out.
CREATE UNIQUE INDEX renewals_term ON renewals (org_id, term_number) WHERE state IN ('ready', 'carried', 'closed');
CREATE INDEX renewals_begun ON renewals (org_id, opened_on, id);

-- Who of the old roster stays, and for which sector.
CREATE TABLE renewal_places (
    id @id,
    org_id @int NOT NULL,
    renewal_id @int NOT NULL,
    member_id @int NOT NULL,
    sector_id @int NOT NULL,                  -- of his seat in the new term
    UNIQUE (org_id, id),
    FOREIGN KEY (org_id, renewal_id) REFERENCES renewals (org_id, id),
    FOREIGN KEY (org_id, member_id) REFERENCES members (org_id, id),
    FOREIGN KEY (org_id, sector_id) REFERENCES sectors (org_id, id)
);
CREATE UNIQUE INDEX renewal_places_once ON renewal_places (org_id, renewal_id, member_id);
