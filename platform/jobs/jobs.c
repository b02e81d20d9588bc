/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What is due, and doing it: each timer and each fast piece of work in a write transaction together
 * with its own bookkeeping; slow work and messages on the slow lane between two such transactions.
 * The thread: scheduler.c. SQL: jobs_store.c. */
#include "platform/jobs/jobs_internal.h"

#include <assert.h>
#include <string.h>

#include "platform/base/log.h"
#include "platform/base/str.h"
#include "platform/notify/notify.h"

enum {
    ATTEMPTS_MAX = 10,
    TIMER_FAILURES_SERIOUS = 5,
    PIECES_AT_ONCE = 50,
    ROUNDS_MAX = 10000,
    LEASE_MS = 10 * 60 * 1000,
    PAUSE_FIRST_MS = 60 * 1000,
    PAUSE_MOST_MS = 6 * 60 * 60 * 1000
};

/* ---- declarations ---- */

const struct job *job_find(const struct module *const *modules, str name)
{
    for (const struct module *const *m = modules; m && *m; m++)
        for (const struct job *j = (*m)->jobs; j && j->name; j++)
            if (str_is(name, j->name))
                return j;
    return NULL;
}

bool jobs_check(const struct module *const *modules, struct buf *faults)
{
    size_t before = faults->len;
    for (const struct module *const *m = modules; m && *m; m++)
        for (const struct job *j = (*m)->jobs; j && j->name; j++) {
            if (job_find(modules, str_of(j->name)) != j)
                buf_printf(faults, "job %s is declared twice\n", j->name);
            if (!j->run == !j->work)
                buf_printf(faults, "job %s needs either run or work\n", j->name);
            if (j->run && (j->every_s <= 0 || j->slow))
                buf_printf(faults, "timer %s needs a period and runs in the write lane\n", j->name);
            if (j->work && (j->every_s != 0 || j->per_org))
                buf_printf(faults, "queued job %s has no period\n", j->name);
        }
    return faults->len == before;
}

err job_queue(struct rq *rq, const char *name, str payload, i64 at_ms)
{
    const struct job *job = job_find(rq->app->modules, str_of(name));
    assert(job && job->work);
    return jobs_store_add(rq, str_of(name), payload, at_ms > rq->now_ms ? at_ms : rq->now_ms);
}

err job_queue_once(struct rq *rq, const char *name, str payload)
{
    const struct job *job = job_find(rq->app->modules, str_of(name));
    assert(job && job->work);
    return jobs_store_add_once(rq, str_of(name), payload);
}

err job_part(struct rq *rq, err (*run)(struct rq *rq, void *context), void *context)
{
    TRY(db_savepoint(rq->db));
    err e = run(rq, context);
    if (e.code == ERR_NONE)
        e = db_savepoint_release(rq->db);
    if (e.code != ERR_NONE)
        db_savepoint_rollback(rq->db);
    return e;
}

err outbox_add(struct rq *rq, const char *gateway, str payload, str key)
{
    return outbox_store_add(rq, str_of(gateway), payload, key);
}

err outbox_hold(struct rq *rq, const char *error, i64 *held)
{
    return outbox_store_hold(rq, str_of(error), held);
}

err outbox_list(struct rq *rq, const struct outbox_query *query, struct rows *out)
{
    return outbox_store_list(rq, query, out);
}

err outbox_count(struct rq *rq, struct outbox_counts *out)
{
    return outbox_store_count(rq, out);
}

err outbox_release(struct rq *rq, const struct outbox_choice *choice, i64 *changed)
{
    assert(choice->id > 0 || choice->state.len > 0);
    return outbox_store_release(rq, choice, changed);
}

err outbox_discard(struct rq *rq, const struct outbox_choice *choice, i64 *changed)
{
    assert(choice->id > 0 || choice->state.len > 0);
    return outbox_store_discard(rq, choice, changed);
}

/* One minute, two, four … six hours. */
static i64 pause_ms(i64 failures)
{
    i64 pause = PAUSE_FIRST_MS;
    for (i64 i = 0; i < failures && pause < PAUSE_MOST_MS; i++)
        pause *= 2;
    return pause < PAUSE_MOST_MS ? pause : PAUSE_MOST_MS;
}

