-- SPDX-License-Identifier: MulanPSL-2.0
-- A seat whose sector is another from a day on. seats.sector_id is that of today; what it was on an earlier day follows from these rows.

CREATE TABLE sector_moves (
    id @id,
    org_id @int NOT NULL,
    seat_id @int NOT NULL,
    from_sector_id @int NOT NULL,           -- 0 = it had none
    to_sector_id @int NOT NULL,
    on_on @int NOT NULL,                    -- first day in the new one
    organ TEXT NOT NULL DEFAULT '',         -- who decided
    document TEXT NOT NULL DEFAULT '',
    reason TEXT NOT NULL DEFAULT '',
    recorded_by @int NOT NULL,
    recorded_at @int NOT NULL,
    FOREIGN KEY (org_id, seat_id) REFERENCES seats (org_id, id),
    FOREIGN KEY (org_id, to_sector_id) REFERENCES sectors (org_id, id)
);
CREATE INDEX sector_moves_seat ON sector_moves (org_id, seat_id, on_on);
