-- SPDX-License-Identifier: MulanPSL-2.0
-- What the answering agency thinks of the proposal's quality; between it and the office.

ALTER TABLE assignments ADD COLUMN quality TEXT NOT NULL DEFAULT '' CHECK (quality IN ('', 'good', 'fair', 'poor'));
