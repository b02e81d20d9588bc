-- SPDX-License-Identifier: MulanPSL-2.0
-- Signers are counted of all together alone: what the first filling wrote of other dimensions is kept right by nobody.

UPDATE dashboard_counts SET value = 0 WHERE metric = 'signers' AND dimension <> 'all';
