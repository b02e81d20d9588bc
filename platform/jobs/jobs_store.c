/* SPDX-License-Identifier: MulanPSL-2.0 */
/* SQL of timers, queue and outbox; see jobs_store.h for why it crosses organisations. */
#include "platform/jobs/jobs_store.h"

#include <assert.h>

/* ---- timers ---- */

static const struct field TIMER_ROW[] = {
    FIELD(struct timer_row, org_id),
    FIELD(struct timer_row, next_at),
    FIELD(struct timer_row, failures),
    FIELD(struct timer_row, name),
    { 0 },
};
static const struct field ORG_ROW[] = { FIELD(struct org_row, id), { 0 } };

err timers_store_orgs(struct db *db, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct org_row);
    return db_list(db, SQL("SELECT id FROM tenants ORDER BY id"), ORG_ROW, mem, out);
}

err timers_store_list(struct db *db, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct timer_row);
    return db_list(db, SQL("SELECT org_id, next_at, failures, name FROM timers"), TIMER_ROW, mem,
                   out);
}

err timers_store_due(struct db *db, i64 now_ms, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct timer_row);
    return db_list(db,
                   SQL("SELECT org_id, next_at, failures, name FROM timers WHERE next_at <= :now_ms"
                       " ORDER BY next_at, name, org_id LIMIT 200",
                       P(now_ms)),
                   TIMER_ROW, mem, out);
}

err timers_store_add(struct db *db, const struct timer_row *timer)
{
    assert(timer->name.len > 0);
    return db_run(db,
                  SQL("INSERT INTO timers (org_id, name, next_at) VALUES (:org_id, :name, :next_at)"
                      " ON CONFLICT (org_id, name) DO NOTHING",
                      P(timer->org_id), P(timer->name), P(timer->next_at)),
                  NULL);
}

err timers_store_take(struct db *db, const struct timer_row *timer, i64 next_at, bool *taken)
{
    assert(taken);
    i64 seen_at = timer->next_at, changed = 0;
    assert(next_at > 0);
    TRY(db_run(
        db,
        SQL("UPDATE timers SET next_at = :next_at, failures = failures + 1 WHERE org_id = :org_id"
            " AND name = :name AND next_at = :seen_at",
            P(next_at), P(timer->org_id), P(timer->name), P(seen_at)),
        &changed));
    *taken = changed > 0;
    return OK;
}

err timers_store_fail(struct db *db, const struct timer_row *timer, i64 next_at, str error)
{
    return db_run(db,
                  SQL("UPDATE timers SET next_at = :next_at, error = :error"
                      " WHERE org_id = :org_id AND name = :name",
                      P(next_at), P(error), P(timer->org_id), P(timer->name)),
                  NULL);
}

err timers_store_done(struct db *db, const struct timer_row *timer, i64 next_at, i64 now_ms)
{
    return db_run(
        db,
        SQL("UPDATE timers SET next_at = :next_at, last_at = :now_ms, failures = 0, error = ''"
            " WHERE org_id = :org_id AND name = :name",
            P(next_at), P(now_ms), P(timer->org_id), P(timer->name)),
        NULL);
}

/* ---- pieces of the queue and the outbox ---- */

static const struct field PIECE_ROW[] = {
    FIELD(struct piece, id),
    FIELD(struct piece, org_id),
    FIELD(struct piece, attempts),
    FIELD(struct piece, name),
    FIELD(struct piece, payload),
    FIELD(struct piece, outbox),
    { 0 },
};

err pieces_store_due(struct db *db, const struct due_query *query, struct arena *mem,
                     struct rows *out)
{
    out->size = sizeof(struct piece);
    if (query->outbox)
        return db_list(
            db,
            SQL("SELECT id, org_id, attempts, gateway AS name, payload, 1 AS outbox FROM outbox"
                " WHERE sent_at = 0 AND failed_at = 0 AND run_at <= :now_ms AND leased_to_at <="
                " :now_ms"
                " ORDER BY run_at, id LIMIT :limit",
                P(query->now_ms), P(query->limit)),
            PIECE_ROW, mem, out);
    return db_list(db,
                   SQL("SELECT id, org_id, attempts, name, payload, 0 AS outbox FROM jobs"
                       " WHERE failed_at = 0 AND run_at <= :now_ms AND leased_to_at <= :now_ms"
                       " ORDER BY run_at, id LIMIT :limit",
                       P(query->now_ms), P(query->limit)),
                   PIECE_ROW, mem, out);
}

err jobs_store_add(struct rq *rq, str name, str payload, i64 run_at)
{
    assert(name.len > 0);
    return db_run(rq->db,
                  SQL("INSERT INTO jobs (org_id, name, payload, run_at, queued_at)"
                      " VALUES (:org, :name, :payload, :run_at, :now_ms)",
                      P(name), P(payload), P(run_at), P(rq->now_ms)),
                  NULL);
}

