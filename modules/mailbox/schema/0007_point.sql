-- SPDX-License-Identifier: MulanPSL-2.0
-- The point (定位) of a letter: where it is about in two numbers, if its sender says so. Personal data: it goes with the text.

ALTER TABLE letters ADD COLUMN point TEXT NOT NULL DEFAULT '';     -- latitude,longitude with five decimals; empty = not said
ALTER TABLE letters ADD COLUMN point_by TEXT NOT NULL DEFAULT '' CHECK (point_by IN ('', 'phone', 'typed')); -- measured by a telephone (WGS-84), or typed (often GCJ-02, of a map)
