/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A cluster becomes an opinion of the committee: once, by the office, without who wrote its
 * letters; letters, cluster and opinion tell of each other; letters that were not solved again are
 * done with it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "modules/clusters/cluster_rules.h"
#include "modules/mailbox/letter.h"
#include "modules/mailbox/letter_rules.h"
#include "modules/proposals/tests/desk.h"
#include "platform/settings/settings.h"

#define LAMPS       "南塘街的路灯坏了半个月，晚上走路看不清。我叫金丝雀，电话13812340001"
#define LAMPS_TOO   "南塘街的路灯坏了半个月没人修，晚上走路看不清，怕老人摔了"
#define LAMPS_AGAIN "南塘街的路灯还是坏的，晚上走路看不清，老人又摔了一跤"
#define WATER       "白水村自来水发黄有泥沙，烧开也有味道，孩子喝了肚子疼"
/* clang-format off */
#define TEXT                                                                                       \
    "{\"title\":\"南塘街路灯失修\",\"situation\":\"三位群众（金丝雀等）反映路灯坏了。\","          \
    "\"analysis\":\"无人管护。\",\"suggestions\":\"明确管护单位。金丝雀可以作证。\"}"
/* clang-format on */

struct wanted {
    const char *body;
    i64 id, cluster_id;
};

static err letter_write(struct rq *rq, void *context)
{
    struct wanted *w = context;
    struct letter_new in = {
        .kind = str_of("concern"),
        .lane = str_of("staff"),
        .via = str_of("phone"),
        .title = str_of("南塘街路灯坏了"),
        .body = str_of(w->body),
        .notice = str_of("1"),
        .sender = { .name = str_of("金丝雀"), .phone = str_of("13812340001"), .contact = true }
    };
    struct cluster c;
    TRY(letter_add(rq, &in, &w->id));
    TRY(cluster_of(rq, &CLUSTER_LETTERS, w->id, &c));
    w->cluster_id = c.id;
    return OK;
}

static struct wanted written(struct desk *d, const char *body)
{
    struct wanted w = { body, 0, 0 };
    assert_int_equal(test_write(d->t, letter_write, &w).code, ERR_NONE);
    return w;
}

static const char *path(struct desk *d, const char *form, i64 id)
{
    struct buf *b = buf_new(d->t->mem, 200);
    str rest = str_of(form), part;
    str_split(&rest, '#', &part);
    buf_add(b, part);
    buf_add(b, arena_printf(d->t->mem, "%lld", (long long)id));
    buf_add(b, rest);
    return arena_cstr(d->t->mem, buf_str(b));
}

static struct test_answer acted(struct desk *d, i64 id, const char *verb, const char *json)
{
    struct test_answer a = test_get(d->t, path(d, "/api/v1/clusters/#", id));
    i64 version = 0;
    str_to_i64(test_json(d->t, &a, "version"), &version);
    const char *to = arena_printf(d->t->mem, "/api/v1/clusters/%lld/%s", (long long)id, verb).ptr;
    return test_api(d->t, POST, to, test_versioned(d->t, json, version));
}

static i64 count(struct desk *d, struct sql sql)
{
    i64 n = -1;
    assert_int_equal(db_i64(d->t->db, sql, &n).code, ERR_NONE);
    return n;
}

static i64 opinions(struct desk *d)
{
    return count(d, SQL("SELECT COUNT(*) FROM opinions WHERE org_id = :org"));
}

/* Staff who also works on opinions: sees both sides of a link. */
static void as_editing_staff(struct desk *d)
{
    test_as_role(d->t, "staff editor");
}

/* ---- written and sent ---- */

