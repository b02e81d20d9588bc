/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The lanes (lanes.h). The SQLite writer takes what waits, gives each task a savepoint, commits
 * once and only then answers all of them; a failing COMMIT answers all with its error. What a
 * request does in its lane is exchange.c. */
#include "platform/web/lanes.h"

#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

#include "platform/base/log.h"
#include "platform/base/str.h"
#include "platform/web/web_store.h"

enum {
    QUEUE_MAX = 4096,
    QUEUE_LEAST = 1024,    /* that may wait however long each takes: refusing costs, too */
    WAIT_MAX_US = 1000000, /* behind more work than this no more queue */
    SLOW_MAX = 128,
    BEYOND = 4, /* times the queue for work that no request waits for */
    BATCH_MAX = 256,
    BATCH_US = 20000,
    RERUNS = 3,
    RERUN_MS = 3000, /* who has waited so long for somebody else's lock waits no second time */
    LATE_MS = 30000,
    DOUBT_MS = 600000,
    WRITERS_MAX = 16,
    SLOW_THREADS_MAX = 16,
    SLOW_THREADS_LEAST = 2,
    POST_SOFT_CAP = 32 << 20
};

struct queue {
    pthread_mutex_t mutex;
    pthread_cond_t filled;
    struct lane_task *first, *last;
    i64 count, max;
    bool stopping;
};

/* A thread of a lane with its connection. */
struct worker {
    struct lanes *lanes;
    struct db *db;
    pthread_t thread;
    _Atomic int64_t since_ms; /* steady time when the present work began; 0 = rests */
};

/* A batch: the tasks that ran, and what became of each. */
struct batch {
    struct lane_task *tasks[BATCH_MAX];
    err results[BATCH_MAX];
    int count, good;
};

struct lanes {
    struct app *app;
    struct batch *batch; /* of the group commit */
    struct lanes_options options;
    struct queue writes, slow;
    struct worker writers[WRITERS_MAX], slows[SLOW_THREADS_MAX];
    int writer_count, slow_count;
    bool group;  /* one writer with group commit */
    bool inside; /* synchronous: a transaction is open */
    _Atomic uint64_t generation;
    _Atomic int64_t commits, committed, failed, rerun, shed, commit_us, last_good_ms;
    _Atomic int64_t doubt_ms; /* when a COMMIT was last in doubt; 0 = one has worked since */
    _Atomic int fail_commit;
    _Atomic int64_t task_us; /* what a task of the write lane takes, lately; 0 = none ran */
    _Atomic bool probing, lose_batch;
    struct lane_task probe;
};

static _Thread_local bool in_write_lane;
static const char PROBED[] = "probed"; /* no error that anybody sees */

/* ---- queues ---- */

static void queue_init(struct queue *q, i64 max)
{
    int failed = pthread_mutex_init(&q->mutex, NULL) | pthread_cond_init(&q->filled, NULL);
    assert(!failed);
    (void)failed;
    q->max = max;
}

static bool queue_push(struct queue *q, struct lane_task *task, i64 max)
{
    pthread_mutex_lock(&q->mutex);
    bool fits = !q->stopping && q->count < max;
    if (fits) {
        task->next = NULL;
        task->queued_ns = clock_steady_ns();
        if (q->last)
            q->last->next = task;
        else
            q->first = task;
        q->last = task;
        q->count++;
        pthread_cond_signal(&q->filled);
    }
    pthread_mutex_unlock(&q->mutex);
    return fits;
}

/* The next task; NULL when there is none (wait: none will come any more). */
static struct lane_task *queue_pop(struct queue *q, bool wait)
{
    pthread_mutex_lock(&q->mutex);
    while (wait && !q->first && !q->stopping)
        pthread_cond_wait(&q->filled, &q->mutex);
    struct lane_task *task = q->first;
    if (task) {
        q->first = task->next;
        if (!q->first)
            q->last = NULL;
        q->count--;
        task->next = NULL;
    }
    pthread_mutex_unlock(&q->mutex);
    return task;
}

