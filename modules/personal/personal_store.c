/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements about own rows, put together from literals: names of the list and of the schema
 * files, never anything that came in (platform/db/made.h). */
#include "modules/personal/personal.h"
#include "platform/base/buf.h"
#include "platform/db/made.h"

#include <assert.h>

enum { TEXT_MAX = 8192 };

/* A number of nobody (0) is no condition: rows with 0 there belong to no one. */
static size_t condition_put(struct buf *b, const struct rq *rq, const struct personal_part *part)
{
    const struct db_table *t = part->schema;
    static const char *const PARAMS[] = { [WHOSE_MEMBER] = ":own_member",
                                          [WHOSE_PERSON] = ":own_person",
                                          [WHOSE_ACCOUNT] = ":own_account" };
    const i64 own[] = { [WHOSE_NOBODY] = 0,
                        [WHOSE_MEMBER] = rq->actor->member_id,
                        [WHOSE_PERSON] = rq->actor->person_id,
                        [WHOSE_ACCOUNT] = rq->actor->account_id };
    size_t n = 0;
    if (part->table->by && rq->actor->member_id) {
        buf_put(b, part->table->by);
        n++;
    }
    for (size_t i = 0; i < t->count; i++) {
        enum personal_whose whose = personal_column_whose(t, &t->columns[i]);
        if (own[whose] == 0)
            continue;
        buf_printf(b, "%s%.*s = %s", n++ ? " OR " : "", (int)t->columns[i].name.len,
                   t->columns[i].name.ptr, PARAMS[whose]);
    }
    return n;
}

/* NULL where no column could name him. */
static const char *statement_make(struct rq *rq, const struct personal_part *part, bool count)
{
    struct buf *b = buf_new(rq->mem, TEXT_MAX), *condition = buf_new(rq->mem, TEXT_MAX);
    str name = part->schema->name;
    if (condition_put(condition, rq, part) == 0)
        return NULL;
    buf_put(b, "SELECT ");
    for (size_t i = 0; i < part->column_count && !count; i++)
        buf_printf(b, "%s%.*s", i ? ", " : "", (int)part->columns[i].name.len,
                   part->columns[i].name.ptr);
    buf_printf(b, "%s FROM %.*s WHERE org_id = :org AND (%.*s)", count ? "1 AS one" : "",
               (int)name.len, name.ptr, (int)condition->len, condition->ptr);
    if (part->table->only)
        buf_printf(b, " AND %s", part->table->only);
    bool has_id = part->schema->columns[0].kind == DB_ID;
    buf_printf(b, "%s LIMIT :row_limit", has_id && !count ? " ORDER BY id" : "");
    buf_put_byte(b, '\0');
    assert(!buf_is_full(b));
    return count ? arena_printf(rq->mem, "SELECT COUNT(*) AS own_rows FROM (%s) AS own", b->ptr).ptr
                 : b->ptr;
}

/* Only what the statement names may be bound. */
static struct sql statement_bind(struct rq *rq, const struct personal_part *part, const char *text,
                                 i64 limit)
{
    struct param *params = arena_array(rq->mem, 5, sizeof *params);
    bool used[WHOSE_ACCOUNT + 1] = { false };
    size_t n = 1;
    for (size_t i = 0; i < part->schema->count; i++)
        used[personal_column_whose(part->schema, &part->schema->columns[i])] = true;
    if ((used[WHOSE_MEMBER] || part->table->by) && rq->actor->member_id)
        params[n++] = param_i64("own_member", rq->actor->member_id);
    if (used[WHOSE_PERSON] && rq->actor->person_id)
        params[n++] = param_i64("own_person", rq->actor->person_id);
    if (used[WHOSE_ACCOUNT] && rq->actor->account_id)
        params[n++] = param_i64("own_account", rq->actor->account_id);
    params[n++] = param_i64("row_limit", limit);
    return db_made(text, n - 1, params);
}

err personal_store_count(struct rq *rq, struct personal_part *part)
{
    const char *text = statement_make(rq, part, true);
    part->rows = 0;
    return text ? db_i64(rq->db, statement_bind(rq, part, text, PERSONAL_ROWS_MAX + 1), &part->rows)
                : OK;
}

err personal_store_each(struct rq *rq, const struct personal_part *part, const struct db_each *each)
{
    const char *text = statement_make(rq, part, false);
    return text ? db_each(rq->db, statement_bind(rq, part, text, PERSONAL_ROWS_MAX), each) : OK;
}