static void the_page_begins_with_what_letters_say(void **state)
{
    struct desk *d = *state;
    struct wanted w = written(d, LAMPS);
    written(d, LAMPS_TOO);
    desk_as_staff(d);
    struct test_answer a = test_get(d->t, path(d, "/clusters/#/feed", w.cluster_id));
    assert_int_equal(a.status, 200);
    assert_true(desk_has(&a, "群众来信 2 封反映这件事") && desk_has(&a, "晚上走路看不清"));
    assert_false(desk_has(&a, "金丝雀") || desk_has(&a, "13812340001"));
    /* what is missing is told at once, what was typed stays */
    a = test_post(d->t, path(d, "/clusters/#/feed", w.cluster_id), "version", "1", "title", "Lamps",
                  "situation", "Short", NULL);
    assert_int_equal(a.status, 422);
    assert_true(desk_has(&a, "Lamps") && desk_has(&a, "Short"));
    assert_int_equal(opinions(d), 0);
    desk_as_dispatcher(d);
    assert_int_equal(test_get(d->t, path(d, "/clusters/#/feed", w.cluster_id)).status, 403);
    assert_int_equal(acted(d, w.cluster_id, "feed", TEXT).status, 403);
}

static void it_becomes_one_opinion_without_names(void **state)
{
    struct desk *d = *state;
    struct wanted w = written(d, LAMPS), too = written(d, LAMPS_TOO);
    assert_true(too.cluster_id == w.cluster_id);
    desk_as_staff(d);
    assert_int_equal(acted(d, w.cluster_id, "feed", TEXT).status, 200);
    assert_int_equal(acted(d, w.cluster_id, "feed", TEXT).status, 409);
    assert_int_equal(count(d, SQL("SELECT COUNT(*) FROM opinions WHERE org_id = :org AND "
                                  "kind = 'staff' AND state = 'submitted' AND "
                                  "situation NOT LIKE '%金丝雀%' AND "
                                  "suggestions NOT LIKE '%金丝雀%'")),
                     1);
    assert_int_equal(opinions(d), 1);
    assert_int_equal(count(d, SQL("SELECT COUNT(*) FROM audits WHERE org_id = :org AND "
                                  "act = 'clusters.feed'")),
                     1);
    struct test_answer a = test_get(d->t, path(d, "/clusters/#", w.cluster_id));
    assert_true(desk_has(&a, "转成的社情民意") && desk_has(&a, "当时有来信 2 封"));
    assert_false(desk_has(&a, "/opinions/")); /* who reads no opinions has no link */
}

static void each_tells_of_the_other(void **state)
{
    struct desk *d = *state;
    struct wanted w = written(d, LAMPS), too = written(d, LAMPS_TOO);
    desk_as_staff(d);
    assert_int_equal(acted(d, w.cluster_id, "feed", TEXT).status, 200);
    struct wanted late = written(d, LAMPS_AGAIN); /* what comes later is told of too */
    assert_true(late.cluster_id == w.cluster_id);
    as_editing_staff(d);
    struct test_answer a = test_get(d->t, path(d, "/api/v1/clusters/#", w.cluster_id));
    i64 opinion = 0;
    assert_true(str_to_i64(test_json(d->t, &a, "opinions.0.opinion_id"), &opinion));
    const char *link = path(d, "/opinions/#", opinion);
    const i64 letters[] = { w.id, too.id, late.id };
    for (size_t i = 0; i < 3; i++) {
        a = test_get(d->t, path(d, "/letters/#", letters[i]));
        assert_true(desk_has(&a, "这件事已转社情民意") && desk_has(&a, link));
        a = test_get(d->t, path(d, "/api/v1/letters/#", letters[i]));
        desk_same(test_json(d->t, &a, "cluster.opinions.0.title"), "南塘街路灯失修");
    }
    a = test_get(d->t, link);
    assert_int_equal(a.status, 200);
    assert_true(desk_has(&a, "报送时有 2 封群众来信"));
    assert_true(desk_has(&a, path(d, "/clusters/#", w.cluster_id)));
    a = test_get(d->t, path(d, "/api/v1/opinions/#", opinion));
    desk_same(test_json(d->t, &a, "cluster.letters"), "2");
    test_as_role(d->t, "editor"); /* who reads no letters does not read their title */
    a = test_get(d->t, link);
    assert_true(desk_has(&a, "号热点事项"));
    assert_false(desk_has(&a, "/clusters/") || desk_has(&a, "南塘街路灯坏了"));
}

