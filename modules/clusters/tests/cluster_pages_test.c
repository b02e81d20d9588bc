/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Clusters of letters by the front door: they gather, the hot list explains its ranks, each step is
 * undone by its opposite, who may, the other organisation. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "modules/clusters/cluster_engine.h"
#include "modules/clusters/cluster_rules.h"
#include "modules/mailbox/letter.h"
#include "modules/mailbox/letter_rules.h"
#include "modules/proposals/tests/desk.h"

enum { DAY_MS = 86400000 };

/* ---- letters ---- */

struct wanted {
    const char *title, *body;
    i64 days_ago, id, cluster_id;
};

static err letter_write(struct rq *rq, void *context)
{
    struct wanted *w = context;
    struct letter_new in = { .kind = str_of("concern"),
                             .lane = str_of("staff"),
                             .via = str_of("phone"),
                             .title = str_of(w->title),
                             .body = str_of(w->body),
                             .notice = str_of("1"),
                             .received_at = rq->now_ms - w->days_ago * DAY_MS };
    struct cluster c;
    TRY(letter_add(rq, &in, &w->id));
    TRY(cluster_of(rq, &CLUSTER_LETTERS, w->id, &c));
    w->cluster_id = c.id;
    return OK;
}

static struct wanted written(struct desk *d, const char *title, const char *body, i64 days_ago)
{
    struct wanted w = { title, body, days_ago, 0, 0 };
    err e = test_write(d->t, letter_write, &w);
    if (e.code != ERR_NONE)
        fail_msg("%s", e.name);
    return w;
}

#define LAMPS       "南塘街的路灯坏了半个月，晚上走路看不清，老人摔了一跤"
#define LAMPS_TOO   "南塘街的路灯坏了半个月没人修，晚上走路看不清，怕老人摔了"
#define LAMPS_AGAIN "南塘街的路灯还是坏的，晚上走路看不清，老人又摔了一跤"
#define WATER       "白水村自来水发黄有泥沙，烧开也有味道，孩子喝了肚子疼"
#define WATER_TOO   "白水村的自来水发黄，有泥沙和怪味，不敢给孩子喝"
#define BUS         "城东小学门口放学时车太多，接送的车停满路，公交过不去"

/* Three about lamps, two about water, one about a bus. */
struct six {
    struct wanted lamps[3], water[2], bus;
};

static struct six six_of(struct desk *d)
{
    return (struct six){
        { written(d, "南塘街路灯坏了", LAMPS, 40), written(d, "南塘街路灯不亮", LAMPS_TOO, 3),
          written(d, "南塘街的路灯坏了", LAMPS_AGAIN, 1) },
        { written(d, "白水村自来水发黄", WATER, 2), written(d, "自来水有泥沙", WATER_TOO, 2) },
        written(d, "小学门口堵车", BUS, 1),
    };
}

static const char *path(struct desk *d, i64 id, const char *rest)
{
    return arena_printf(d->t->mem, "/clusters/%lld%s", (long long)id, rest).ptr;
}

static const char *word(struct desk *d, i64 number)
{
    return arena_printf(d->t->mem, "%lld", (long long)number).ptr;
}

static bool is(struct desk *d, const struct test_answer *a, const char *at, i64 number)
{
    return str_is(test_json(d->t, a, at), word(d, number));
}

static struct test_answer shown(struct desk *d, i64 id)
{
    return test_get(d->t, arena_printf(d->t->mem, "/api/v1/clusters/%lld", (long long)id).ptr);
}

static struct test_answer acted(struct desk *d, i64 id, const char *verb, const char *json)
{
    struct test_answer a = shown(d, id);
    i64 version = 0;
    str_to_i64(test_json(d->t, &a, "version"), &version);
    return test_api(d->t, POST,
                    arena_printf(d->t->mem, "/api/v1/clusters/%lld/%s", (long long)id, verb).ptr,
                    test_versioned(d->t, json, version));
}

/* ---- gathering and the hot list ---- */

