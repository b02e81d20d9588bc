/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The engine alone, on both engines, with texts of its own: the same again, a flood of copies, what
 * is remembered of a word, a closed one, taking out. How good it is: tests/quality/clusters_test.c.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "embed.h"
#include "modules/clusters/cluster_engine.h"
#include "platform/base/clock.h"
#include "platform/text/text.h"
#include "tests/harness/test_app.h"

enum { COPIES = 2000, OTHER_ORG = 2 };

static const struct module OWN_MODULE = { .name = "clusters", .schema = clusters_schema };
static const char FLOOD[] = "南塘街的路灯坏了半个月，晚上走路看不清，老人摔了一跤";

static err flood_text(struct rq *rq, i64 id, str *title, str *body)
{
    (void)rq, (void)id;
    *title = str_of("南塘街路灯坏了");
    *body = str_of(FLOOD);
    return OK;
}

static const struct cluster_owner OWNER = { "letters", flood_text };

struct coming {
    i64 id, day_on, area_id, cluster_id;
    const char *title, *body;
};

static err text_comes(struct rq *rq, void *context)
{
    struct coming *c = context;
    const struct cluster_text text = { .id = c->id,
                                       .day_on = c->day_on,
                                       .area_id = c->area_id,
                                       .title = str_of(c->title),
                                       .body = str_of(c->body) };
    return cluster_place(rq, &OWNER, &text, &c->cluster_id);
}

static i64 come(struct test_app *t, i64 id, i64 day_on, const char *title, const char *body)
{
    struct coming c = { id, day_on, 0, 0, title, body };
    assert_int_equal(test_write(t, text_comes, &c).code, ERR_NONE);
    return c.cluster_id;
}

static struct cluster found(struct test_app *t, i64 id)
{
    struct cluster c;
    assert_int_equal(cluster_store_find(t->db, id, t->mem, &c).code, ERR_NONE);
    return c;
}

static void the_same_again_changes_nothing(void **state)
{
    struct test_app *t = *state;
    i64 id = come(t, 1, 20000, "南塘街路灯坏了", FLOOD);
    assert_true(come(t, 1, 20000, "南塘街路灯坏了", FLOOD) == id);
    struct cluster c = found(t, id);
    assert_int_equal(c.texts, 1);
    assert_int_equal(c.crowd, 1);
    assert_true(str_is(c.title, "南塘街路灯坏了"));
    /* a text without words is one of its own */
    i64 empty = come(t, 2, 20000, "", "……！！");
    assert_true(empty != id);
    assert_true(come(t, 3, 20000, "", "") != empty);
}

/* 89 days after the first the second is still within the 90; the third is not with the first. */
static void a_crowd_is_what_comes_within_ninety_days(void **state)
{
    struct test_app *t = *state;
    i64 id = come(t, 1, 20000, "南塘街路灯坏了", FLOOD);
    assert_true(come(t, 2, 20089, "南塘街路灯坏了", FLOOD) == id);
    assert_true(come(t, 3, 20090, "南塘街路灯坏了", FLOOD) == id);
    struct cluster c = found(t, id);
    assert_int_equal(c.texts, 3);
    assert_int_equal(c.crowd, 2);
    assert_int_equal(c.first_on, 20000);
    assert_int_equal(c.last_on, 20090);
}

static err flood_comes(struct rq *rq, void *context)
{
    struct coming *c = context;
    for (i64 i = 0; i < 100; i++, c->id++) {
        struct arena_mark mark = arena_mark(rq->mem);
        TRY(text_comes(rq, c));
        arena_reset_to(rq->mem, mark);
    }
    return OK;
}

