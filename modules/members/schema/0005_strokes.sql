-- SPDX-License-Identifier: MulanPSL-2.0
-- Lists of names stand by the strokes of the surname: the key by which they do (platform/text/strokes.h). Of who was there before it is made
-- by the timer members.strokes; a later table of characters empties the column, and it is made anew.

ALTER TABLE persons ADD COLUMN strokes TEXT NOT NULL DEFAULT ''; -- key of the name; '' = not made yet
CREATE INDEX persons_strokes ON persons (org_id, strokes);