static void letters_about_one_matter_gather(void **state)
{
    struct desk *d = *state;
    struct six s = six_of(d);
    i64 lamps = s.lamps[0].cluster_id, water = s.water[0].cluster_id;
    assert_true(s.lamps[1].cluster_id == lamps && s.lamps[2].cluster_id == lamps);
    assert_true(s.water[1].cluster_id == water && water != lamps);
    assert_true(s.bus.cluster_id != lamps && s.bus.cluster_id != water);
    desk_as_staff(d);
    struct test_answer a = test_get(d->t, "/api/v1/letters/clusters?hot=30");
    assert_int_equal(a.status, 200);
    assert_true(is(d, &a, "items.0.id", lamps) && is(d, &a, "items.0.count", 3));
    assert_true(is(d, &a, "items.0.letters.0.id", s.lamps[2].id)); /* the newest first */
    assert_true(is(d, &a, "items.1.id", water));
    assert_int_equal(test_json(d->t, &a, "items.2.id").len, 0); /* one letter is no hot matter */
    /* within 30 days two about lamps (one is 40 days old), two about water */
    a = test_get(d->t, "/api/v1/letters/clusters?hot=1&days=30");
    assert_true(is(d, &a, "items.0.now", 2));
    assert_int_equal(test_json(d->t, &a, "items.1.id").len, 0);
    a = test_get(d->t, "/api/v1/letters/clusters?days=30");
    size_t at = is(d, &a, "items.0.id", lamps) ? 0 : 1;
    assert_true(is(d, &a, at ? "items.1.before" : "items.0.before", 1));
    desk_same(test_json(d->t, &a, at ? "items.1.why" : "items.0.why"),
              "近 30 天来信 2 封，此前同样天数 1 封，多了 1 封");
    a = test_get(d->t, "/clusters?period=week");
    assert_int_equal(a.status, 200);
    assert_true(desk_has(&a, "近 7 天来信 2 封，此前没有"));
    assert_int_equal(test_get(d->t, "/clusters").status, 200);
    assert_int_equal(test_get(d->t, "/clusters?period=century").status, 422);
    assert_int_equal(test_get(d->t, "/api/v1/letters/clusters?hot=1000").status, 422);
}

static void a_page_shows_growth_and_letters(void **state)
{
    struct desk *d = *state;
    struct six s = six_of(d);
    desk_as_staff(d);
    struct test_answer a = test_get(d->t, path(d, s.lamps[0].cluster_id, ""));
    assert_int_equal(a.status, 200);
    assert_true(desk_has(&a, "南塘街路灯不亮"));
    assert_true(desk_has(&a, "按周收到多少封")); /* 40 days are more than 31 */
    a = shown(d, s.water[0].cluster_id);
    assert_true(is(d, &a, "growth.0.letters", 2));
    assert_int_equal(test_json(d->t, &a, "growth.1.letters").len, 0);
    desk_same(test_json(d->t, &a, "states.0.word"), "已收");
    a = test_get(d->t, arena_printf(d->t->mem, "/letters/%lld", (long long)s.water[1].id).ptr);
    assert_true(desk_has(&a, "同一件事的来信"));
    a = test_get(
        d->t,
        arena_printf(d->t->mem, "/api/v1/letters/%lld/similar", (long long)s.water[1].id).ptr);
    assert_int_equal(a.status, 200);
    assert_true(is(d, &a, "items.0.id", s.water[0].id));
    desk_same(test_json(d->t, &a, "items.0.copy"), "false");
}

static err letter_dismiss(struct rq *rq, void *context)
{
    const struct wanted *w = context;
    struct letter_dismiss_input in = { w->id, str_of("spam"), str_of("") };
    return flow_move(rq, &LETTERS_FLOW, w->id, "dismiss", &in);
}

static void what_is_dismissed_counts_no_more(void **state)
{
    struct desk *d = *state;
    struct six s = six_of(d);
    assert_int_equal(test_write(d->t, letter_dismiss, &s.lamps[1]).code, ERR_NONE);
    desk_as_staff(d);
    struct test_answer a = shown(d, s.lamps[0].cluster_id);
    assert_true(is(d, &a, "count", 2));
    assert_true(is(d, &a, "letters.0.id", s.lamps[2].id));
    assert_true(is(d, &a, "letters.1.id", s.lamps[0].id));
}

/* ---- steps ---- */

