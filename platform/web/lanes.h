/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Where work runs: the write lane (SQLite: one writer with group commit; PostgreSQL: a few
 * writers, a transaction each) and the slow lane (a small pool, read-only). The read lane is the
 * caller's own thread. The platform owns every transaction. Callers of lanes_write and
 * lanes_post: jobs, audit, the command line. HTTP requests come through lanes_submit. */
#ifndef HT_WEB_LANES_H
#define HT_WEB_LANES_H
#include "platform/app.h"
#include "platform/web/live.h"

/* Work to be done in one transaction. mem is fresh at each run. Anything but OK rolls back. */
typedef err (*lane_fn)(struct app *app, struct db *db, struct arena *mem, void *context);

/* Runs fn in the write lane and waits for its COMMIT. Run again up to 3 times on BUSY db.busy, once
 * on db.away before COMMIT; when the engine gives a whole group up (disk full), each task of it on
 * its own.
 * Not from within the write lane. Errors: fn's own; BUSY web.overloaded (queue full),
 * web.stopping; those of COMMIT. */
err lanes_write(struct app *app, lane_fn fn, void *context);

/* The same without waiting: owned, which holds context, is freed afterwards; an error is logged.
 * Takes four times what requests may queue, then BUSY web.overloaded.
 * May be called from anywhere, also within a transaction: it runs in a later one. */
void lanes_post(struct app *app, struct arena *owned, lane_fn fn, void *context);

/* ---- platform only ---- */

/* A piece of work in a lane; embedded in its owner, who keeps it alive until done was called.
 * run may be called several times in the write lane; done exactly once, after COMMIT or with the
 * error, on the lane's thread. */
struct lane_task {
    err (*run)(struct lane_task *task, struct db *db);
    void (*done)(struct lane_task *task, err result);
    struct lane_task *next;
    struct live_list live; /* events to send after COMMIT */
    i64 queued_ns;
    bool is_asked; /* somebody waits for the answer, and not for ever: it may come too late */
};

struct lanes_options {
    bool synchronous;  /* tests: no threads, work runs in the caller's */
    int slow_threads;  /* 0 = number of cores, two at least: one may be making a book */
    int write_threads; /* PostgreSQL; 0 = 4 */
    int queue_max;     /* 0 = 4096 */
    int slow_max;      /* 0 = 128 */
    int batch_max;     /* 0 = 256 */
    int late_ms;       /* a request queued so long ago is not begun any more; 0 = 30,000 */
};

/* Opens the connections and starts the threads; sets app->lanes. Errors: those of db_open. */
err lanes_start(struct app *app, const struct lanes_options *options);

/* Takes no more work, finishes what is queued, joins, closes. */
void lanes_stop(struct app *app);

/* Queues a task; false when the queue is full or stopping (then done is not called). Of the write
 * lane it is full, too, when more than 1,024 wait and they take more than a second, as things go
 * lately. */
bool lanes_submit_write(struct lanes *lanes, struct lane_task *task);
bool lanes_submit_slow(struct lanes *lanes, struct lane_task *task);

/* Whether the write lane would take a task now: who would come in vain is told before anything is
 * looked up for him. No is counted as shed. */
bool lanes_may_write(struct lanes *lanes);

/* A counter that grows with every COMMIT that may have changed something: what was cached under
 * another value is old. */
uint64_t lanes_generation(const struct lanes *lanes);

/* Figures for /metrics and /readyz. */
struct lanes_figures {
    i64 write_queue, slow_queue;                 /* waiting now */
    i64 commits, committed, failed, rerun, shed; /* since start */
    i64 commit_us;                               /* time spent in COMMIT */
    i64 last_good_ms; /* steady time of the last COMMIT or probe that worked */
};
void lanes_figures(struct lanes *lanes, struct lanes_figures *out);

/* Whether a COMMIT of the last ten minutes was given up because nobody knows whether it is saved
 * (db.commit_unknown), and none has worked since. Each leaves a connection of the server waiting,
 * so what nobody asked for had better wait, too. */
bool lanes_are_in_doubt(struct lanes *lanes);

/* Asks the write lane for a sign of life: a change that is rolled back. Without effect while one
 * is under way. */
void lanes_probe(struct app *app);

/* How long the writer that has been at it longest has been at its present batch or task; 0 = all
 * rest. */
i64 lanes_stuck_ms(struct lanes *lanes);

/* Test hook: the next COMMIT of a batch finds that the engine has given the whole transaction up,
 * as on a full disk. */
void lanes_lose_batch(struct lanes *lanes);

/* Test hook: fails the COMMIT of the batch after next n commits with BUSY db.full when n >= 0;
 * -1 = never. */
void lanes_fail_commit(struct lanes *lanes, int after);
#endif
