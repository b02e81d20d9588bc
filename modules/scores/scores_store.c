/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements: who sat when, with which posts. What he did is read by modules/entries. */
#include "modules/scores/scores.h"

#include "modules/members/member.h"

static const struct field SEAT_ROW[] = {
    FIELD(struct scores_seat, member_id), FIELD(struct scores_seat, person_id),
    FIELD(struct scores_seat, from_on),   FIELD(struct scores_seat, to_on),
    FIELD(struct scores_seat, died),      FIELD(struct scores_seat, sector_place),
    FIELD(struct scores_seat, code),      FIELD(struct scores_seat, name),
    FIELD(struct scores_seat, sector),    FIELD(struct scores_seat, status),
    FIELD(struct scores_seat, party),     { 0 },
};

/* Of one or of all from one index: a condition that all meet would be looked at row by row. */
err scores_store_list_seats(struct db *db, i64 only, i64 on, struct arena *mem, struct rows *out)
{
    i64 first = only, last = only ? only : INT64_MAX;
    out->size = sizeof(struct scores_seat);
    return db_list(
        db,
        SQL("SELECT s.member_id, m.person_id, s.from_on, s.to_on, CASE WHEN EXISTS (SELECT h.id "
            "FROM changes h WHERE h.org_id = s.org_id AND h.seat_id = s.id AND h.act = 'decease') "
            "THEN 1 ELSE 0 END AS died, COALESCE(c.position, 0) AS sector_place, m.code, n.name, "
            "COALESCE(c.name, '') AS sector, s.status, n.party FROM seats s JOIN members m ON "
            "m.org_id = s.org_id AND m.id = s.member_id JOIN persons n ON n.org_id = m.org_id AND "
            "n.id = m.person_id LEFT JOIN sectors c ON c.org_id = s.org_id AND "
            "c.id = " MEMBER_SECTOR_ON_DAY
            " WHERE s.org_id = :org AND s.from_on <= :on AND s.status IN ('serving', 'suspended', "
            "'left') AND s.member_id BETWEEN :first AND :last ORDER BY s.member_id, s.from_on, "
            "s.id LIMIT 100000",
            P(on), P(first), P(last)),
        SEAT_ROW, mem, out);
}

static const struct field POST_ROW[] = {
    FIELD(struct scores_post, member_id), FIELD(struct scores_post, body_id),
    FIELD(struct scores_post, from_on),   FIELD(struct scores_post, to_on),
    FIELD(struct scores_post, post),      FIELD(struct scores_post, body),
    FIELD(struct scores_post, name),      { 0 },
};

err scores_store_list_posts(struct db *db, i64 only, const struct scores_days *days,
                            struct arena *mem, struct rows *out)
{
    i64 from = days->from, to = days->to, first = only, last = only ? only : INT64_MAX;
    out->size = sizeof(struct scores_post);
    return db_list(
        db,
        SQL("SELECT m.id AS member_id, u.body_id, u.from_on, u.to_on, u.post, u.body, "
            "COALESCE(d.name, '') AS name FROM tenures u JOIN members m ON m.org_id = u.org_id AND "
            "m.person_id = u.person_id LEFT JOIN committees d ON d.org_id = u.org_id AND d.id = "
            "u.body_id AND u.body = 'committee' WHERE u.org_id = :org AND u.from_on <= :to AND "
            "(u.to_on = 0 OR u.to_on >= :from) AND m.id BETWEEN :first AND :last ORDER BY m.id, "
            "u.from_on, u.id LIMIT 100000",
            P(from), P(to), P(first), P(last)),
        POST_ROW, mem, out);
}

err scores_store_term(struct db *db, i64 on, i64 *from_on)
{
    return db_i64(db,
                  SQL("SELECT CAST(COALESCE(MAX(from_on), 0) AS BIGINT) AS id FROM terms WHERE "
                      "org_id = :org AND from_on <= :on",
                      P(on)),
                  from_on);
}
