-- SPDX-License-Identifier: MulanPSL-2.0
-- A question that its writer never answers does not stay open for ever: the office takes it back, or it lapses. Its state is then 'declined', as of any
-- that is over without an opinion; this column says that nobody declined.

ALTER TABLE recasts ADD COLUMN ended TEXT NOT NULL DEFAULT '' CHECK (ended IN ('', 'recalled', 'lapsed')); -- how it ended without an answer; empty = it did not
CREATE INDEX recasts_open ON recasts (org_id, asked_at, id) WHERE state = 'asked';
