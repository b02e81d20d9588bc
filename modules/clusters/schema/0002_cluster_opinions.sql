-- SPDX-License-Identifier: MulanPSL-2.0
-- Which opinion of the committee was made of a cluster: one at most. What was joined into another keeps its own, so that splitting brings it back.

CREATE TABLE cluster_opinions (
    id @id,
    org_id @int NOT NULL,
    cluster_id @int NOT NULL,
    opinion_id @int NOT NULL,
    texts @int NOT NULL,                      -- how many letters the cluster had then
    fed_at @int NOT NULL,
    fed_by @int NOT NULL,                     -- account
    UNIQUE (org_id, cluster_id),
    UNIQUE (org_id, opinion_id),
    FOREIGN KEY (org_id, cluster_id) REFERENCES clusters (org_id, id)
);
CREATE INDEX clusters_into ON clusters (org_id, into_id) WHERE into_id > 0;