static void a_name_stays_while_letters_come(void **state)
{
    struct desk *d = *state;
    struct six s = six_of(d);
    i64 id = s.lamps[0].cluster_id;
    desk_as_staff(d);
    assert_int_equal(acted(d, id, "name", "{\"name\":\"南塘街路灯\"}").status, 200);
    assert_int_equal(acted(d, id, "pin", "{}").status, 200);
    assert_int_equal(acted(d, id, "pin", "{}").status, 409);
    struct test_answer a = shown(d, id);
    desk_same(test_json(d->t, &a, "title"), "南塘街路灯");
    str seen = test_json(d->t, &a, "version");
    written(d, "南塘街路灯什么时候修", LAMPS_TOO, 0);
    desk_as_staff(d);
    a = shown(d, id);
    assert_true(is(d, &a, "count", 4));
    desk_same(test_json(d->t, &a, "version"), arena_cstr(d->t->mem, seen));
    desk_same(test_json(d->t, &a, "title"), "南塘街路灯");
    assert_int_equal(acted(d, id, "unpin", "{}").status, 200);
    assert_int_equal(acted(d, id, "name", "{\"name\":\"\"}").status, 200);
    a = shown(d, id);
    assert_false(str_is(test_json(d->t, &a, "title"), "南塘街路灯"));
}

static void joining_is_undone_by_splitting(void **state)
{
    struct desk *d = *state;
    struct six s = six_of(d);
    i64 lamps = s.lamps[0].cluster_id, water = s.water[0].cluster_id;
    desk_as_staff(d);
    const char *other = arena_printf(d->t->mem, "{\"other\":\"%lld\"}", (long long)water).ptr;
    assert_int_equal(acted(d, lamps, "join", other).status, 200);
    struct test_answer a = shown(d, lamps);
    assert_true(is(d, &a, "count", 5));
    a = test_get(d->t, path(d, water, ""));
    assert_int_equal(a.status, 303); /* it leads to where its letters are */
    desk_same(a.location, path(d, lamps, ""));
    assert_int_equal(acted(d, lamps, "join", other).status, 409); /* it is a part of it */
    const char *back = arena_printf(d->t->mem, "{\"joined\":\"%lld\"}", (long long)water).ptr;
    assert_int_equal(acted(d, lamps, "split", back).status, 200);
    a = shown(d, water);
    assert_true(is(d, &a, "count", 2));
    a = shown(d, lamps);
    assert_true(is(d, &a, "count", 3));
    /* and what comes later goes where it belongs */
    assert_true(written(d, "白水村自来水还是黄的", WATER_TOO, 0).cluster_id == water);
}

static void what_was_split_stays_apart(void **state)
{
    struct desk *d = *state;
    struct six s = six_of(d);
    i64 lamps = s.lamps[0].cluster_id;
    desk_as_staff(d);
    assert_int_equal(acted(d, lamps, "split", "{}").status, 422);
    const char *one =
        arena_printf(d->t->mem, "{\"letters\":[\"%lld\"]}", (long long)s.lamps[1].id).ptr;
    assert_int_equal(acted(d, lamps, "split", one).status, 200);
    struct test_answer a = shown(d, lamps);
    assert_true(is(d, &a, "count", 2));
    desk_same(test_json(d->t, &a, "near.0.apart"), "true");
    i64 other = 0;
    assert_true(str_to_i64(test_json(d->t, &a, "near.0.id"), &other));
    a = test_get(d->t, path(d, lamps, "/split"));
    assert_int_equal(a.status, 200);
    assert_true(desk_has(&a, "南塘街的路灯坏了"));
    /* a text that is near to both does not make them one */
    i64 taken = written(d, "南塘街路灯不亮", LAMPS_TOO, 0).cluster_id;
    desk_as_staff(d);
    assert_true(taken == lamps || taken == other);
    a = shown(d, taken == lamps ? other : lamps);
    assert_int_equal(a.status, 200);
    const char *both = arena_printf(d->t->mem, "{\"other\":\"%lld\"}", (long long)other).ptr;
    assert_int_equal(acted(d, lamps, "together", both).status, 200);
    assert_int_equal(acted(d, lamps, "together", both).status, 409); /* none is left */
    assert_int_equal(acted(d, lamps, "apart", both).status, 200);
    assert_int_equal(acted(d, lamps, "join", both).status, 200);
    a = shown(d, lamps);
    assert_true(is(d, &a, "count", 4));
}

