/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Counters of a bulk are held back and written once (platform/db/sums.h): figures after one that is
 * given up, after a line that fails half-way, for who asks in between, and of two bulks at once. */
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

#include "modules/dashboards/dashboard_figures.h"
#include "modules/proposals/tests/desk.h"
#include "modules/transfers/transfer_import.h"
#include "modules/transfers/transfer_record.h"
#include "platform/base/str.h"
#include "platform/files/files.h"
#include "platform/jobs/jobs.h"
#include "tests/harness/test_db.h"

enum { LINES = 40 }; /* on PostgreSQL the second bulk waits for the first, five seconds at most */

/* ---- figures ---- */

static err received_in(struct rq *rq, i64 *out)
{
    const struct counts_query all = { .dimension = str_of("all") };
    struct rows rows;
    *out = 0;
    TRY(counts_store_list(rq->db, &all, rq->mem, &rows));
    const struct dashboard_count *counts = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        *out += str_is(counts[i].metric, "received") ? counts[i].value : 0;
    return OK;
}

static err look(struct rq *rq, void *context)
{
    struct dashboard_check check;
    TRY(dashboard_verify(rq, &check));
    assert_int_equal(check.stale, 0);
    assert_int_equal(check.counters, 0);
    return received_in(rq, context);
}

/* Every counter is what a recount finds, and so many proposals came in. */
static void assert_received(struct desk *d, i64 wanted)
{
    i64 received = -1;
    assert_ok(desk_in_org(d, 1, look, &received));
    assert_int_equal(received, wanted);
}

/* ---- bulks ---- */

struct bulk {
    struct desk *d;
    struct arena *mem;
    const struct sheet_spool *list;
    struct import_report report;
};

/* LINES proposals numbered from first; with a fault the last one has no title. */
static struct bulk bulk_of(struct desk *d, int first, bool fault)
{
    char path[] = "/tmp/bulk_XXXXXX";
    FILE *f = fdopen(mkstemp(path), "w");
    assert_non_null(f);
    fputs("提案号,案由,提案人,类别,提案内容\n", f);
    for (int i = 0; i < LINES; i++)
        fprintf(f, "%d,%s,Li,城乡建设,具体建议：把路修好。\n", first + i,
                fault && i == LINES - 1 ? "" : "关于修路的建议");
    assert_int_equal(fclose(f), 0);
    struct bulk bulk = { .d = d, .mem = arena_new(32 << 20, 0), .list = test_list(d->t, path) };
    unlink(path);
    return bulk;
}

static err bulk_in(struct rq *rq, void *context)
{
    struct bulk *bulk = context;
    const struct import_options options = { .list = bulk->list, .source = str_of("bulk") };
    return import_run(rq, bulk->mem, TRANSFER_IMPORTS, &options, &bulk->report);
}

static err bulk_in_vain(struct rq *rq, void *context)
{
    TRY(bulk_in(rq, context));
    return err_make(ERR_CONFLICT, "dashboards.given_up");
}

static void a_bulk_counts_once_and_one_given_up_not_at_all(void **state)
{
    struct desk *d = *state;
    struct bulk vain = bulk_of(d, 1, false), fault = bulk_of(d, 1, true),
                good = bulk_of(d, 1, false);
    assert_err(test_write(d->t, bulk_in_vain, &vain), ERR_CONFLICT, "dashboards.given_up");
    assert_int_equal(vain.report.created, LINES);
    assert_received(d, 0);
    assert_ok(test_write(d->t, bulk_in, &fault));
    assert_int_equal(fault.report.refused, 1);
    assert_received(d, 0);
    assert_ok(test_write(d->t, bulk_in, &good));
    assert_received(d, LINES);
    assert_ok(test_write(d->t, bulk_in, &good)); /* again: nothing */
    assert_int_equal(good.report.unchanged, LINES);
    assert_received(d, LINES);
    arena_free(vain.mem);
    arena_free(fault.mem);
    arena_free(good.mem);
}

/* ---- half a line, and who asks in between ---- */

static err record(struct rq *rq, const char *number)
{
    str names[] = { str_of("Li") };
    struct transfer_record r = { .title = str_of("A bridge"),
                                 .situation = str_of("One bridge."),
                                 .kind = str_of("personal"),
                                 .source = str_of("list"),
                                 .source_id = str_of(number),
                                 .proposers = { names, 1 } };
    char result;
    i64 id;
    return transfer_save_record(rq, &r, &id, &result);
}

static err half_a_line(struct rq *rq, void *context)
{
    (void)context;
    i64 received;
    TRY(record(rq, "2"));
    TRY(received_in(rq, &received)); /* writes what is held */
    assert_int_equal(received, 2);
    return err_make(ERR_CONFLICT, "dashboards.given_up");
}

static err three_lines(struct rq *rq, void *context)
{
    i64 received;
    TRY(record(rq, "1"));
    assert_err(job_part(rq, half_a_line, context), ERR_CONFLICT, "dashboards.given_up");
    TRY(received_in(rq, &received));
    assert_int_equal(received, 1);
    TRY(record(rq, "3"));
    TRY(look(rq, &received));
    assert_int_equal(received, 2);
    return OK;
}

static void half_a_line_leaves_nothing_and_a_reader_sees_the_rest(void **state)
{
    struct desk *d = *state;
    assert_ok(test_write(d->t, three_lines, NULL));
    assert_received(d, 2);
}

/* ---- two at once ---- */

static void *bulk_beside(void *context)
{
    struct bulk *bulk = context;
    struct app *app = &bulk->d->t->app;
    struct db *db;
    struct rq rq;
    err e = db_open(test_db_url(bulk->d->t->db), DB_WRITE, &db);
    if (e.code == ERR_NONE) {
        db_set_org(db, 1);
        e = db_begin(db);
        app_system_rq(app, db, bulk->mem, 1, &rq);
        if (e.code == ERR_NONE)
            e = bulk_in(&rq, bulk);
        if (e.code == ERR_NONE)
            e = db_commit(db);
    }
    db_close(db);
    return e.code == ERR_NONE ? NULL : (void *)(size_t)e.name;
}

/* On SQLite the second one waits to begin, on PostgreSQL for the house's lock. */
static void two_bulks_at_once_add_up(void **state)
{
    struct desk *d = *state;
    struct bulk one = bulk_of(d, 1, false), two = bulk_of(d, 1 + LINES, false);
    pthread_t other;
    void *failed = NULL;
    assert_int_equal(pthread_create(&other, NULL, bulk_beside, &two), 0);
    assert_ok(test_write(d->t, bulk_in, &one));
    assert_int_equal(pthread_join(other, &failed), 0);
    assert_null(failed);
    assert_int_equal(one.report.created + two.report.created, 2 * LINES);
    assert_received(d, 2 * LINES);
    arena_free(one.mem);
    arena_free(two.mem);
}

#define T(test_) cmocka_unit_test_setup_teardown(test_, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_bulk_counts_once_and_one_given_up_not_at_all),
        T(half_a_line_leaves_nothing_and_a_reader_sees_the_rest),
        T(two_bulks_at_once_add_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