/* A request of the house for an organisation, at the time that counts for this run. */
static void house_rq(struct app *app, struct db *db, struct arena *mem, struct work *work,
                     struct rq *out)
{
    db_set_org(db, work->org_id);
    app_system_rq(app, db, mem, work->org_id, out);
    out->now_ms = work->now_ms;
    out->today = day_of_ms(work->now_ms);
}

/* The time by the clock, in a round that may have begun long ago. */
static i64 now_of(const struct work *work)
{
    return work->now_ms + clock_steady_ms() - work->begun_ms;
}

/* ---- timers ---- */

/* Timers that are declared but not yet known get a row: at once due. */
static err timers_add(struct app *app, struct db *db, struct arena *mem, void *context)
{
    const struct work *work = context;
    struct rows orgs, known;
    TRY(timers_store_orgs(db, mem, &orgs));
    TRY(timers_store_list(db, mem, &known));
    for (const struct module *const *m = app->modules; m && *m; m++)
        for (const struct job *j = (*m)->jobs; j && j->name; j++) {
            if (!j->run)
                continue;
            for (size_t i = 0; i < (j->per_org ? orgs.count : 1); i++) {
                struct timer_row timer = { .name = str_of(j->name), .next_at = work->now_ms };
                timer.org_id = j->per_org ? ((struct org_row *)orgs.items)[i].id : 0;
                TRY(timers_store_add(db, &timer));
            }
        }
    return OK;
}

/* Whether a declared timer has no row yet; in the slow lane, so that the write lane is left alone
 * when all is known. */
static err timers_missing(struct app *app, struct db *db, struct arena *mem, struct work *work)
{
    struct rows orgs, known;
    size_t wanted = 0, found = 0;
    TRY(timers_store_orgs(db, mem, &orgs));
    TRY(timers_store_list(db, mem, &known));
    for (const struct module *const *m = app->modules; m && *m; m++)
        for (const struct job *j = (*m)->jobs; j && j->name; j++) {
            wanted += j->run ? (j->per_org ? orgs.count : 1) : 0;
            for (size_t i = 0; j->run && i < known.count; i++)
                found += str_is(((struct timer_row *)known.items)[i].name, j->name);
        }
    work->missing = found < wanted;
    return OK;
}

/* In a transaction of its own: what stops the process has been counted before. */
static err timer_take(struct app *app, struct db *db, struct arena *mem, void *context)
{
    struct work *work = context;
    i64 pause = pause_ms(work->timer.failures), day_ms = 24 * 60 * 60 * 1000;
    i64 next_at = now_of(work) + (pause > LEASE_MS ? pause : LEASE_MS);
    (void)app;
    (void)mem;
    if (!work->job) /* not declared any more: it rests */
        next_at = work->now_ms + day_ms;
    return timers_store_take(db, &work->timer, next_at, &work->taken);
}

static err timer_run(struct app *app, struct db *db, struct arena *mem, void *context)
{
    struct work *work = context;
    i64 next_at = work->now_ms + work->job->every_s * 1000;
    struct rq rq;
    bool again = false;
    house_rq(app, db, mem, work, &rq);
    TRY(work->job->run(&rq, &again));
    return timers_store_done(db, &work->timer, again ? work->now_ms : next_at, work->now_ms);
}

static err timer_fail(struct app *app, struct db *db, struct arena *mem, void *context)
{
    const struct work *work = context;
    (void)app;
    (void)mem;
    return timers_store_fail(db, &work->timer, work->now_ms + pause_ms(work->timer.failures),
                             str_of(work->failure.name));
}

/* serious: a person must look. */
static void failure_log(const struct work *work, str name, i64 failures, bool serious)
{
    log_line(serious ? LOG_ERROR : LOG_WARN, "job.failed",
             (const struct log_pair[]){ { "job", name, 0 },
                                        { "org", { 0 }, work->org_id },
                                        { "failures", { 0 }, failures + 1 },
                                        { "error", str_of(work->failure.name), 0 },
                                        { "file", str_of(work->failure.file), 0 },
                                        { "line", { 0 }, work->failure.line },
                                        { 0 } });
}

