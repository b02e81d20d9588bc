/* SPDX-License-Identifier: MulanPSL-2.0 */
/* One thread that wakes once a second, to look at connections more often while they are many
 * (ticker.h). Whatever writes goes through the write lane. */
#include "platform/web/ticker.h"

#include <assert.h>
#include <pthread.h>
#include <time.h>

#include "platform/web/idempotency.h"
#include "platform/web/live.h"
#include "platform/web/web_store.h"

enum { SECOND_MS = 1000, PROBE_MS = 1000, HEARTBEAT_S = 20, TOUCH_S = 30, FORGET_S = 3600 };

struct ticker {
    struct app *app;
    struct connections *connections;
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t stopped;
    bool stopping;
};

static err touch(struct app *app, struct db *db, struct arena *mem, void *context)
{
    (void)mem;
    (void)context;
    return access_touch(app, db, app->clock.now_ms(&app->clock));
}

static err forget(struct app *app, struct db *db, struct arena *mem, void *context)
{
    (void)mem;
    (void)context;
    return web_store_forget(db, app->clock.now_ms(&app->clock) - IDEMPOTENCY_KEPT_MS);
}

static void post(struct app *app, lane_fn fn)
{
    lanes_post(app, arena_new(1 << 16, 0), fn, NULL);
}

static void tick(struct ticker *ticker, i64 second)
{
    struct app *app = ticker->app;
    assert(app->lanes && app->web);
    struct lanes_figures figures;
    lanes_figures(app->lanes, &figures);
    if (clock_steady_ms() - figures.last_good_ms >= PROBE_MS)
        lanes_probe(app);
    if (second % HEARTBEAT_S == 0)
        hub_heartbeat(app->web->hub);
    if (second % TOUCH_S == 0)
        post(app, touch);
    if (second % FORGET_S == 60)
        post(app, forget);
}

/* Waits; false when the ticker is to stop. */
static bool wait_ms(struct ticker *ticker, i64 ms)
{
    i64 end_ms = clock_steady_ms() + ms;
    struct timespec end = { .tv_sec = end_ms / 1000, .tv_nsec = end_ms % 1000 * 1000000 };
    pthread_mutex_lock(&ticker->mutex);
    int result = 0;
    while (!ticker->stopping && result == 0)
        result = pthread_cond_timedwait(&ticker->stopped, &ticker->mutex, &end);
    bool go_on = !ticker->stopping;
    pthread_mutex_unlock(&ticker->mutex);
    return go_on;
}

static void *run(void *context)
{
    struct ticker *ticker = context;
    i64 second = 0, next_ms = clock_steady_ms() + SECOND_MS;
    while (wait_ms(ticker, connections_check(ticker->connections))) {
        if (clock_steady_ms() < next_ms)
            continue;
        tick(ticker, ++second);
        next_ms = clock_steady_ms() + SECOND_MS;
    }
    return NULL;
}

struct ticker *ticker_start(struct app *app, struct connections *connections)
{
    struct ticker *ticker = arena_zero(app->mem, sizeof *ticker);
    pthread_condattr_t steady;
    ticker->app = app;
    ticker->connections = connections;
    pthread_mutex_init(&ticker->mutex, NULL);
    pthread_condattr_init(&steady);
    pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
    pthread_cond_init(&ticker->stopped, &steady);
    pthread_condattr_destroy(&steady);
    int failed = pthread_create(&ticker->thread, NULL, run, ticker);
    assert(!failed);
    (void)failed;
    return ticker;
}

void ticker_stop(struct ticker *ticker)
{
    pthread_mutex_lock(&ticker->mutex);
    ticker->stopping = true;
    pthread_cond_signal(&ticker->stopped);
    pthread_mutex_unlock(&ticker->mutex);
    pthread_join(ticker->thread, NULL);
}
