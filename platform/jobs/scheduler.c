/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The scheduler's two threads, and their waiting for the slow lane. What it does each second:
 * jobs.c. */
#include <pthread.h>
#include <stddef.h>

#include "platform/base/clock.h"
#include "platform/base/log.h"
#include "platform/base/str.h"
#include "platform/calendar/calendar.h"
#include "platform/jobs/jobs_internal.h"

enum { TICK_MS = 1000, CALENDAR_MS = 60 * 1000, SENT_KEPT_DAYS = 90, SLOW_CAP = 64 << 20 };

/* ---- the slow lane ---- */

struct slow_task {
    struct lane_task task; /* first: the lane gives it back */
    struct app *app;
    slow_fn fn;
    struct work *work;
    pthread_mutex_t mutex;
    pthread_cond_t ended;
    bool done;
    err result;
};

static struct slow_task *slow_of(struct lane_task *task)
{
    return (struct slow_task *)((char *)task - offsetof(struct slow_task, task));
}

static err slow_run(struct lane_task *task, struct db *db)
{
    struct slow_task *slow = slow_of(task);
    struct arena *mem = arena_new(SLOW_CAP, 0);
    err e = slow->fn(slow->app, db, mem, slow->work);
    arena_free(mem);
    return e;
}

static void slow_done(struct lane_task *task, err result)
{
    struct slow_task *slow = slow_of(task);
    pthread_mutex_lock(&slow->mutex);
    slow->result = result;
    slow->done = true;
    pthread_cond_signal(&slow->ended);
    pthread_mutex_unlock(&slow->mutex);
}

err slow_wait(struct app *app, slow_fn fn, struct work *work)
{
    struct slow_task slow = {
        .task = { .run = slow_run, .done = slow_done }, .app = app, .fn = fn, .work = work
    };
    pthread_mutex_init(&slow.mutex, NULL);
    pthread_cond_init(&slow.ended, NULL);
    bool queued = lanes_submit_slow(app->lanes, &slow.task);
    pthread_mutex_lock(&slow.mutex);
    while (queued && !slow.done)
        pthread_cond_wait(&slow.ended, &slow.mutex);
    pthread_mutex_unlock(&slow.mutex);
    pthread_cond_destroy(&slow.ended);
    pthread_mutex_destroy(&slow.mutex);
    return queued ? slow.result : err_make(ERR_BUSY, "jobs.overloaded");
}

/* ---- the threads ---- */

struct jobs {
    struct app *app;
    pthread_t quick, slow;
    pthread_mutex_t mutex;
    pthread_cond_t stop;
    bool stopping;
};

static err calendar_renew(struct app *app, struct db *db, struct arena *mem, struct work *work)
{
    (void)mem;
    (void)work;
    return calendar_start(app, db);
}

/* Waits for the next second; false when the house stops. */
static bool tick_wait(struct jobs *jobs)
{
    i64 until_ms = clock_steady_ms() + TICK_MS;
    struct timespec until = { .tv_sec = until_ms / 1000, .tv_nsec = until_ms % 1000 * 1000000 };
    pthread_mutex_lock(&jobs->mutex);
    while (!jobs->stopping)
        if (pthread_cond_timedwait(&jobs->stop, &jobs->mutex, &until) != 0)
            break;
    bool stopping = jobs->stopping;
    pthread_mutex_unlock(&jobs->mutex);
    return !stopping;
}

static void failure_note(const char *what, err failed)
{
    if (failed.code != ERR_NONE)
        log_note(failed.code == ERR_BUSY ? LOG_WARN : LOG_ERROR, what, "error",
                 str_of(failed.name));
}

static void *slow_main(void *context)
{
    struct jobs *jobs = context;
    while (tick_wait(jobs)) {
        struct app *app = jobs->app;
        failure_note("jobs.slow_round",
                     jobs_run_some(app, app->clock.now_ms(&app->clock), JOBS_SLOW, NULL));
    }
    return NULL;
}

static void *quick_main(void *context)
{
    struct jobs *jobs = context;
    i64 renewed_ms = 0;
    while (tick_wait(jobs)) {
        struct app *app = jobs->app;
        struct work none = { .now_ms = 0 };
        failure_note("jobs.round",
                     jobs_run_some(app, app->clock.now_ms(&app->clock), JOBS_QUICK, NULL));
        if (clock_steady_ms() - renewed_ms < CALENDAR_MS)
            continue;
        renewed_ms = clock_steady_ms();
        failure_note("jobs.calendar", slow_wait(app, calendar_renew, &none));
    }
    return NULL;
}

static void stop_tell(struct jobs *jobs)
{
    pthread_mutex_lock(&jobs->mutex);
    jobs->stopping = true;
    pthread_cond_broadcast(&jobs->stop);
    pthread_mutex_unlock(&jobs->mutex);
}

err jobs_start(struct app *app, struct jobs **out)
{
    struct jobs *jobs = arena_zero(app->mem, sizeof *jobs);
    pthread_condattr_t steady;
    jobs->app = app;
    pthread_mutex_init(&jobs->mutex, NULL);
    pthread_condattr_init(&steady);
    pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
    pthread_cond_init(&jobs->stop, &steady);
    pthread_condattr_destroy(&steady);
    if (pthread_create(&jobs->quick, NULL, quick_main, jobs) != 0)
        return err_make(ERR_INTERNAL, "jobs.thread");
    if (pthread_create(&jobs->slow, NULL, slow_main, jobs) != 0) {
        stop_tell(jobs);
        pthread_join(jobs->quick, NULL);
        return err_make(ERR_INTERNAL, "jobs.thread");
    }
    *out = jobs;
    return OK;
}

void jobs_stop(struct jobs *jobs)
{
    stop_tell(jobs);
    pthread_join(jobs->quick, NULL);
    pthread_join(jobs->slow, NULL);
    pthread_cond_destroy(&jobs->stop);
    pthread_mutex_destroy(&jobs->mutex);
}

/* ---- the house's own timer ---- */

static err sent_forget(struct rq *rq, bool *again)
{
    const i64 day_ms = 24 * 60 * 60 * 1000;
    (void)again;
    return pieces_store_forget(rq, rq->now_ms - SENT_KEPT_DAYS * day_ms);
}

/* A table that has grown a hundredfold since the start is planned for as it was then. */
static err figures_renew(struct rq *rq, bool *again)
{
    (void)again;
    return db_analyze(rq->db, false);
}

static const struct job JOBS[] = {
    { .name = "jobs.figures", .every_s = 60 * 60, .run = figures_renew },
    { .name = "jobs.forget_sent", .every_s = 24 * 60 * 60, .per_org = true, .run = sent_forget },
    { 0 },
};

const struct module jobs_module = { .name = "jobs", .jobs = JOBS };
