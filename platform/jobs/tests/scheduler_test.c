/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The scheduler's thread with the true lanes: timers, queued work and slow work are done by
 * themselves, two nodes do each timer once, and stopping waits. What is due when: jobs_test.c.
 * HUOTANG_TEST_DB. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <time.h>

#include <cmocka.h>

#include "platform/app.h"
#include "platform/base/str.h"
#include "platform/jobs/jobs.h"
#include "platform/web/lanes.h"
#include "tests/harness/test_db.h"
#include "tests/harness/test_err.h"

static _Atomic int timers, works, slows;

static err run_timer(struct rq *rq, bool *again)
{
    (void)again;
    atomic_fetch_add(&timers, 1);
    return rq->actor->org_id == 7 ? OK : err_make(ERR_INTERNAL, "sample.org");
}
static err do_work(struct rq *rq, str payload)
{
    atomic_fetch_add(&works, str_is(payload, "x") && rq->actor->org_id == 7);
    return OK;
}
static err do_slow(struct rq *rq, str payload)
{
    i64 count = 0;
    if (str_is(payload, "long")) { /* a book: ends when the timer has run, else not in time */
        for (int i = 0; i < 200 && atomic_load(&works) < 2; i++)
            nanosleep(&(struct timespec){ .tv_nsec = 50 * 1000 * 1000 }, NULL);
        atomic_fetch_add(&slows, atomic_load(&works) == 2);
        return OK;
    }
    TRY(db_i64(rq->db, SQL("SELECT COUNT(*) FROM tenants"), &count)); /* reads; must not write */
    atomic_fetch_add(&slows, count == 1 && str_is(payload, "y"));
    return OK;
}

static const struct job JOBS[] = {
    { .name = "sample.hourly", .every_s = 3600, .per_org = true, .run = run_timer },
    { .name = "sample.work", .work = do_work },
    { .name = "sample.slow", .work = do_slow, .slow = true },
    { 0 },
};
static const struct module SAMPLE = { .name = "sample", .jobs = JOBS };
static const struct module *const MODULE_LIST[] = { &SAMPLE, NULL };

static struct arena *mem;
static struct db *db;

static struct app app_of(void)
{
    struct app app = {
        .mem = mem, .clock = clock_system(), .rng = rng_system(), .modules = MODULE_LIST
    };
    app.config.db = test_db_url(db);
    return app;
}

static int set_up(void **state)
{
    (void)state;
    mem = arena_new(64 << 20, 0);
    db = test_db_open(app_schemas(mem, MODULE_LIST));
    assert_ok(
        db_run(db, SQL("INSERT INTO tenants (id, name, founded_at) VALUES (7, 'Seven', 0)"), NULL));
    return 0;
}
static int tear_down(void **state)
{
    (void)state;
    test_db_close(db);
    arena_free(mem);
    return 0;
}

/* Waits until a counter reaches a number, at most ten seconds. */
static void wait_for(_Atomic int *counter, int want)
{
    for (int i = 0; i < 200 && atomic_load(counter) < want; i++)
        nanosleep(&(struct timespec){ .tv_nsec = 50 * 1000 * 1000 }, NULL);
    assert_int_equal(atomic_load(counter), want);
}

static err queue_both(struct app *app, struct db *writer, struct arena *scratch, void *context)
{
    struct rq rq;
    (void)context;
    app_system_rq(app, writer, scratch, 7, &rq);
    TRY(job_queue(&rq, "sample.work", str_of("x"), 0));
    return job_queue(&rq, "sample.slow", str_of("y"), 0);
}

static void two_nodes_share_the_work(void **state)
{
    (void)state;
    struct app nodes[2] = { app_of(), app_of() };
    struct jobs *jobs[2];
    for (int i = 0; i < 2; i++) {
        assert_ok(lanes_start(&nodes[i], &(struct lanes_options){ .slow_threads = 1 }));
        assert_ok(jobs_start(&nodes[i], &jobs[i]));
    }
    assert_ok(lanes_write(&nodes[0], queue_both, NULL));
    wait_for(&works, 1);
    wait_for(&slows, 1);
    wait_for(&timers, 1);
    /* Two more rounds of both schedulers: nothing is done twice. */
    nanosleep(&(struct timespec){ .tv_sec = 2, .tv_nsec = 200 * 1000 * 1000 }, NULL);
    for (int i = 0; i < 2; i++) {
        jobs_stop(jobs[i]);
        lanes_stop(&nodes[i]);
    }
    assert_int_equal(atomic_load(&works), 1);
    assert_int_equal(atomic_load(&slows), 1);
    assert_int_equal(atomic_load(&timers), 1);
    struct jobs_figures figures;
    assert_ok(jobs_figures(db, 0, &figures));
    assert_int_equal(figures.queued + figures.failed, 0);
}

static err queue_long(struct app *app, struct db *writer, struct arena *scratch, void *context)
{
    struct rq rq;
    (void)context;
    app_system_rq(app, writer, scratch, 7, &rq);
    return job_queue(&rq, "sample.slow", str_of("long"), 0);
}

static err queue_fast(struct app *app, struct db *writer, struct arena *scratch, void *context)
{
    struct rq rq;
    (void)context;
    app_system_rq(app, writer, scratch, 7, &rq);
    return job_queue(&rq, "sample.work", str_of("x"), 0);
}

/* Work that comes while a book is made is done before the book is. */
static void nothing_waits_for_slow_work(void **state)
{
    (void)state;
    struct app node = app_of();
    struct jobs *jobs;
    assert_ok(lanes_start(&node, &(struct lanes_options){ .slow_threads = 2 }));
    assert_ok(lanes_write(&node, queue_long, NULL));
    assert_ok(jobs_start(&node, &jobs));
    nanosleep(&(struct timespec){ .tv_sec = 1, .tv_nsec = 500 * 1000 * 1000 }, NULL);
    assert_ok(lanes_write(&node, queue_fast, NULL));
    wait_for(&works, 2);
    wait_for(&slows, 2);
    jobs_stop(jobs);
    lanes_stop(&node);
}

static void stopping_does_not_wait_for_the_next_second(void **state)
{
    (void)state;
    struct app node = app_of();
    struct jobs *jobs;
    assert_ok(lanes_start(&node, &(struct lanes_options){ .slow_threads = 1 }));
    assert_ok(jobs_start(&node, &jobs));
    i64 before = clock_steady_ms();
    jobs_stop(jobs);
    lanes_stop(&node);
    assert_true(clock_steady_ms() - before < 20000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_nodes_share_the_work),
        cmocka_unit_test(nothing_waits_for_slow_work),
        cmocka_unit_test(stopping_does_not_wait_for_the_next_second),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
