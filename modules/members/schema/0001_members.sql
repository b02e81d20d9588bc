-- SPDX-License-Identifier: MulanPSL-2.0
-- People and their seats. Personal fields are sealed (platform/access/secret.h) and shown masked; everything that changes is dated.

CREATE TABLE persons (
    id @id,
    org_id @int NOT NULL,
    name TEXT NOT NULL,
    gender TEXT NOT NULL DEFAULT '' CHECK (gender IN ('', 'female', 'male')),
    ethnic TEXT NOT NULL DEFAULT '',        -- name as in GB/T 3304
    birth_on @int NOT NULL,                 -- day number; the least number there is = not known
    party TEXT NOT NULL DEFAULT '',         -- dictionary members.parties (政治面貌)
    education TEXT NOT NULL DEFAULT '',
    employer TEXT NOT NULL DEFAULT '',      -- 所在单位
    job TEXT NOT NULL DEFAULT '',           -- 单位职务
    identity_sealed @bytes,                 -- identity card number, sealed
    identity_key TEXT NOT NULL DEFAULT '',  -- keyed digest, to find the same person again without unsealing
    phone_sealed @bytes,                    -- telephone, sealed
    phone_key TEXT NOT NULL DEFAULT '',     -- keyed digest of it, to tell people of one name apart
    address_sealed @bytes,                  -- postal address, sealed
    mail TEXT NOT NULL DEFAULT '',
    version @int NOT NULL DEFAULT 1,
    UNIQUE (org_id, id)
);
CREATE INDEX persons_name ON persons (org_id, name);
CREATE UNIQUE INDEX persons_identity ON persons (org_id, identity_key) WHERE identity_key <> '';

CREATE TABLE members (
    id @id,
    org_id @int NOT NULL,
    person_id @int NOT NULL,
    code TEXT NOT NULL DEFAULT '',          -- 委员编号
    source TEXT NOT NULL DEFAULT '',
    source_id TEXT NOT NULL DEFAULT '',
    version @int NOT NULL DEFAULT 1,
    UNIQUE (org_id, id),
    FOREIGN KEY (org_id, person_id) REFERENCES persons (org_id, id)
);
CREATE UNIQUE INDEX members_person ON members (org_id, person_id);
CREATE UNIQUE INDEX members_code ON members (org_id, code) WHERE code <> '';
CREATE INDEX members_order ON members (org_id, code, id);
CREATE UNIQUE INDEX members_source ON members (org_id, source, source_id) WHERE source_id <> '';

CREATE TABLE seats (
    id @id,
    org_id @int NOT NULL,
    member_id @int NOT NULL,
    term_id @int NOT NULL,
    sector_id @int, -- one sector a seat
    -- where the seat stands, by the last act on it
    status TEXT NOT NULL CHECK (status IN ('nominee', 'candidate', 'serving', 'suspended', 'left')),
    invited @int NOT NULL DEFAULT 0 CHECK (invited IN (0, 1)),
    from_on @int NOT NULL,
    to_on @int NOT NULL DEFAULT 0,          -- last day; 0 = serving
    version @int NOT NULL DEFAULT 1,
    UNIQUE (org_id, id),
    FOREIGN KEY (org_id, member_id) REFERENCES members (org_id, id),
    FOREIGN KEY (org_id, term_id) REFERENCES terms (org_id, id),
    FOREIGN KEY (org_id, sector_id) REFERENCES sectors (org_id, id)
);
CREATE UNIQUE INDEX seats_term ON seats (org_id, member_id, term_id, from_on);
CREATE INDEX seats_serving ON seats (org_id, term_id, status, sector_id);

CREATE TABLE changes (
    id @id,
    org_id @int NOT NULL,
    seat_id @int NOT NULL,
    -- what was decided: MEMBER_ACT_KINDS
    act TEXT NOT NULL CHECK (act IN ('appoint', 'augment', 'fill', 'resign', 'compel', 'advise', 'remove', 'revoke',
                                     'ratify', 'suspend', 'resume', 'decease', 'expire')),
    on_on @int NOT NULL,
    organ TEXT NOT NULL DEFAULT '',         -- who decided
    document TEXT NOT NULL DEFAULT '',      -- number of the paper
    reason TEXT NOT NULL DEFAULT '',
    recorded_by @int NOT NULL,
    recorded_at @int NOT NULL,
    FOREIGN KEY (org_id, seat_id) REFERENCES seats (org_id, id)
);
CREATE INDEX changes_seat ON changes (org_id, seat_id, on_on);

CREATE TABLE tenures (
    id @id,
    org_id @int NOT NULL,
    person_id @int NOT NULL,
    post TEXT NOT NULL,                     -- dictionary members.posts: chair, vice_chair, standing_member, director, committee_member …
    body TEXT NOT NULL CHECK (body IN ('cppcc', 'committee', 'sector', 'org')),
    body_id @int NOT NULL,
    from_on @int NOT NULL,
    to_on @int NOT NULL DEFAULT 0,
    FOREIGN KEY (org_id, person_id) REFERENCES persons (org_id, id)
);
CREATE INDEX tenures_person ON tenures (org_id, person_id, from_on);
CREATE INDEX tenures_body ON tenures (org_id, body, body_id, from_on);

CREATE TABLE amendments (
    id @id,
    org_id @int NOT NULL,
    person_id @int NOT NULL,
    field TEXT NOT NULL,                    -- a changeable member of persons
    before TEXT NOT NULL DEFAULT '',        -- empty for sealed fields
    after TEXT NOT NULL DEFAULT '',         -- what the member wishes; empty for sealed fields
    after_sealed @bytes,                    -- for sealed fields
    state TEXT NOT NULL CHECK (state IN ('asked', 'approved', 'declined')),
    asked_at @int NOT NULL,
    decided_at @int NOT NULL DEFAULT 0,
    decided_by @int NOT NULL DEFAULT 0,
    reason TEXT NOT NULL DEFAULT '',
    FOREIGN KEY (org_id, person_id) REFERENCES persons (org_id, id)
);
CREATE INDEX amendments_open ON amendments (org_id, state, asked_at);
