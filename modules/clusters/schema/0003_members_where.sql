-- SPDX-License-Identifier: MulanPSL-2.0
-- Placing a letter asks of some hundred texts in which cluster they are: all of it stands in the index, so that among a million
-- only half as many pages are read.

CREATE INDEX cluster_members_where ON cluster_members (org_id, owner, item_id, cluster_id);