static void queue_stop(struct queue *q)
{
    pthread_mutex_lock(&q->mutex);
    q->stopping = true;
    pthread_cond_broadcast(&q->filled);
    pthread_mutex_unlock(&q->mutex);
}

static i64 queue_count(struct queue *q)
{
    pthread_mutex_lock(&q->mutex);
    i64 count = q->count;
    pthread_mutex_unlock(&q->mutex);
    return count;
}

/* How many may wait to write: as many as are done within the time that somebody waits. */
static i64 writes_max(struct lanes *lanes)
{
    i64 each = atomic_load(&lanes->task_us), max = lanes->writes.max;
    i64 fit = each ? WAIT_MAX_US / each : max;
    fit = fit < QUEUE_LEAST ? QUEUE_LEAST : fit;
    return fit < max ? fit : max;
}

/* Notes that so many tasks took so long; a few batches decide. */
static void pace_note(struct lanes *lanes, i64 begun_ns, i64 tasks)
{
    i64 now = (clock_steady_ns() - begun_ns) / 1000 / tasks + 1;
    i64 before = atomic_load(&lanes->task_us);
    atomic_store(&lanes->task_us, before ? (before * 3 + now) / 4 : now);
}

/* ---- the write lane ---- */

static bool is_busy(err e)
{
    return err_is(e, "db.busy");
}

/* Whether to run again what failed in its nth run. A server that went away before COMMIT is asked
 * once more, not longer: each time may wait for a connection. */
static bool may_rerun(err e, int run)
{
    return run < RERUNS && db_may_retry(e) && (is_busy(e) || run == 0);
}

/* Who asked so long ago has gone, or has asked again: the work is for those behind him. */
static bool is_late(const struct lanes *lanes, const struct lane_task *task)
{
    i64 most = lanes->options.late_ms ? lanes->options.late_ms : LATE_MS;
    return task->is_asked && clock_steady_ns() - task->queued_ns > most * 1000000;
}

static err run_once(struct app *app, struct lane_task *task, struct db *db)
{
    assert(task->run && task->done && !in_write_lane);
    if (is_late(app->lanes, task))
        return err_make(ERR_BUSY, "web.overloaded");
    live_forget(&task->live); /* of a run that failed */
    live_collect(&task->live);
    in_write_lane = true;
    err e = task->run(task, db);
    in_write_lane = false;
    live_collect(NULL);
    return e.code == ERR_NONE ? live_cross(app, db, &task->live) : e;
}

/* Runs a task in its own savepoint of the batch; on a busy engine again. */
static err run_in_savepoint(struct lanes *lanes, struct lane_task *task, struct db *db)
{
    for (int run = 0;; run++) {
        TRY(db_savepoint(db));
        err e = run_once(lanes->app, task, db);
        if (e.code == ERR_NONE)
            e = db_savepoint_release(db);
        if (e.code == ERR_NONE)
            return e;
        db_savepoint_rollback(db);
        if (!is_busy(e) || run == RERUNS)
            return e;
        atomic_fetch_add(&lanes->rerun, 1);
    }
}

static err commit(struct lanes *lanes, struct db *db)
{
    int left = atomic_load(&lanes->fail_commit);
    if (left >= 0 && atomic_fetch_sub(&lanes->fail_commit, 1) == 0) {
        db_rollback(db);
        return err_make(ERR_BUSY, "db.full");
    }
    if (atomic_exchange(&lanes->lose_batch, false)) {
        db_rollback(db);
        return err_make(ERR_BUSY, "db.busy");
    }
    i64 started = clock_steady_ns();
    err e = db_commit(db);
    atomic_fetch_add(&lanes->commits, 1);
    atomic_fetch_add(&lanes->commit_us, (clock_steady_ns() - started) / 1000);
    if (e.code != ERR_NONE) {
        if (err_is(e, "db.commit_unknown"))
            atomic_store(&lanes->doubt_ms, clock_steady_ms());
        db_rollback(db);
        return e;
    }
    atomic_store(&lanes->doubt_ms, 0);
    atomic_store(&lanes->last_good_ms, clock_steady_ms());
    return OK;
}

