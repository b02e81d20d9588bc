-- SPDX-License-Identifier: MulanPSL-2.0
-- Signers one by one (提案人次), the newest first.
CREATE INDEX proposers_newest ON proposers (org_id, id);
