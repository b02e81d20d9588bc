-- SPDX-License-Identifier: MulanPSL-2.0
-- Which agency the public sees at which publication, so that the choice of agencies is read from an index, not gathered anew.
CREATE TABLE publication_hosts (
    org_id @int NOT NULL,
    publication_id @int NOT NULL,            -- a published one that shows its progress
    host_name TEXT NOT NULL,                 -- as the proposal names it
    PRIMARY KEY (org_id, publication_id),
    FOREIGN KEY (org_id, publication_id) REFERENCES publications (org_id, id)
);
CREATE INDEX publication_hosts_name ON publication_hosts (org_id, host_name, publication_id);
INSERT INTO publication_hosts (org_id, publication_id, host_name) SELECT u.org_id, u.id, h.host_name FROM publications u
    JOIN proposals p ON p.org_id = u.org_id AND p.id = u.proposal_id
    JOIN proposals h ON h.org_id = u.org_id AND h.id = CASE WHEN p.main_id > 0 THEN p.main_id ELSE p.id END
    WHERE u.state = 'published' AND u.show_progress = 1 AND h.assigned_at > 0 AND h.host_name <> '';