err jobs_store_add_once(struct rq *rq, str name, str payload)
{
    assert(name.len > 0);
    return db_run(rq->db,
                  SQL("INSERT INTO jobs (org_id, name, payload, run_at, queued_at)"
                      " SELECT :org, :name, :payload, :now_ms, :now_ms WHERE NOT EXISTS (SELECT 1"
                      " FROM jobs WHERE org_id = :org AND name = :name AND payload = :payload"
                      " AND failed_at = 0 AND leased_to_at = 0)",
                      P(name), P(payload), P(rq->now_ms)),
                  NULL);
}

err outbox_store_add(struct rq *rq, str gateway, str payload, str once_key)
{
    assert(gateway.len > 0);
    return db_run(rq->db,
                  SQL("INSERT INTO outbox (org_id, gateway, payload, once_key, run_at, added_at)"
                      " VALUES (:org, :gateway, :payload, :once_key, :now_ms, :now_ms)"
                      " ON CONFLICT (org_id, once_key) WHERE once_key <> '' DO NOTHING",
                      P(gateway), P(payload), P(once_key), P(rq->now_ms)),
                  NULL);
}

err outbox_store_hold(struct rq *rq, str error, i64 *held)
{
    return db_run(rq->db,
                  SQL("UPDATE outbox SET failed_at = :now_ms, error = :error, leased_to_at = 0"
                      " WHERE org_id = :org AND sent_at = 0 AND failed_at = 0",
                      P(rq->now_ms), P(error)),
                  held);
}

static const struct field ITEM_ROW[] = {
    FIELD(struct outbox_item, id),
    FIELD(struct outbox_item, added_at),
    FIELD(struct outbox_item, run_at),
    FIELD(struct outbox_item, failed_at),
    FIELD(struct outbox_item, attempts),
    FIELD(struct outbox_item, gateway),
    FIELD(struct outbox_item, payload),
    FIELD(struct outbox_item, error),
    { 0 },
};

err outbox_store_list(struct rq *rq, const struct outbox_query *query, struct rows *out)
{
    out->size = sizeof(struct outbox_item);
    return db_list(
        rq->db,
        SQL("SELECT id, added_at, run_at, failed_at, attempts, gateway, payload, error FROM outbox"
            " WHERE org_id = :org AND sent_at = 0 AND (:after = 0 OR id < :after)"
            " AND :state = CASE WHEN failed_at = 0 THEN 'waiting' WHEN error = 'restore.held'"
            " THEN 'held' ELSE 'failed' END ORDER BY id DESC LIMIT :limit",
            P(query->after), P(query->state), P(query->limit)),
        ITEM_ROW, rq->mem, out);
}

err outbox_store_count(struct rq *rq, struct outbox_counts *out)
{
    static const struct field ROW[] = { FIELD(struct outbox_counts, held),
                                        FIELD(struct outbox_counts, failed),
                                        FIELD(struct outbox_counts, waiting),
                                        { 0 } };
    return db_one(rq->db,
                  SQL("SELECT COUNT(*) FILTER (WHERE failed_at = 0) AS waiting,"
                      " COUNT(*) FILTER (WHERE failed_at > 0 AND error = 'restore.held') AS held,"
                      " COUNT(*) FILTER (WHERE failed_at > 0 AND error <> 'restore.held') AS failed"
                      " FROM outbox WHERE org_id = :org AND sent_at = 0"),
                  ROW, rq->mem, out);
}

err outbox_store_release(struct rq *rq, const struct outbox_choice *choice, i64 *changed)
{
    return db_run(
        rq->db,
        SQL("UPDATE outbox SET run_at = :now_ms, failed_at = 0, attempts = 0, error = ''"
            " WHERE org_id = :org AND sent_at = 0 AND leased_to_at <= :now_ms"
            " AND (:id = 0 OR id = :id) AND (:id > 0 OR :state = CASE WHEN failed_at = 0 THEN"
            " 'waiting' WHEN error = 'restore.held' THEN 'held' ELSE 'failed' END)",
            P(rq->now_ms), P(choice->id), P(choice->state)),
        changed);
}

err outbox_store_discard(struct rq *rq, const struct outbox_choice *choice, i64 *changed)
{
    return db_run(
        rq->db,
        SQL("DELETE FROM outbox WHERE org_id = :org AND sent_at = 0 AND leased_to_at <= :now_ms"
            " AND (:id = 0 OR id = :id) AND (:id > 0 OR :state = CASE WHEN failed_at = 0 THEN"
            " 'waiting' WHEN error = 'restore.held' THEN 'held' ELSE 'failed' END)",
            P(rq->now_ms), P(choice->id), P(choice->state)),
        changed);
}