static void a_flood_of_copies_stays_fast(void **state)
{
    struct test_app *t = *state;
    struct coming c = { 1, 20000, 7, 0, "南塘街路灯坏了", FLOOD };
    i64 first = 0, last = 0;
    for (i64 n = 0; n < COPIES; n += 100) {
        i64 begun = clock_steady_ns();
        assert_int_equal(test_write(t, flood_comes, &c).code, ERR_NONE);
        last = clock_steady_ns() - begun;
        first = n == 100 ? last : first; /* the newest 50 of each word are there */
    }
    fprintf(stderr, "a copy: %.2f ms, after %d %.2f ms\n", (double)first / 1e8, COPIES,
            (double)last / 1e8);
    struct cluster one = found(t, c.cluster_id);
    assert_int_equal(one.texts, COPIES);
    assert_int_equal(one.crowd, COPIES);
    i64 longest;
    assert_int_equal(db_i64(t->db,
                            SQL("SELECT MAX(length(items)) FROM cluster_keys WHERE org_id = :org"),
                            &longest)
                         .code,
                     ERR_NONE);
    assert_int_equal(longest, 50 * 6);
}

static err one_closes(struct rq *rq, void *context)
{
    i64 id = *(const i64 *)context;
    return db_run(
        rq->db, SQL("UPDATE clusters SET state = 'closed' WHERE org_id = :org AND id = :id", P(id)),
        NULL);
}

/* More texts of a closed one than are asked about have as many votes as those of its successor. */
static void a_closed_one_hides_no_other(void **state)
{
    struct test_app *t = *state;
    struct coming c = { 1, 20000, 7, 0, "南塘街路灯坏了", FLOOD };
    assert_int_equal(test_write(t, flood_comes, &c).code, ERR_NONE);
    assert_int_equal(test_write(t, one_closes, &c.cluster_id).code, ERR_NONE);
    i64 next = come(t, 101, 20001, "南塘街路灯坏了", FLOOD);
    assert_true(next != c.cluster_id);
    assert_true(come(t, 102, 20001, "南塘街路灯坏了", FLOOD) == next);
    assert_int_equal(found(t, c.cluster_id).texts, 100);
    assert_int_equal(found(t, next).texts, 2);
}

static err one_goes(struct rq *rq, void *context)
{
    return cluster_remove(rq, &OWNER, *(const i64 *)context);
}

static void what_goes_is_counted_no_more(void **state)
{
    struct test_app *t = *state;
    i64 id = come(t, 1, 20000, "南塘街路灯坏了", FLOOD), gone = 1;
    assert_true(come(t, 2, 20001, "南塘街路灯坏了", FLOOD) == id);
    for (int again = 0; again < 2; again++)
        assert_int_equal(test_write(t, one_goes, &gone).code, ERR_NONE);
    struct cluster c = found(t, id);
    assert_int_equal(c.texts, 1);
    assert_int_equal(c.crowd, 1);
    assert_true(come(t, 3, 20002, "南塘街路灯坏了", FLOOD) == id);
}

/* Another organisation has its own clusters and
 * words. */
static void organisations_know_nothing_of_each_other(void **state)
{
    struct test_app *t = *state;
    i64 id = come(t, 1, 20000, "南塘街路灯坏了", FLOOD);
    struct rq rq = test_system_rq(t);
    db_set_org(t->db, OTHER_ORG);
    struct cluster_text text = { 2, 20000, 0, str_of("南塘街路灯坏了"), str_of(FLOOD) };
    i64 other = 0;
    assert_int_equal(cluster_place(&rq, &OWNER, &text, &other).code, ERR_NONE);
    assert_true(other != id);
    struct cluster c;
    assert_int_equal(cluster_store_find(t->db, id, t->mem, &c).code, ERR_NOT_FOUND);
    db_set_org(t->db, t->org);
}

static int setup(void **state)
{
    static const struct module *const MODULES_HERE[] = { &OWN_MODULE, NULL };
    *state = test_app_new(MODULES_HERE);
    return 0;
}

static int teardown(void **state)
{
    test_app_free(*state);
    return 0;
}

#define T(test_) cmocka_unit_test_setup_teardown(test_, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(the_same_again_changes_nothing), T(a_crowd_is_what_comes_within_ninety_days),
        T(a_flood_of_copies_stays_fast),   T(a_closed_one_hides_no_other),
        T(what_goes_is_counted_no_more),   T(organisations_know_nothing_of_each_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
