-- SPDX-License-Identifier: MulanPSL-2.0
-- The seal of a chain's head: made with a key that is not in the database, so that who owns only the database cannot shorten or
-- rewrite a chain unseen.

ALTER TABLE audit_heads ADD COLUMN seal TEXT NOT NULL DEFAULT ''; -- over organisation, number, digest and base; empty = broken