static void timer_do(struct app *app, struct work *work)
{
    work->job = job_find(app->modules, work->timer.name);
    work->org_id = work->timer.org_id;
    err taken = lanes_write(app, timer_take, work);
    if (taken.code != ERR_NONE)
        log_note(LOG_WARN, "job.untaken", "error", str_of(taken.name));
    if (taken.code != ERR_NONE || !work->taken || !work->job)
        return;
    work->failure = lanes_write(app, timer_run, work);
    if (work->failure.code == ERR_NONE)
        return;
    failure_log(work, work->timer.name, work->timer.failures,
                work->timer.failures + 1 >= TIMER_FAILURES_SERIOUS);
    err noted = lanes_write(app, timer_fail, work);
    if (noted.code != ERR_NONE)
        log_note(LOG_ERROR, "job.unnoted", "error", str_of(noted.name));
}

/* ---- the queue and the outbox ---- */

static err piece_lease(struct app *app, struct db *db, struct arena *mem, void *context)
{
    struct work *work = context;
    (void)app;
    (void)mem;
    db_set_org(db, work->org_id);
    i64 now_ms = now_of(work);
    return pieces_store_lease(db, &work->piece, now_ms, now_ms + LEASE_MS, &work->taken);
}

static err piece_end(struct app *app, struct db *db, struct arena *mem, void *context)
{
    struct work *work = context;
    bool ended;
    (void)app;
    (void)mem;
    db_set_org(db, work->org_id);
    return pieces_store_end(db, &work->piece, work->now_ms, &ended);
}

static err piece_put_off(struct app *app, struct db *db, struct arena *mem, void *context)
{
    const struct work *work = context;
    bool give_up = work->piece.attempts + 1 >= ATTEMPTS_MAX;
    struct put_off off = { .run_at = work->now_ms + pause_ms(work->piece.attempts),
                           .failed_at = give_up ? work->now_ms : 0,
                           .error = str_of(work->failure.name) };
    (void)app;
    (void)mem;
    db_set_org(db, work->org_id);
    return pieces_store_put_off(db, &work->piece, &off);
}

/* Fast work: taken off and done in one transaction, so exactly once. */
static err piece_run(struct app *app, struct db *db, struct arena *mem, void *context)
{
    struct work *work = context;
    struct rq rq;
    house_rq(app, db, mem, work, &rq);
    TRY(pieces_store_end(db, &work->piece, work->now_ms, &work->taken));
    return work->taken ? work->job->work(&rq, work->piece.payload) : OK;
}

static const struct gateway *gateway_find(str name)
{
    for (const struct gateway *const *g = GATEWAYS; *g; g++)
        if (str_is(name, (*g)->name))
            return *g;
    return NULL;
}

/* In the slow lane: the message, or the slow work. */
static err piece_send(struct app *app, struct db *db, struct arena *mem, struct work *work)
{
    struct rq rq;
    house_rq(app, db, mem, work, &rq);
    rq.id = arena_printf(mem, "%s-%lld", work->piece.outbox ? "outbox" : "jobs",
                         (long long)work->piece.id);
    if (!work->piece.outbox) {
        assert(work->job && work->job->work);
        return work->job->work(&rq, work->piece.payload);
    }
    const struct gateway *gateway = gateway_find(work->piece.name);
    return gateway ? gateway->send(&rq, work->piece.payload)
                   : err_make(ERR_INTERNAL, "jobs.gateway");
}

static err piece_slow(struct app *app, struct work *work)
{
    TRY(slow_wait(app, piece_send, work));
    return lanes_write(app, piece_end, work);
}

static err piece_try(struct app *app, struct work *work)
{
    if (work->piece.attempts >= ATTEMPTS_MAX) /* each of them ended the process before its end */
        return err_make(ERR_INTERNAL, "jobs.crashed");
    if (!work->piece.outbox && (!work->job || !work->job->work))
        return err_make(ERR_INTERNAL, "jobs.undeclared");
    if (work->piece.outbox || work->job->slow)
        return piece_slow(app, work);
    return lanes_write(app, piece_run, work);
}