static void answer(struct lanes *lanes, struct lane_task *task, err e)
{
    if (!err_is(e, PROBED))
        atomic_fetch_add(e.code == ERR_NONE ? &lanes->committed : &lanes->failed, 1);
    if (e.code == ERR_NONE)
        live_publish(lanes->app, &task->live);
    live_forget(&task->live);
    task->done(task, e);
}

static void batch_answer(struct lanes *lanes, struct batch *batch, err committed)
{
    if (committed.code == ERR_NONE && batch->good)
        atomic_fetch_add(&lanes->generation, 1);
    assert(batch->good <= batch->count && batch->count <= BATCH_MAX);
    for (int i = 0; i < batch->count; i++) {
        err e = batch->results[i];
        answer(lanes, batch->tasks[i], e.code == ERR_NONE ? committed : e);
    }
}

static err begin(struct lanes *lanes, struct db *db)
{
    err e = db_begin(db);
    for (int run = 0; run < RERUNS && is_busy(e); run++) {
        atomic_fetch_add(&lanes->rerun, 1);
        e = db_begin(db);
    }
    return e;
}

/* Nothing can be begun: what waits now is told so. */
static void batch_refuse(struct lanes *lanes, struct batch *batch, err e)
{
    do {
        batch->results[batch->count - 1] = e;
        if (batch->count == lanes->options.batch_max)
            break;
        batch->tasks[batch->count] = queue_pop(&lanes->writes, false);
    } while (batch->tasks[batch->count] && ++batch->count);
    batch_answer(lanes, batch, e);
}

/* One task in a transaction of its own. */
static err run_alone(struct lanes *lanes, struct lane_task *task, struct db *db)
{
    i64 started = clock_steady_ms();
    for (int run = 0;; run++) {
        err e = begin(lanes, db);
        if (e.code == ERR_NONE) {
            e = run_once(lanes->app, task, db);
            if (e.code == ERR_NONE)
                e = commit(lanes, db);
            else
                db_rollback(db);
        }
        if (!may_rerun(e, run) || clock_steady_ms() - started > RERUN_MS)
            return e;
        atomic_fetch_add(&lanes->rerun, 1);
    }
}

static void run_and_answer(struct lanes *lanes, struct lane_task *task, struct db *db)
{
    err e = run_alone(lanes, task, db);
    if (e.code == ERR_NONE)
        atomic_fetch_add(&lanes->generation, 1);
    answer(lanes, task, e);
}

/* The engine gave up the whole transaction (disk full): each that was good, or came too late, has
 * another try on its own. */
static void batch_rerun(struct lanes *lanes, struct db *db, struct batch *batch)
{
    for (int i = 0; i < batch->count; i++) {
        err e = batch->results[i];
        if (e.code == ERR_NONE || is_busy(e))
            run_and_answer(lanes, batch->tasks[i], db);
        else
            answer(lanes, batch->tasks[i], e);
    }
}

static void batch_run(struct lanes *lanes, struct lane_task *task, struct db *db,
                      struct batch *batch)
{
    i64 started = clock_steady_ns();
    assert(lanes->group && task);
    batch->count = 1;
    batch->good = 0;
    batch->tasks[0] = task;
    err e = begin(lanes, db);
    if (e.code != ERR_NONE) {
        batch_refuse(lanes, batch, e);
        return;
    }
    for (;;) {
        err *result = &batch->results[batch->count - 1];
        *result = run_in_savepoint(lanes, task, db);
        batch->good += result->code == ERR_NONE;
        bool over = clock_steady_ns() - started > (i64)BATCH_US * 1000;
        if (over || batch->count == lanes->options.batch_max)
            break;
        task = queue_pop(&lanes->writes, false);
        if (!task)
            break;
        batch->tasks[batch->count++] = task;
    }
    err committed = commit(lanes, db);
    if (is_busy(committed))
        batch_rerun(lanes, db, batch);
    else
        batch_answer(lanes, batch, committed);
}

