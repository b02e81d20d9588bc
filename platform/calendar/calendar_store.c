/* SPDX-License-Identifier: MulanPSL-2.0 */
/* SQL of imported lists of days. */
#include "platform/calendar/calendar_store.h"

static const struct field LIST_ROW[] = {
    FIELD(struct calendar_list, id),
    FIELD(struct calendar_list, lines),
    { 0 },
};

err calendar_store_newest(struct db *db, i64 *id)
{
    return db_i64(db, SQL("SELECT CAST(COALESCE(MAX(id), 0) AS BIGINT) FROM calendars"), id);
}

err calendar_store_list(struct db *db, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct calendar_list);
    return db_list(
        db,
        SQL("SELECT id, lines FROM (SELECT id, lines FROM calendars ORDER BY id DESC LIMIT 200)"
            " newest"
            " ORDER BY id"),
        LIST_ROW, mem, out);
}

err calendar_store_add(struct rq *rq, str lines, i64 *id)
{
    return db_insert(rq->db,
                     SQL("INSERT INTO calendars (lines, imported_at, imported_by)"
                         " VALUES (:lines, :now_ms, :account_id) RETURNING id",
                         P(lines), P(rq->now_ms), P(rq->actor->account_id)),
                     id);
}