/* Leased, and so counted, in a transaction of its own before anything is done. */
static void piece_do(struct app *app, struct work *work)
{
    work->org_id = work->piece.org_id;
    work->job = work->piece.outbox ? NULL : job_find(app->modules, work->piece.name);
    err leased = lanes_write(app, piece_lease, work);
    if (leased.code != ERR_NONE)
        log_note(LOG_WARN, "job.unleased", "error", str_of(leased.name));
    if (leased.code != ERR_NONE || !work->taken)
        return;
    work->failure = piece_try(app, work);
    if (work->failure.code == ERR_NONE)
        return;
    failure_log(work, work->piece.name, work->piece.attempts,
                work->piece.attempts + 1 >= ATTEMPTS_MAX);
    err noted = lanes_write(app, piece_put_off, work);
    if (noted.code != ERR_NONE)
        log_note(LOG_ERROR, "job.unnoted", "error", str_of(noted.name));
}

/* ---- a round ---- */

/* Reads what is due, in the slow lane: most seconds there is nothing, and the write lane stays
 * free. */
static err round_read(struct app *app, struct db *db, struct arena *mem, struct work *work)
{
    (void)app;
    (void)mem;
    struct due_query query = { .now_ms = work->now_ms, .limit = PIECES_AT_ONCE };
    TRY(timers_store_due(db, work->now_ms, work->mem, &work->timers));
    TRY(pieces_store_due(db, &query, work->mem, &work->queued));
    query.outbox = true;
    return pieces_store_due(db, &query, work->mem, &work->messages);
}

/* Whether the piece is of this round: slow work, which may take minutes, or all else. */
static bool is_of_round(const struct app *app, const struct work *work, const struct piece *piece)
{
    const struct job *job = piece->outbox ? NULL : job_find(app->modules, piece->name);
    bool slow = job && job->slow;
    return work->which == JOBS_ALL || slow == (work->which == JOBS_SLOW);
}

static i64 pieces_do(struct app *app, struct work *work, const struct rows *list)
{
    i64 done = 0;
    for (size_t i = 0; i < list->count; i++) {
        work->piece = ((struct piece *)list->items)[i];
        if (!is_of_round(app, work, &work->piece))
            continue;
        piece_do(app, work);
        done++;
    }
    return done;
}

static i64 round_do(struct app *app, struct work *work)
{
    if (work->which == JOBS_SLOW)
        return pieces_do(app, work, &work->queued);
    for (size_t i = 0; i < work->timers.count && !lanes_are_in_doubt(app->lanes); i++) {
        work->timer = ((struct timer_row *)work->timers.items)[i];
        timer_do(app, work);
    }
    return (i64)work->timers.count + pieces_do(app, work, &work->queued) +
           pieces_do(app, work, &work->messages);
}

err jobs_run_due(struct app *app, i64 now_ms, i64 *ran)
{
    return jobs_run_some(app, now_ms, JOBS_ALL, ran);
}

err jobs_run_some(struct app *app, i64 now_ms, enum jobs_which which, i64 *ran)
{
    struct work work = { .now_ms = now_ms,
                         .which = which,
                         .begun_ms = clock_steady_ms(),
                         .mem = arena_new(16 << 20, 0) };
    i64 sum = 0;
    if (lanes_are_in_doubt(app->lanes)) {
        arena_free(work.mem);
        return OK;
    }
    err failed = which == JOBS_SLOW ? OK : slow_wait(app, timers_missing, &work);
    if (failed.code == ERR_NONE && work.missing)
        failed = lanes_write(app, timers_add, &work);
    for (int round = 0; failed.code == ERR_NONE && round < ROUNDS_MAX; round++) {
        failed = slow_wait(app, round_read, &work);
        i64 done = failed.code == ERR_NONE ? round_do(app, &work) : 0;
        arena_reset(work.mem);
        sum += done;
        if (done == 0)
            break;
    }
    arena_free(work.mem);
    if (ran)
        *ran = sum;
    return failed;
}

err jobs_figures(struct db *db, i64 now_ms, struct jobs_figures *out)
{
    return jobs_store_figures(db, now_ms, out);
}
