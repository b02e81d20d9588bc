-- SPDX-License-Identifier: MulanPSL-2.0
-- Who was named for a seat, what the check said, how the standing committee voted. The seat itself stands in seats (modules/members).

CREATE TABLE nominations (
    id @id,
    org_id @int NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('nominated', 'candidate', 'listed', 'appointed', 'certified', 'refused', 'declined', 'withdrawn')), -- flow nominations
    kind TEXT NOT NULL CHECK (kind IN ('augment', 'fill')),
    vacant_seat_id @int NOT NULL DEFAULT 0,   -- of fill: whose seat became vacant
    nominator_kind TEXT NOT NULL CHECK (nominator_kind IN ('party', 'organisation', 'sector', 'body')), -- what kind of body that is
    nominator TEXT NOT NULL,                  -- what the nominating body is called
    nominated_on @int NOT NULL,
    member_id @int NOT NULL DEFAULT 0,        -- of who was a member before; since he was appointed: of everybody; 0 = not yet
    name TEXT NOT NULL,
    gender TEXT NOT NULL CHECK (gender IN ('female', 'male')),
    ethnic TEXT NOT NULL DEFAULT '',          -- name as in GB/T 3304
    birth_on @int NOT NULL,
    party TEXT NOT NULL,                      -- dictionary members.parties
    education TEXT NOT NULL DEFAULT '',
    employer TEXT NOT NULL,
    job TEXT NOT NULL DEFAULT '',             -- his post there
    sector_id @int NOT NULL,                  -- of the seat
    reason TEXT NOT NULL DEFAULT '',          -- why he is named, in the nominator's words
    ground TEXT NOT NULL DEFAULT '',          -- what the background check found: clear, harm, punished, investigated, false_identity; empty = not yet
    checked_on @int NOT NULL DEFAULT 0,
    checked_words TEXT NOT NULL DEFAULT '',   -- whom the check asked and what they said
    meeting_id @int NOT NULL DEFAULT 0,       -- the standing committee's meeting on whose list he is
    meeting_title TEXT NOT NULL DEFAULT '',   -- as it was called then
    voted_on @int NOT NULL DEFAULT 0,
    standing @int NOT NULL DEFAULT 0,         -- all members of the standing committee on that day
    able @int NOT NULL DEFAULT 0,             -- those of them who may vote: not suspended
    yes @int NOT NULL DEFAULT 0,              -- votes as counted
    no @int NOT NULL DEFAULT 0,               -- votes as counted
    abstained @int NOT NULL DEFAULT 0,        -- votes as counted
    document TEXT NOT NULL DEFAULT '',        -- number of the announcement
    certificate TEXT NOT NULL DEFAULT '',     -- number of the member's certificate
    certified_on @int NOT NULL DEFAULT 0,
    note TEXT NOT NULL DEFAULT '',            -- why it went back or came to nothing
    version @int NOT NULL DEFAULT 1,
    UNIQUE (org_id, id),
    FOREIGN KEY (org_id, sector_id) REFERENCES sectors (org_id, id)
);
-- Several may be named for a vacant seat; one of them is put to the vote, and none after one was appointed.
CREATE UNIQUE INDEX nominations_vacant ON nominations (org_id, vacant_seat_id)
    WHERE vacant_seat_id > 0 AND state IN ('listed', 'appointed', 'certified');
CREATE UNIQUE INDEX nominations_certificate ON nominations (org_id, certificate) WHERE certificate <> '';
CREATE INDEX nominations_begun ON nominations (org_id, nominated_on, id);
CREATE INDEX nominations_meeting ON nominations (org_id, meeting_id, id);

-- Seats that ended before their term did and that nobody holds: not while the chairs' revocation waits to be ratified, not of who is a member again.
CREATE VIEW nomination_vacancies AS
SELECT s.org_id, s.id AS seat_id, p.name, COALESCE(c.name, '') AS sector_name, s.to_on, t.to_on AS term_to_on
FROM seats s JOIN terms t ON t.org_id = s.org_id AND t.id = s.term_id
    JOIN members m ON m.org_id = s.org_id AND m.id = s.member_id
    JOIN persons p ON p.org_id = m.org_id AND p.id = m.person_id
    LEFT JOIN sectors c ON c.org_id = s.org_id AND c.id = s.sector_id
WHERE s.status = 'left'
    AND NOT EXISTS (SELECT a.id FROM seats a WHERE a.org_id = s.org_id AND a.member_id = s.member_id AND a.term_id = s.term_id AND a.from_on > s.from_on)
    AND NOT EXISTS (SELECT d.id FROM departures d WHERE d.org_id = s.org_id AND d.member_id = s.member_id AND d.state = 'unratified')
    AND NOT EXISTS (SELECT n.id FROM nominations n WHERE n.org_id = s.org_id AND n.vacant_seat_id = s.id
        AND n.state IN ('listed', 'appointed', 'certified'));

-- The body as it is (coming 0) and who is proposed for it (coming 1): what balance is judged by.
CREATE VIEW nomination_people AS
SELECT s.org_id, 0 AS coming, COALESCE(c.name, '') AS sector_name, p.gender, p.party, p.birth_on
FROM seats s JOIN members m ON m.org_id = s.org_id AND m.id = s.member_id
    JOIN persons p ON p.org_id = m.org_id AND p.id = m.person_id
    LEFT JOIN sectors c ON c.org_id = s.org_id AND c.id = s.sector_id
WHERE s.status IN ('serving', 'suspended')
UNION ALL SELECT n.org_id, 1 AS coming, c.name AS sector_name, n.gender, n.party, n.birth_on
FROM nominations n JOIN sectors c ON c.org_id = n.org_id AND c.id = n.sector_id WHERE n.state IN ('candidate', 'listed');
