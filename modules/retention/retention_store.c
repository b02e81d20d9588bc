/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements. Those about rows of a rule are put together from literals: names and conditions of
 * the declarations, never anything that came in (platform/db/made.h). */
#include "modules/retention/retention_store.h"

#include <assert.h>

#include "platform/base/buf.h"
#include "platform/base/str.h"
#include "platform/db/made.h"

enum { TEXT_MAX = 4096 };

/* ---- rows of a rule ---- */

/* "SELECT <what> FROM … WHERE …", with the parameters that params_of binds. */
static void select_put(struct buf *b, const char *what, const struct retention_ask *ask)
{
    const struct retention_rule *r = ask->rule;
    buf_printf(b,
               "SELECT %s FROM %s t WHERE t.org_id = :org AND t.%s > 0 AND t.%s < :before AND (%s)"
               " AND %s EXISTS (SELECT 1 FROM retention_holds h WHERE h.org_id = :org AND"
               " h.collection = :collection AND h.lifted_at = 0 AND (h.item_id = 0 OR h.item_id ="
               " t.id)) ORDER BY t.id LIMIT :row_limit",
               what, r->table, r->from, r->from, r->only ? r->only : "1 = 1",
               ask->held ? "" : "NOT");
}

static struct sql statement_of(struct rq *rq, const struct retention_ask *ask, struct buf *text)
{
    const char *only = ask->rule->only;
    bool asks_today = only && str_find(str_of(only), str_of(":today"), 0) >= 0;
    struct param *params = arena_array(rq->mem, 5, sizeof *params);
    params[1] = param_i64("before", ask->before);
    params[2] = param_str("collection", str_of(ask->rule->table));
    params[3] = param_i64("row_limit", ask->limit);
    params[4] = param_i64("today", rq->today);
    buf_put_byte(text, '\0');
    assert(!buf_is_full(text));
    return db_made(text->ptr, asks_today ? 4 : 3, params);
}

err retention_store_count(struct rq *rq, const struct retention_ask *ask, i64 *count)
{
    struct buf *b = buf_new(rq->mem, TEXT_MAX);
    buf_put(b, "SELECT COUNT(*) AS n FROM (");
    select_put(b, "t.id", ask);
    buf_put(b, ") AS due");
    return db_i64(rq->db, statement_of(rq, ask, b), count);
}

struct number {
    i64 id;
};

err retention_store_list(struct rq *rq, const struct retention_ask *ask, struct rows *out)
{
    static const struct field NUMBER[] = { FIELD(struct number, id), { 0 } };
    struct buf *b = buf_new(rq->mem, TEXT_MAX);
    select_put(b, "t.id", ask);
    out->size = sizeof(struct number);
    return db_list(rq->db, statement_of(rq, ask, b), NUMBER, rq->mem, out);
}

err retention_store_end(struct rq *rq, const struct retention_ask *ask, i64 *changed)
{
    struct buf *b = buf_new(rq->mem, TEXT_MAX);
    if (ask->rule->sets)
        buf_printf(b, "UPDATE %s SET %s", ask->rule->table, ask->rule->sets);
    else
        buf_printf(b, "DELETE FROM %s", ask->rule->table);
    buf_put(b, " WHERE org_id = :org AND id IN (");
    select_put(b, "t.id", ask);
    buf_put(b, ")");
    return db_run(rq->db, statement_of(rq, ask, b), changed);
}

err retention_store_has(struct rq *rq, const struct retention_rule *rule, i64 id, bool *has)
{
    struct param *params = arena_array(rq->mem, 2, sizeof *params);
    i64 count;
    params[1] = param_i64("item_id", id);
    const char *text = arena_printf(rq->mem,
                                    "SELECT COUNT(*) AS n FROM %s WHERE org_id = :org AND id ="
                                    " :item_id",
                                    rule->table)
                           .ptr;
    TRY(db_i64(rq->db, db_made(text, 1, params), &count));
    *has = count > 0;
    return OK;
}

