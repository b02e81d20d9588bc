-- SPDX-License-Identifier: MulanPSL-2.0
-- Which secret file this database belongs to, so that a wrong or new one is noticed at start and not by lost telephone numbers.

CREATE TABLE secret_marks (
    id @int PRIMARY KEY CHECK (id = 1), -- one row
    mark TEXT NOT NULL                  -- made from the secret, tells nothing about it
);
