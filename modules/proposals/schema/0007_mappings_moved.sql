-- SPDX-License-Identifier: MulanPSL-2.0
-- How lists are read is kept for all kinds in one table of platform/files. proposal_mappings is read no more; it goes in a later version,
-- when no worker of this one can be serving any more.

INSERT INTO import_mappings (org_id, kind, source, mapping, saved_at, saved_by)
SELECT org_id, 'proposals', source, mapping, saved_at, saved_by FROM proposal_mappings ORDER BY id;