static void what_is_joined_keeps_its_own(void **state)
{
    struct desk *d = *state;
    struct wanted w = written(d, LAMPS), water = written(d, WATER);
    desk_as_staff(d);
    assert_int_equal(acted(d, water.cluster_id, "feed", TEXT).status, 200);
    const char *other =
        arena_printf(d->t->mem, "{\"other\":\"%lld\"}", (long long)water.cluster_id).ptr;
    const char *back =
        arena_printf(d->t->mem, "{\"joined\":\"%lld\"}", (long long)water.cluster_id).ptr;
    assert_int_equal(acted(d, w.cluster_id, "join", other).status, 200);
    struct test_answer a = test_get(d->t, path(d, "/letters/#", w.id));
    assert_true(desk_has(&a, "这件事已转社情民意"));
    assert_int_equal(acted(d, w.cluster_id, "feed", TEXT).status, 409); /* not counted twice */
    assert_int_equal(acted(d, w.cluster_id, "split", back).status, 200);
    a = test_get(d->t, path(d, "/letters/#", w.id));
    assert_false(desk_has(&a, "这件事已转社情民意"));
    assert_int_equal(acted(d, w.cluster_id, "feed", TEXT).status, 200);
    assert_int_equal(opinions(d), 2);
}

/* ---- letters that were not solved again ---- */

struct verdict {
    i64 id;
    struct letter_evaluate_input in;
};

static err judge_in(struct rq *rq, void *context)
{
    const struct verdict *v = context;
    return flow_move(rq, &LETTERS_FLOW, v->id, "evaluate", &v->in);
}

/* The office answers, the sender is not satisfied. */
static void not_solved(struct desk *d, i64 id)
{
    struct verdict v = { id, { .verdict = str_of("unsolved"), .text = str_of("没有。") } };
    desk_as_staff(d);
    struct test_answer a = test_get(d->t, path(d, "/api/v1/letters/#", id));
    i64 version = 0;
    str_to_i64(test_json(d->t, &a, "version"), &version);
    a = test_api(d->t, POST, path(d, "/api/v1/letters/#/answer", id),
                 test_versioned(d->t, "{\"opinion\":\"已经请人去看。\"}", version));
    assert_int_equal(a.status, 200);
    assert_int_equal(test_write(d->t, judge_in, &v).code, ERR_NONE);
}

static i64 waits(struct desk *d, i64 id)
{
    return count(d, SQL("SELECT COUNT(*) FROM todos WHERE org_id = :org AND flow = 'letters' AND "
                        "subject_id = :id AND verb = 'feed'",
                        P(id)));
}

static void what_was_not_solved_again_is_done(void **state)
{
    struct desk *d = *state;
    struct wanted w = written(d, LAMPS), late = written(d, LAMPS_TOO);
    not_solved(d, w.id);
    assert_int_equal(waits(d, w.id), 0); /* the first time it is handled again */
    not_solved(d, w.id);
    assert_int_equal(waits(d, w.id), 1);
    assert_int_equal(acted(d, w.cluster_id, "feed", TEXT).status, 200);
    assert_int_equal(waits(d, w.id), 0);
    struct test_answer a = test_get(d->t, path(d, "/letters/#", w.id));
    assert_true(desk_has(&a, "转成的社情民意"));
    not_solved(d, late.id);
    not_solved(d, late.id);
    assert_int_equal(waits(d, late.id), 0); /* it is in the opinion already */
    assert_int_equal(opinions(d), 1);
}

#define T(test_) cmocka_unit_test_setup_teardown(test_, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(the_page_begins_with_what_letters_say),
        T(it_becomes_one_opinion_without_names),
        T(each_tells_of_the_other),
        T(what_is_joined_keeps_its_own),
        T(what_was_not_solved_again_is_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