static void *writer_group(void *context)
{
    struct worker *worker = context;
    struct lanes *lanes = worker->lanes;
    for (struct lane_task *task; (task = queue_pop(&lanes->writes, true));) {
        i64 begun = clock_steady_ns();
        atomic_store(&worker->since_ms, clock_steady_ms());
        batch_run(lanes, task, worker->db, lanes->batch);
        atomic_store(&worker->since_ms, 0);
        pace_note(lanes, begun, lanes->batch->count);
    }
    return NULL;
}

static void *writer_alone(void *context)
{
    struct worker *worker = context;
    struct lanes *lanes = worker->lanes;
    for (struct lane_task *task; (task = queue_pop(&lanes->writes, true));) {
        i64 begun = clock_steady_ns();
        atomic_store(&worker->since_ms, clock_steady_ms());
        run_and_answer(lanes, task, worker->db);
        atomic_store(&worker->since_ms, 0);
        pace_note(lanes, begun, lanes->writer_count);
    }
    return NULL;
}

/* ---- the slow lane ---- */

static void *slow_worker(void *context)
{
    struct worker *worker = context;
    struct lanes *lanes = worker->lanes;
    for (struct lane_task *task; (task = queue_pop(&lanes->slow, true));)
        task->done(task, task->run(task, worker->db));
    return NULL;
}

/* ---- synchronous, for tests ---- */

static void drain(struct lanes *lanes)
{
    for (struct lane_task *task; !lanes->inside && (task = queue_pop(&lanes->writes, false));) {
        lanes->inside = true;
        err e = run_alone(lanes, task, lanes->writers[0].db);
        lanes->inside = false;
        if (e.code == ERR_NONE)
            atomic_fetch_add(&lanes->generation, 1);
        answer(lanes, task, e);
    }
}

/* ---- start and stop ---- */

static int or_default(int value, int fallback, int max)
{
    int n = value > 0 ? value : fallback;
    return n < max ? n : max;
}

static err worker_open(struct worker *worker, struct lanes *lanes, enum db_mode mode)
{
    worker->lanes = lanes;
    return db_open(lanes->app->config.db, mode, &worker->db);
}

static err connections_open(struct lanes *lanes)
{
    TRY(worker_open(&lanes->writers[0], lanes, DB_WRITE));
    lanes->writer_count = 1;
    lanes->group = db_engine(lanes->writers[0].db) == DB_SQLITE;
    if (lanes->options.synchronous)
        return OK;
    int writers = lanes->group ? 1 : or_default(lanes->options.write_threads, 4, WRITERS_MAX);
    for (; lanes->writer_count < writers; lanes->writer_count++)
        TRY(worker_open(&lanes->writers[lanes->writer_count], lanes, DB_WRITE));
    int cores = (int)sysconf(_SC_NPROCESSORS_ONLN);
    int usual = cores < SLOW_THREADS_LEAST ? SLOW_THREADS_LEAST : cores;
    int slows = or_default(lanes->options.slow_threads, usual, SLOW_THREADS_MAX);
    for (; lanes->slow_count < slows; lanes->slow_count++)
        TRY(worker_open(&lanes->slows[lanes->slow_count], lanes, DB_READ));
    return OK;
}

static void thread_start(struct worker *worker, void *(*fn)(void *))
{
    int failed = pthread_create(&worker->thread, NULL, fn, worker);
    assert(!failed);
    (void)failed;
}

static void connections_close(struct lanes *lanes)
{
    for (int i = 0; i < lanes->writer_count; i++)
        db_close(lanes->writers[i].db);
    for (int i = 0; i < lanes->slow_count; i++)
        db_close(lanes->slows[i].db);
}

