/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Live events from one app node to another on the same database (PostgreSQL only). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>
#include <unistd.h>

#include "platform/base/log.h"
#include "platform/base/str.h"
#include "platform/notify/notify.h"
#include "platform/web/crossing.h"
#include "platform/web/lanes.h"
#include "platform/web/live.h"
#include "platform/web/tests/sample.h"
#include "tests/harness/test_app.h"
#include "tests/harness/test_db.h"
#include "tests/harness/test_err.h"

/* Two nodes: the harness's app, and another one with its own lanes and hub. */
struct nodes {
    struct test_app *t;
    struct app other;
    struct crossing *crossing;
    struct stream *stream; /* of somebody at the other node */
    char text[LIVE_DATA_MAX * 2 + 1];
};

static void nothing(void *context)
{
    (void)context;
}

static int set_up(void **state)
{
    const struct lanes_options lanes = { .synchronous = true };
    struct test_app *t = test_app_new(SAMPLE_MODULES);
    struct nodes *n = arena_zero(t->mem, sizeof *n);
    *state = n;
    n->t = t;
    n->other = t->app;
    n->other.lanes = NULL;
    n->other.web = NULL;
    assert_ok(lanes_start(&n->other, &lanes));
    assert_ok(web_new(&n->other));
    assert_ok(crossing_start(&n->other, &n->crossing));
    const struct stream_options options = {
        .org_id = t->org, .account_id = 7, .last_id = str_of(""), .sleep = nothing, .wake = nothing
    };
    n->stream = stream_open(n->other.web->hub, t->mem, &options);
    assert_non_null(n->stream);
    assert_true(stream_read(n->stream, n->text, sizeof n->text) > 0); /* its greeting */
    return 0;
}

static int tear_down(void **state)
{
    struct nodes *n = *state;
    stream_close(n->stream);
    crossing_stop(n->crossing);
    lanes_stop(&n->other);
    test_app_free(n->t);
    return 0;
}

static err say(struct app *app, struct db *db, struct arena *mem, void *context)
{
    struct nodes *n = context;
    struct rq rq;
    app_system_rq(app, db, mem, n->t->org, &rq);
    live_send(&rq, 8, "sample.other", str_of("{\"n\":0}")); /* not for 7 */
    live_send(&rq, 7, "sample.own", str_of("{\"n\":1}"));
    live_send(&rq, 0, "sample.all", str_of("{\"n\":2}\nline"));
    return OK;
}

static err say_and_fail(struct app *app, struct db *db, struct arena *mem, void *context)
{
    TRY(say(app, db, mem, context));
    return err_make(ERR_CONFLICT, "sample.taken");
}

/* The next event at the other node; empty when none comes within `ms`. */
static const char *next(struct nodes *n, int ms)
{
    for (int waited = 0; waited <= ms; waited += 10) {
        i64 size = stream_read(n->stream, n->text, sizeof n->text - 1);
        if (size > 0) {
            n->text[size] = '\0';
            return n->text;
        }
        usleep(10000);
    }
    return "";
}

static void an_event_reaches_the_other_node_once(void **state)
{
    struct nodes *n = *state;
    if (test_db_engine() == DB_SQLITE) {
        assert_null(n->crossing);
        skip();
    }
    assert_ok(lanes_write(&n->t->app, say, n));
    const char *text = next(n, 5000);
    assert_non_null(strstr(text, "event: sample.own\ndata: {\"n\":1}\n"));
    text = next(n, 5000);
    assert_non_null(strstr(text, "event: sample.all\ndata: {\"n\":2}\ndata: line\n"));
    assert_string_equal(next(n, 300), "");
    assert_ok(lanes_write(&n->other, say, n)); /* its own it does not hear twice */
    assert_non_null(strstr(next(n, 5000), "sample.own"));
    assert_non_null(strstr(next(n, 5000), "sample.all"));
    assert_string_equal(next(n, 1000), "");
}

static void what_is_rolled_back_is_not_told(void **state)
{
    struct nodes *n = *state;
    if (test_db_engine() == DB_SQLITE)
        skip();
    assert_err(lanes_write(&n->t->app, say_and_fail, n), ERR_CONFLICT, "sample.taken");
    assert_string_equal(next(n, 500), "");
}

/* As an import does between its rows. */
static err say_and_let_go(struct app *app, struct db *db, struct arena *mem, void *context)
{
    struct arena_mark mark = arena_mark(mem);
    TRY(say(app, db, mem, context));
    arena_reset_to(mem, mark);
    memset(arena_bytes(mem, 4096), 'x', 4096);
    return OK;
}

static void memory_let_go_of_takes_no_event_along(void **state)
{
    struct nodes *n = *state;
    assert_ok(lanes_write(&n->other, say_and_let_go, n));
    assert_non_null(strstr(next(n, 5000), "event: sample.own\ndata: {\"n\":1}\n"));
    assert_non_null(strstr(next(n, 5000), "event: sample.all\ndata: {\"n\":2}\ndata: line\n"));
}

static err cut(struct app *app, struct db *db, struct arena *mem, void *context)
{
    (void)app;
    (void)mem;
    (void)context;
    return db_script(db, str_of("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE"
                                " datname = current_database() AND query LIKE '%LISTEN%' AND pid <>"
                                " pg_backend_pid()"));
}

static void after_a_lost_connection_pages_load_anew(void **state)
{
    struct nodes *n = *state;
    if (test_db_engine() == DB_SQLITE)
        skip();
    log_set_level(LOG_ERROR + 1);
    assert_ok(lanes_write(&n->t->app, cut, n));
    assert_non_null(strstr(next(n, 10000), "event: reset\n"));
    log_set_level(LOG_ERROR);
    assert_ok(lanes_write(&n->t->app, say, n));
    assert_non_null(strstr(next(n, 5000), "sample.own"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_event_reaches_the_other_node_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(memory_let_go_of_takes_no_event_along, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_rolled_back_is_not_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(after_a_lost_connection_pages_load_anew, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
