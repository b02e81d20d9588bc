-- SPDX-License-Identifier: MulanPSL-2.0
-- Which letters an opinion was made of: when the editors do not use it, the office thinks of them again.

CREATE INDEX letter_opinions_opinion ON letter_opinions (org_id, opinion_id, letter_id);
