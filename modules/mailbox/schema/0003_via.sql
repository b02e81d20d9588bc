-- SPDX-License-Identifier: MulanPSL-2.0
-- By which way (来信渠道) a letter reached us, and whose its first answer was. First answers of letters that are there already: handlings, 0004.

ALTER TABLE letters ADD COLUMN via TEXT NOT NULL DEFAULT 'web' CHECK (via IN ('web', 'phone', 'visit', 'post', 'window', 'import')); -- lane 'staff': what the person did
ALTER TABLE letters ADD COLUMN first_agency_id @int NOT NULL DEFAULT 0;  -- the body that gave the first answer; 0 = the office, or there is none, or it is not known

-- Nobody could write one down for somebody before, but where a test or a script did.
UPDATE letters SET via = CASE WHEN lane = 'import' THEN 'import' ELSE 'window' END WHERE lane IN ('import', 'staff');