static void a_closed_one_takes_no_letter(void **state)
{
    struct desk *d = *state;
    struct six s = six_of(d);
    i64 water = s.water[0].cluster_id;
    desk_as_staff(d);
    assert_int_equal(acted(d, water, "close", "{}").status, 200);
    i64 anew = written(d, "白水村自来水又黄了", WATER_TOO, 0).cluster_id;
    assert_true(anew != water);
    desk_as_staff(d);
    assert_int_equal(acted(d, water, "reopen", "{}").status, 200);
    written(d, "自来水有泥沙", WATER, 0);
    desk_as_staff(d);
    struct test_answer a = shown(d, anew < water ? anew : water);
    assert_int_equal(a.status, 200);
}

/* ---- who may ---- */

/* Two of three run along with the third, whatever else the cluster was asked before. */
static void letters_are_handled_together(void **state)
{
    struct desk *d = *state;
    struct six s = six_of(d);
    i64 id = s.lamps[0].cluster_id, lead = s.lamps[1].id;
    desk_as_staff(d);
    struct test_answer a = test_get(d->t, path(d, id, "/attach"));
    assert_int_equal(a.status, 200);
    assert_true(desk_has(&a, "还没有办理的 3 封") && desk_has(&a, "南塘街路灯不亮"));
    const char *foreign = arena_printf(d->t->mem, "{\"lead\":\"%s\"}", word(d, s.bus.id)).ptr;
    assert_int_equal(acted(d, id, "attach", foreign).status, 422);
    assert_int_equal(acted(d, id, "attach", "{\"lead\":\"a\"}").status, 422);
    const char *own = arena_printf(d->t->mem, "{\"lead\":\"%s\"}", word(d, lead)).ptr;
    assert_int_equal(acted(d, id, "attach", own).status, 200);
    a = test_get(d->t, arena_printf(d->t->mem, "/api/v1/letters/%lld", (long long)lead).ptr);
    assert_true(is(d, &a, "along.0.id", s.lamps[0].id));
    assert_true(is(d, &a, "along.1.id", s.lamps[2].id));
    a = test_get(d->t, path(d, id, ""));
    assert_true(desk_has(&a, "2 封和第"));
    assert_int_equal(acted(d, id, "attach", own).status, 409); /* nothing is left */
    assert_int_equal(acted(d, s.bus.cluster_id, "attach", foreign).status, 409); /* alone */
    desk_as_dispatcher(d);
    assert_int_equal(acted(d, s.water[0].cluster_id, "attach", own).status, 403);
}

static void others_may_not(void **state)
{
    struct desk *d = *state;
    struct six s = six_of(d);
    const char *page = path(d, s.lamps[0].cluster_id, "");
    desk_as_dispatcher(d);
    assert_int_equal(test_get(d->t, page).status, 200);
    assert_int_equal(acted(d, s.lamps[0].cluster_id, "pin", "{}").status, 403);
    desk_as_member(d, 0);
    assert_int_equal(test_get(d->t, page).status, 403);
    assert_int_equal(test_get(d->t, "/api/v1/letters/clusters").status, 403);
    desk_as_operator(d, 0);
    assert_int_equal(test_get(d->t, "/clusters").status, 403);
    struct actor *other = test_as_role(d->t, "staff");
    other->org_id = OTHER_ORG;
    assert_int_equal(test_get(d->t, page).status, 404);
    struct test_answer a = test_get(d->t, "/api/v1/letters/clusters");
    assert_int_equal(a.status, 200);
    assert_int_equal(test_json(d->t, &a, "items.0.id").len, 0);
}

#define T(test_) cmocka_unit_test_setup_teardown(test_, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(letters_about_one_matter_gather),  T(a_page_shows_growth_and_letters),
        T(what_is_dismissed_counts_no_more), T(a_name_stays_while_letters_come),
        T(joining_is_undone_by_splitting),   T(what_was_split_stays_apart),
        T(a_closed_one_takes_no_letter),     T(others_may_not),
        T(letters_are_handled_together),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
