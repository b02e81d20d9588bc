-- SPDX-License-Identifier: MulanPSL-2.0
-- Photos of letters that the units see which handle them: chosen by staff, none by default, since a photo may show who wrote.

CREATE TABLE letter_disclosures (
    id @id,
    org_id @int NOT NULL,
    letter_id @int NOT NULL,
    photo_id @int NOT NULL,        -- attachment of the letter
    disclosed_at @int NOT NULL,
    disclosed_by @int NOT NULL,    -- account
    FOREIGN KEY (org_id, letter_id) REFERENCES letters (org_id, id)
);
CREATE UNIQUE INDEX letter_disclosures_photo ON letter_disclosures (org_id, letter_id, photo_id);