err pieces_store_lease(struct db *db, const struct piece *piece, i64 now_ms, i64 to_ms, bool *taken)
{
    i64 changed = 0;
    assert(to_ms > now_ms && taken && piece->id > 0);
    if (piece->outbox)
        TRY(db_run(
            db,
            SQL("UPDATE outbox SET leased_to_at = :to_ms, attempts = attempts + 1 WHERE org_id"
                " = :org AND id = :id AND sent_at = 0 AND failed_at = 0 AND leased_to_at <="
                " :now_ms AND run_at <= :now_ms",
                P(to_ms), P(piece->id), P(now_ms)),
            &changed));
    else
        TRY(db_run(
            db,
            SQL("UPDATE jobs SET leased_to_at = :to_ms, attempts = attempts + 1 WHERE org_id ="
                " :org AND id = :id AND failed_at = 0 AND leased_to_at <= :now_ms AND run_at <="
                " :now_ms",
                P(to_ms), P(piece->id), P(now_ms)),
            &changed));
    *taken = changed > 0;
    return OK;
}

err pieces_store_end(struct db *db, const struct piece *piece, i64 now_ms, bool *taken)
{
    i64 changed = 0;
    assert(piece->id > 0);
    if (piece->outbox)
        TRY(db_run(
            db,
            SQL("UPDATE outbox SET sent_at = :now_ms, leased_to_at = 0, payload = '', error = ''"
                " WHERE org_id = :org AND id = :id AND sent_at = 0",
                P(now_ms), P(piece->id)),
            &changed));
    else
        TRY(db_run(db,
                   SQL("DELETE FROM jobs WHERE org_id = :org AND id = :id AND failed_at = 0",
                       P(piece->id)),
                   &changed));
    *taken = changed > 0;
    return OK;
}

err pieces_store_put_off(struct db *db, const struct piece *piece, const struct put_off *off)
{
    assert(piece->id > 0);
    if (piece->outbox)
        return db_run(
            db,
            SQL("UPDATE outbox SET run_at = :run_at, failed_at = :failed_at, error = :error,"
                " leased_to_at = 0 WHERE org_id = :org AND id = :id AND sent_at = 0",
                P(off->run_at), P(off->failed_at), P(off->error), P(piece->id)),
            NULL);
    return db_run(db,
                  SQL("UPDATE jobs SET run_at = :run_at, failed_at = :failed_at, error = :error,"
                      " leased_to_at = 0 WHERE org_id = :org AND id = :id",
                      P(off->run_at), P(off->failed_at), P(off->error), P(piece->id)),
                  NULL);
}

err pieces_store_forget(struct rq *rq, i64 before_ms)
{
    TRY(db_run(
        rq->db,
        SQL("DELETE FROM outbox WHERE org_id = :org AND sent_at > 0 AND sent_at < :before_ms",
            P(before_ms)),
        NULL));
    TRY(db_run(
        rq->db,
        SQL("DELETE FROM outbox WHERE org_id = :org AND failed_at > 0 AND failed_at < :before_ms",
            P(before_ms)),
        NULL));
    return db_run(
        rq->db,
        SQL("DELETE FROM jobs WHERE org_id = :org AND failed_at > 0 AND failed_at < :before_ms",
            P(before_ms)),
        NULL);
}

static const struct field FIGURES_ROW[] = {
    FIELD(struct jobs_figures, queued),        FIELD(struct jobs_figures, failed),
    FIELD(struct jobs_figures, outbox),        FIELD(struct jobs_figures, outbox_failed),
    FIELD(struct jobs_figures, oldest_due_ms), { 0 },
};

err jobs_store_figures(struct db *db, i64 now_ms, struct jobs_figures *out)
{
    struct arena *mem = arena_new(1 << 16, 0);
    err e = db_one(
        db,
        SQL("SELECT (SELECT COUNT(*) FROM jobs WHERE failed_at = 0) AS queued,"
            " (SELECT COUNT(*) FROM jobs WHERE failed_at > 0) AS failed,"
            " (SELECT COUNT(*) FROM outbox WHERE sent_at = 0 AND failed_at = 0) AS outbox,"
            " (SELECT COUNT(*) FROM outbox WHERE failed_at > 0) AS outbox_failed,"
            " :now_ms - COALESCE((SELECT MIN(run_at) FROM jobs WHERE failed_at = 0 AND run_at <="
            " :now_ms),"
            " :now_ms) AS oldest_due_ms",
            P(now_ms)),
        FIGURES_ROW, mem, out);
    arena_free(mem);
    return e;
}