err lanes_start(struct app *app, const struct lanes_options *options)
{
    assert(!app->lanes && app->mem);
    struct lanes *lanes = arena_zero(app->mem, sizeof *lanes);
    lanes->app = app;
    lanes->options = *options;
    lanes->options.batch_max = or_default(options->batch_max, BATCH_MAX, BATCH_MAX);
    lanes->batch = arena_zero(app->mem, sizeof *lanes->batch);
    lanes->fail_commit = -1;
    lanes->last_good_ms = clock_steady_ms();
    queue_init(&lanes->writes, or_default(options->queue_max, QUEUE_MAX, 1 << 20));
    queue_init(&lanes->slow, or_default(options->slow_max, SLOW_MAX, 1 << 20));
    err e = connections_open(lanes);
    if (e.code != ERR_NONE) {
        connections_close(lanes);
        return e;
    }
    app->lanes = lanes;
    if (options->synchronous)
        return OK;
    for (int i = 0; i < lanes->writer_count; i++)
        thread_start(&lanes->writers[i], lanes->group ? writer_group : writer_alone);
    for (int i = 0; i < lanes->slow_count; i++)
        thread_start(&lanes->slows[i], slow_worker);
    return OK;
}

void lanes_stop(struct app *app)
{
    struct lanes *lanes = app->lanes;
    if (!lanes)
        return;
    queue_stop(&lanes->slow);
    for (int i = 0; i < lanes->slow_count; i++)
        pthread_join(lanes->slows[i].thread, NULL);
    if (lanes->options.synchronous)
        drain(lanes);
    queue_stop(&lanes->writes);
    for (int i = 0; i < lanes->writer_count && !lanes->options.synchronous; i++)
        pthread_join(lanes->writers[i].thread, NULL);
    connections_close(lanes);
    app->lanes = NULL;
}

bool lanes_submit_write(struct lanes *lanes, struct lane_task *task)
{
    assert(task->run && task->done);
    bool fits = queue_push(&lanes->writes, task, writes_max(lanes));
    if (!fits)
        atomic_fetch_add(&lanes->shed, 1);
    else if (lanes->options.synchronous)
        drain(lanes);
    return fits;
}

bool lanes_may_write(struct lanes *lanes)
{
    bool fits = queue_count(&lanes->writes) < writes_max(lanes);
    if (!fits)
        atomic_fetch_add(&lanes->shed, 1);
    return fits;
}

bool lanes_submit_slow(struct lanes *lanes, struct lane_task *task)
{
    if (lanes->options.synchronous) { /* a test or a command: here and now, on its one connection */
        task->done(task, task->run(task, lanes->writers[0].db));
        return true;
    }
    bool fits = queue_push(&lanes->slow, task, lanes->slow.max);
    if (!fits)
        atomic_fetch_add(&lanes->shed, 1);
    return fits;
}

/* ---- work that is no request ---- */

struct waiting {
    struct lane_task task;
    struct app *app;
    struct arena *mem;
    lane_fn fn;
    void *context;
    pthread_mutex_t mutex;
    pthread_cond_t ended;
    bool is_done;
    err result;
};

static err waiting_run(struct lane_task *task, struct db *db)
{
    struct waiting *w = (struct waiting *)(void *)task;
    arena_reset(w->mem);
    return w->fn(w->app, db, w->mem, w->context);
}

static void waiting_done(struct lane_task *task, err result)
{
    struct waiting *w = (struct waiting *)(void *)task;
    pthread_mutex_lock(&w->mutex);
    w->result = result;
    w->is_done = true;
    pthread_cond_signal(&w->ended);
    pthread_mutex_unlock(&w->mutex);
}

err lanes_write(struct app *app, lane_fn fn, void *context)
{
    assert(!in_write_lane && app->lanes);
    struct waiting w = { .task = { .run = waiting_run, .done = waiting_done },
                         .app = app,
                         .mem = arena_new(POST_SOFT_CAP, 0),
                         .fn = fn,
                         .context = context };
    pthread_mutex_init(&w.mutex, NULL);
    pthread_cond_init(&w.ended, NULL);
    if (lanes_submit_write(app->lanes, &w.task)) {
        pthread_mutex_lock(&w.mutex);
        while (!w.is_done)
            pthread_cond_wait(&w.ended, &w.mutex);
        pthread_mutex_unlock(&w.mutex);
    } else {
        w.result = err_make(ERR_BUSY, "web.overloaded");
    }
    arena_free(w.mem);
    w.result.arg[0] = w.result.arg[1] = str_of(""); /* they lived in mem */
    pthread_mutex_destroy(&w.mutex);
    pthread_cond_destroy(&w.ended);
    return w.result;
}

