-- SPDX-License-Identifier: MulanPSL-2.0
-- Editing (采编): the text for signing beside the original, who signed it, and composites of several opinions.

ALTER TABLE opinions ADD COLUMN edited_title TEXT NOT NULL DEFAULT '';       -- the text as it is to be signed; the original stays
ALTER TABLE opinions ADD COLUMN edited_situation TEXT NOT NULL DEFAULT '';   -- 情况
ALTER TABLE opinions ADD COLUMN edited_analysis TEXT NOT NULL DEFAULT '';    -- 分析
ALTER TABLE opinions ADD COLUMN edited_suggestions TEXT NOT NULL DEFAULT ''; -- 建议
ALTER TABLE opinions ADD COLUMN edited_at @int NOT NULL DEFAULT 0;           -- last save of that text; 0 = it is not edited
ALTER TABLE opinions ADD COLUMN edited_name TEXT NOT NULL DEFAULT '';        -- by whom, as he was called then
ALTER TABLE opinions ADD COLUMN redraft_reason TEXT NOT NULL DEFAULT '';     -- why it came back from who signs; empty = it did not
ALTER TABLE opinions ADD COLUMN signed_at @int NOT NULL DEFAULT 0;           -- 签发
ALTER TABLE opinions ADD COLUMN signed_name TEXT NOT NULL DEFAULT '';        -- who signed, as he was called then
ALTER TABLE opinions ADD COLUMN composite_id @int NOT NULL DEFAULT 0;        -- opinion of kind composite whose source it is; 0 = none
CREATE INDEX opinions_sources ON opinions (org_id, composite_id, id) WHERE composite_id > 0;