/* ---- what was done ---- */

err retention_store_add_run(struct rq *rq, const char *name, i64 ended)
{
    str rule = str_of(name);
    i64 ran_on = rq->today;
    return db_run(rq->db,
                  SQL("INSERT INTO retention_runs (org_id, rule, ran_on, ended) VALUES (:org, "
                      ":rule, :ran_on, :ended) ON CONFLICT (org_id, rule, ran_on) DO UPDATE SET "
                      "ended = retention_runs.ended + excluded.ended",
                      P(rule), P(ran_on), P(ended)),
                  NULL);
}

err retention_store_find_run(struct rq *rq, const char *name, struct retention_run *out)
{
    static const struct field RUN[] = { FIELD(struct retention_run, ran_on),
                                        FIELD(struct retention_run, ended),
                                        { 0 } };
    str rule = str_of(name);
    err e = db_one(rq->db,
                   SQL("SELECT ran_on, ended FROM retention_runs WHERE org_id = :org AND rule = "
                       ":rule ORDER BY ran_on DESC LIMIT 1",
                       P(rule)),
                   RUN, rq->mem, out);
    return e.code == ERR_NOT_FOUND ? OK : e;
}

/* ---- holds ---- */

static const struct field HOLD[] = {
    FIELD(struct retention_hold, id),          FIELD(struct retention_hold, item_id),
    FIELD(struct retention_hold, placed_at),   FIELD(struct retention_hold, lifted_at),
    FIELD(struct retention_hold, version),     FIELD(struct retention_hold, collection),
    FIELD(struct retention_hold, reason),      FIELD(struct retention_hold, placed_name),
    FIELD(struct retention_hold, lifted_name), { 0 },
};

err retention_store_list_holds(struct rq *rq, struct rows *out)
{
    out->size = sizeof(struct retention_hold);
    return db_list(rq->db,
                   SQL("SELECT id, item_id, placed_at, lifted_at, version, collection, reason, "
                       "placed_name, lifted_name FROM retention_holds WHERE org_id = :org AND "
                       "lifted_at = 0 ORDER BY id DESC LIMIT 500"),
                   HOLD, rq->mem, out);
}

err retention_store_find_hold(struct rq *rq, i64 id, struct retention_hold *out)
{
    return db_one(rq->db,
                  SQL("SELECT id, item_id, placed_at, lifted_at, version, collection, reason, "
                      "placed_name, lifted_name FROM retention_holds WHERE org_id = :org AND id = "
                      ":id",
                      P(id)),
                  HOLD, rq->mem, out);
}

err retention_store_is_held(struct rq *rq, const struct retention_hold *h, bool *held)
{
    i64 count;
    TRY(db_i64(rq->db,
               SQL("SELECT COUNT(*) FROM retention_holds WHERE org_id = :org AND collection = "
                   ":collection AND item_id = :item_id AND reason = :reason AND lifted_at = 0",
                   P(h->collection), P(h->item_id), P(h->reason)),
               &count));
    *held = count > 0;
    return OK;
}

err retention_store_add_hold(struct rq *rq, const struct retention_hold *h, i64 *id)
{
    return db_insert(rq->db,
                     SQL("INSERT INTO retention_holds (org_id, collection, item_id, reason, "
                         "placed_at, placed_name) VALUES (:org, :collection, :item_id, :reason, "
                         ":placed_at, :placed_name) RETURNING id",
                         P(h->collection), P(h->item_id), P(h->reason), P(h->placed_at),
                         P(h->placed_name)),
                     id);
}

err retention_store_lift_hold(struct rq *rq, const struct retention_hold *h)
{
    return db_update(rq->db,
                     SQL("UPDATE retention_holds SET lifted_at = :lifted_at, lifted_name = "
                         ":lifted_name, version = version + 1 WHERE org_id = :org AND id = :id AND "
                         "version = :version AND lifted_at = 0",
                         P(h->lifted_at), P(h->lifted_name), P(h->id), P(h->version)));
}