struct posted {
    struct lane_task task;
    struct app *app;
    struct arena *owned, *mem;
    lane_fn fn;
    void *context;
};

static err posted_run(struct lane_task *task, struct db *db)
{
    struct posted *p = (struct posted *)(void *)task;
    arena_reset(p->mem);
    return p->fn(p->app, db, p->mem, p->context);
}

static void posted_done(struct lane_task *task, err result)
{
    struct posted *p = (struct posted *)(void *)task;
    if (result.code != ERR_NONE)
        log_note(LOG_ERROR, "lanes.post_failed", "error", str_of(result.name));
    arena_free(p->mem);
    arena_free(p->owned);
}

void lanes_post(struct app *app, struct arena *owned, lane_fn fn, void *context)
{
    assert(app->lanes);
    struct posted *p = arena_zero(owned, sizeof *p);
    *p = (struct posted){ .task = { .run = posted_run, .done = posted_done },
                          .app = app,
                          .owned = owned,
                          .mem = arena_new(POST_SOFT_CAP, 0),
                          .fn = fn,
                          .context = context };
    if (!queue_push(&app->lanes->writes, &p->task, app->lanes->writes.max * BEYOND))
        posted_done(&p->task, err_make(ERR_BUSY, "web.overloaded"));
    else if (app->lanes->options.synchronous)
        drain(app->lanes);
}

/* ---- signs of life ---- */

static err probe_run(struct lane_task *task, struct db *db)
{
    (void)task;
    TRY(web_store_probe(db));
    return err_make(ERR_CONFLICT, PROBED); /* it worked: take it back */
}

static void probe_done(struct lane_task *task, err result)
{
    struct lanes *lanes = (struct lanes *)(void *)((char *)task - offsetof(struct lanes, probe));
    if (err_is(result, PROBED))
        atomic_store(&lanes->last_good_ms, clock_steady_ms());
    atomic_store(&lanes->probing, false);
}

void lanes_probe(struct app *app)
{
    struct lanes *lanes = app->lanes;
    if (atomic_exchange(&lanes->probing, true))
        return;
    lanes->probe = (struct lane_task){ .run = probe_run, .done = probe_done };
    if (!queue_push(&lanes->writes, &lanes->probe, lanes->writes.max * BEYOND))
        atomic_store(&lanes->probing, false);
    else if (lanes->options.synchronous)
        drain(lanes);
}

i64 lanes_stuck_ms(struct lanes *lanes)
{
    i64 most = 0, now = clock_steady_ms();
    for (int i = 0; i < lanes->writer_count; i++) {
        i64 since = atomic_load(&lanes->writers[i].since_ms);
        most = since && now - since > most ? now - since : most;
    }
    return most;
}

bool lanes_are_in_doubt(struct lanes *lanes)
{
    i64 since = atomic_load(&lanes->doubt_ms);
    return since && clock_steady_ms() - since < DOUBT_MS;
}

uint64_t lanes_generation(const struct lanes *lanes)
{
    return atomic_load(&lanes->generation);
}

void lanes_figures(struct lanes *lanes, struct lanes_figures *out)
{
    *out = (struct lanes_figures){
        .write_queue = queue_count(&lanes->writes),
        .slow_queue = queue_count(&lanes->slow),
        .commits = atomic_load(&lanes->commits),
        .committed = atomic_load(&lanes->committed),
        .failed = atomic_load(&lanes->failed),
        .rerun = atomic_load(&lanes->rerun),
        .shed = atomic_load(&lanes->shed),
        .commit_us = atomic_load(&lanes->commit_us),
        .last_good_ms = atomic_load(&lanes->last_good_ms),
    };
}

void lanes_lose_batch(struct lanes *lanes)
{
    atomic_store(&lanes->lose_batch, true);
}

void lanes_fail_commit(struct lanes *lanes, int after)
{
    atomic_store(&lanes->fail_commit, after);
}
