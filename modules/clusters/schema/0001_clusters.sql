-- SPDX-License-Identifier: MulanPSL-2.0
-- Matters that several texts are about, the texts of each, and the index by which a new text finds its own.

CREATE TABLE clusters (
    id @id,
    org_id @int NOT NULL,
    owner TEXT NOT NULL,                      -- collection of the texts: 'letters'
    state TEXT NOT NULL CHECK (state IN ('open', 'closed')), -- flow clusters; a closed one takes no new text
    name TEXT NOT NULL DEFAULT '',            -- given by staff; '' = called by its title
    title TEXT NOT NULL,                      -- of the text that was nearest to the whole when it came
    title_degree @int NOT NULL DEFAULT 0,     -- how near, per mille
    title_item @int NOT NULL DEFAULT 0,       -- that text; 0 = none
    pinned @int NOT NULL DEFAULT 0,           -- 1 = stands first whatever its rank
    into_id @int NOT NULL DEFAULT 0,          -- cluster that it became one with; 0 = it stands
    texts @int NOT NULL DEFAULT 0,            -- how many are in it now
    first_on @int NOT NULL DEFAULT 0,
    last_on @int NOT NULL DEFAULT 0,
    crowd @int NOT NULL DEFAULT 0,            -- most of its texts within any 90 days
    crowd_from_on @int NOT NULL DEFAULT 0,
    crowd_to_on @int NOT NULL DEFAULT 0,
    profile @bytes NOT NULL,                  -- platform/text/gather.h
    version @int NOT NULL DEFAULT 1,          -- raised by people's acts, not by texts that come in
    UNIQUE (org_id, id)
);
CREATE INDEX clusters_crowd ON clusters (org_id, owner, crowd, texts, crowd_to_on, id);
CREATE INDEX clusters_title ON clusters (org_id, title_item);
CREATE INDEX clusters_pinned ON clusters (org_id, owner, id) WHERE pinned = 1;

CREATE TABLE cluster_members (
    id @id,
    org_id @int NOT NULL,
    owner TEXT NOT NULL,                      -- collection of the texts, as in clusters
    item_id @int NOT NULL,                    -- the text, in its own collection
    cluster_id @int NOT NULL,
    was_id @int NOT NULL DEFAULT 0,           -- cluster that it came from when two became one; 0 = none
    day_on @int NOT NULL,                     -- it was received
    area_id @int NOT NULL DEFAULT 0,          -- place that it is about; 0 = not said
    UNIQUE (org_id, owner, item_id)
);
CREATE INDEX cluster_members_in ON cluster_members (org_id, cluster_id, item_id);
CREATE INDEX cluster_members_area ON cluster_members (org_id, cluster_id, area_id);

-- For each heavy word the newest 50 texts that have it among their twelve heaviest.
CREATE TABLE cluster_keys (
    id @id,
    org_id @int NOT NULL,
    owner TEXT NOT NULL,                      -- collection of the texts, as in clusters
    word @int NOT NULL,                       -- its key (platform/text/weights.h)
    items @bytes NOT NULL,                    -- numbers of texts, six bytes each, newest last
    UNIQUE (org_id, owner, word)
);

CREATE TABLE cluster_days (
    id @id,
    org_id @int NOT NULL,
    owner TEXT NOT NULL,                      -- collection of the texts, as in clusters
    cluster_id @int NOT NULL,
    day_on @int NOT NULL,
    texts @int NOT NULL,                      -- that came on that day
    UNIQUE (org_id, cluster_id, day_on)
);
CREATE INDEX cluster_days_on ON cluster_days (org_id, owner, day_on, cluster_id, texts);

-- Two that a person has said to be different matters; the lesser number is a_id.
CREATE TABLE cluster_aparts (
    id @id,
    org_id @int NOT NULL,
    a_id @int NOT NULL,
    b_id @int NOT NULL,
    UNIQUE (org_id, a_id, b_id)
);
CREATE INDEX cluster_aparts_b ON cluster_aparts (org_id, b_id);
