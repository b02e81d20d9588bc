/* SPDX-License-Identifier: MulanPSL-2.0 */
/* One step for several cases: all or none, a line for each that is refused, one history and one
 * audit entry each; who may, what is confidential, another house. */
#include "modules/boards/board.h"
#include "modules/proposals/tests/desk.h"
#include "modules/proposals/tests/desk_look.h"

static const char *seen(struct desk *d, i64 id)
{
    return arena_printf(d->t->mem, "%lld:%lld", (long long)id, (long long)desk_load(d, id).version)
        .ptr;
}

static i64 count_of(struct desk *d, struct sql sql)
{
    i64 n = 0;
    assert_ok(db_i64(d->t->db, sql, &n));
    return n;
}

/* Steps of the verb in the history, and audit entries about it. */
static i64 trails_of(struct desk *d, const char *verb)
{
    str v = str_of(verb);
    return count_of(d, SQL("SELECT COUNT(*) FROM trails WHERE org_id = :org AND flow = 'proposals' "
                           "AND verb = :v",
                           P(v)));
}

static i64 audits_of(struct desk *d, const char *act)
{
    str a = str_of(act);
    return count_of(d, SQL("SELECT COUNT(*) FROM audits WHERE org_id = :org AND act = :a", P(a)));
}

static struct test_answer steps(struct desk *d, const char *json)
{
    return test_api(d->t, POST, "/api/v1/boards/steps", json);
}

static const char *two(struct desk *d, const char *verb, i64 a, i64 b, const char *more)
{
    return arena_printf(d->t->mem, "{\"verb\":\"%s\",\"cases\":[\"%s\",\"%s\"]%s}", verb,
                        seen(d, a), seen(d, b), more)
        .ptr;
}

static void two_are_screened_and_docketed_together(void **state)
{
    struct desk *d = *state;
    i64 a = desk_submitted(d, "关于过江公交的建议"), b = desk_submitted(d, "关于古茶树的建议");
    desk_as_reviewer(d);
    struct test_answer got = steps(d, two(d, "screen", a, b, ""));
    assert_int_equal(got.status, 200);
    desk_same(test_json(d->t, &got, "items.1.state"), "screened");
    desk_same(desk_load(d, a).state, "screened");
    desk_same(desk_load(d, b).state, "screened");
    assert_int_equal(trails_of(d, "screen"), 2);
    assert_int_equal(audits_of(d, "proposals.screen"), 2);
    got = steps(d, two(d, "docket", a, b, ""));
    assert_int_equal(got.status, 422); /* no category */
    got = steps(d, two(d, "docket", b, a, ",\"category\":\"transport\""));
    assert_int_equal(got.status, 200);
    assert_int_equal(desk_load(d, a).docket_no, 1); /* the older one, in whichever order ticked */
    assert_int_equal(desk_load(d, b).docket_no, 2);
    desk_same(desk_load(d, b).category, "transport");
}

static void one_refusal_and_nothing_is_done(void **state)
{
    struct desk *d = *state;
    i64 a = desk_submitted(d, "关于过江公交的建议"), b = desk_submitted(d, "关于古茶树的建议"),
        c = desk_submitted(d, "关于图书馆的建议");
    desk_as_reviewer(d);
    const char *json =
        arena_printf(d->t->mem, "{\"verb\":\"screen\",\"cases\":[\"%s\",\"%s\",\"%s\",\"999:1\"]}",
                     seen(d, a), seen(d, b), seen(d, c))
            .ptr;
    assert_int_equal(desk_act(d, b, "screen", "{}"), 200); /* somebody was first */
    struct test_answer got = steps(d, json);
    assert_int_equal(got.status, 409);
    desk_same(test_json(d->t, &got, "code"), "boards.refused");
    desk_same(test_json(d->t, &got, "errors.0.code"), "boards.refused_late");
    desk_same(test_json(d->t, &got, "errors.1.code"), "boards.refused_gone");
    desk_same(test_json(d->t, &got, "errors.2.code"), "");
    /* who, when, what: 09:00 of the fixed clock */
    assert_true(desk_has(&got, "《关于古茶树的建议》"));
    assert_true(desk_has(&got, "09:00 做了“预审通过”，现在是“预审通过”"));
    desk_same(desk_load(d, a).state, "submitted");
    desk_same(desk_load(d, c).state, "submitted");
    assert_int_equal(trails_of(d, "screen"), 1);
    assert_int_equal(audits_of(d, "proposals.screen"), 1);
}

/* The late one is the first to be tried; the other one's step looks at the form's faults. */
static void one_that_is_late_blames_no_other(void **state)
{
    struct desk *d = *state;
    i64 a = desk_docketed(d, "关于过江公交的建议"), b = desk_docketed(d, "关于古茶树的建议");
    const char *more = arena_printf(d->t->mem, ",\"host_id\":%lld", (long long)d->agency[0]).ptr;
    const char *json = two(d, "assign", a, b, more);
    desk_assign(d, a);
    desk_as_dispatcher(d);
    struct test_answer got = steps(d, json);
    assert_int_equal(got.status, 409);
    desk_same(test_json(d->t, &got, "code"), "boards.refused");
    desk_same(test_json(d->t, &got, "errors.0.code"), "boards.refused_late");
    desk_same(test_json(d->t, &got, "errors.1.code"), "");
    assert_false(desk_has(&got, "古茶树"));
    desk_same(desk_load(d, b).state, "docketed"); /* all or none */
}

/* The numbers of what was refused are not used up: docket numbers have no gaps. */
static void a_refused_docketing_leaves_no_gap(void **state)
{
    struct desk *d = *state;
    i64 a = desk_submitted(d, "关于过江公交的建议"), b = desk_submitted(d, "关于古茶树的建议");
    desk_as_reviewer(d);
    const char *old = two(d, "docket", a, b, ",\"category\":\"transport\"");
    assert_int_equal(desk_act(d, b, "revise", "{\"opinion\":\"Too short.\"}"), 200);
    assert_int_equal(steps(d, old).status, 409);
    assert_int_equal(desk_load(d, a).docket_no, 0);
    assert_int_equal(desk_act(d, a, "docket", "{\"category\":\"transport\"}"), 200);
    assert_int_equal(desk_load(d, a).docket_no, 1);
}

static void each_is_handed_out_by_the_wish_of_its_review(void **state)
{
    struct desk *d = *state;
    i64 a = desk_submitted(d, "关于过江公交的建议"), b = desk_submitted(d, "关于古茶树的建议");
    desk_as_reviewer(d);
    const char *wish = arena_printf(d->t->mem,
                                    "{\"category\":\"transport\",\"hosts\":[%lld],\"cohosts\":"
                                    "[%lld]}",
                                    (long long)d->agency[1], (long long)d->agency[2])
                           .ptr;
    assert_int_equal(desk_act(d, a, "docket", wish), 200);
    assert_int_equal(desk_act(d, b, "docket", "{\"category\":\"transport\"}"), 200);
    desk_as_dispatcher(d);
    struct test_answer got = steps(d, two(d, "assign", a, b, ",\"own\":true"));
    assert_int_equal(got.status, 409); /* nobody is wished for the second */
    desk_same(test_json(d->t, &got, "errors.0.code"), "boards.refused_case");
    desk_same(test_json(d->t, &got, "errors.1.code"), "");
    desk_same(desk_load(d, a).state, "docketed");
    got = steps(d, arena_printf(d->t->mem, "{\"verb\":\"assign\",\"cases\":[\"%s\"],\"own\":true}",
                                seen(d, a))
                       .ptr);
    assert_int_equal(got.status, 200);
    desk_same(desk_load(d, a).state, "assigned");
    i64 id = a;
    assert_int_equal(count_of(d, SQL("SELECT COUNT(*) FROM assignments WHERE org_id = :org AND "
                                     "matter = 'proposals' AND matter_id = :id",
                                     P(id))),
                     2);
    got = steps(d,
                arena_printf(d->t->mem, "{\"verb\":\"assign\",\"cases\":[\"%s\"],\"host_id\":%lld}",
                             seen(d, b), (long long)d->agency[0])
                    .ptr);
    assert_int_equal(got.status, 200);
    desk_same(desk_load(d, b).host_name, "Roads");
}

/* Where agencies are asked first, that is a step of the board, too, with a column of its own. */
static void agencies_are_asked_first_together(void **state)
{
    struct desk *d = *state;
    i64 a = desk_docketed(d, "关于过江公交的建议"), b = desk_docketed(d, "关于古茶树的建议");
    const char *more = arena_printf(d->t->mem, ",\"host_id\":%lld", (long long)d->agency[0]).ptr;
    desk_as_dispatcher(d);
    assert_int_equal(steps(d, two(d, "preassign", a, b, more)).status, 409); /* not here */
    struct test_answer got = test_get(d->t, "/boards/review");
    assert_false(desk_has(&got, "value=\"preassign\"")); /* the menu names it, too */
    desk_set(d, "proposals.preassign", "1");
    assert_int_equal(steps(d, two(d, "preassign", a, b, more)).status, 200);
    desk_same(desk_load(d, b).state, "preassigned");
    got = test_get(d->t, "/api/v1/boards/review");
    desk_same(test_json(d->t, &got, "columns.1.column"), "preassigned");
    desk_same(test_json(d->t, &got, "columns.1.total"), "2");
    got = test_get(d->t, arena_cstr(d->t->mem,
                                    arena_printf(d->t->mem, "/boards/steps?verb=preassign&cases=%s",
                                                 seen(d, a))));
    assert_true(test_has_field(d->t, &got, "host_id"));
}

/* What is wrong with the form is said of its field, with the case at which it was found. */
static void a_day_in_the_past_is_a_fault_of_the_form(void **state)
{
    struct desk *d = *state;
    i64 a = desk_docketed(d, "关于过江公交的建议");
    desk_as_dispatcher(d);
    struct test_answer got = steps(
        d,
        arena_printf(
            d->t->mem,
            "{\"verb\":\"assign\",\"cases\":[\"%s\"],\"host_id\":%lld,\"due_on\":\"2026-11-01\"}",
            seen(d, a), (long long)d->agency[0])
            .ptr);
    assert_int_equal(got.status, 422);
    desk_same(test_json(d->t, &got, "errors.0.field"), "due_on");
    desk_same(test_json(d->t, &got, "errors.1.code"), "boards.of_case");
    desk_same(desk_load(d, a).state, "docketed");
}

static void a_reason_is_wanted_where_the_proposer_reads_it(void **state)
{
    struct desk *d = *state;
    i64 a = desk_submitted(d, "关于过江公交的建议"), b = desk_submitted(d, "关于古茶树的建议");
    desk_as_reviewer(d);
    assert_int_equal(steps(d, two(d, "revise", a, b, "")).status, 422);
    assert_int_equal(steps(d, two(d, "reject", a, b, ",\"opinion\":\"No.\"")).status, 422);
    assert_int_equal(steps(d, two(d, "reject", a, b,
                                  ",\"opinion\":\"No.\",\"reason\":\"private\",\"destination\":"
                                  "\"letter\""))
                         .status,
                     200);
    desk_same(desk_load(d, b).reject_reason, "private");
    assert_int_equal(steps(d, "{\"verb\":\"screen\",\"cases\":[\"7\"]}").status, 422);
    assert_int_equal(steps(d, "{\"verb\":\"screen\"}").status, 422);
    assert_int_equal(steps(d, "{\"verb\":\"close\",\"cases\":[\"7:1\"]}").status, 422);
}

static void who_may_and_how_many(void **state)
{
    struct desk *d = *state;
    i64 a = desk_submitted(d, "关于过江公交的建议"), b = desk_submitted(d, "关于古茶树的建议");
    const char *screen = two(d, "screen", a, b, "");
    desk_as_member(d, 0);
    assert_int_equal(steps(d, screen).status, 403);
    desk_as_operator(d, 0);
    assert_int_equal(steps(d, screen).status, 403);
    desk_as_other_reviewer(d);
    struct test_answer got = steps(d, screen);
    assert_int_equal(got.status, 409);
    desk_same(test_json(d->t, &got, "errors.0.code"), "boards.refused_gone");
    assert_false(desk_has(&got, "公交"));
    desk_as_dispatcher(d); /* does not see what is under review */
    got = steps(d, screen);
    assert_int_equal(got.status, 409);
    assert_false(desk_has(&got, "公交"));
    desk_as_staff(d);
    got = steps(d, two(d, "docket", a, b, ",\"category\":\"transport\""));
    assert_int_equal(got.status, 409); /* staff screens, but does not docket */
    desk_same(test_json(d->t, &got, "errors.0.code"), "boards.refused_case");
    struct buf *b21 = buf_new(d->t->mem, 4096);
    buf_put(b21, "{\"verb\":\"screen\",\"cases\":[");
    for (int i = 1; i <= BOARD_AT_ONCE + 1; i++)
        buf_printf(b21, "%s\"%d:1\"", i > 1 ? "," : "", i);
    buf_put(b21, "]}");
    assert_int_equal(steps(d, arena_cstr(d->t->mem, buf_str(b21))).status, 422);
    assert_int_equal(steps(d, screen).status, 200);
    assert_int_equal(trails_of(d, "screen"), 2);
}

/* Ticked twice by a careless program is once. */
static void the_same_twice_is_once(void **state)
{
    struct desk *d = *state;
    i64 a = desk_submitted(d, "关于过江公交的建议");
    desk_as_reviewer(d);
    assert_int_equal(steps(d, two(d, "screen", a, a, "")).status, 200);
    assert_int_equal(trails_of(d, "screen"), 1);
}

#define T(test_) cmocka_unit_test_setup_teardown(test_, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(two_are_screened_and_docketed_together),
        T(one_refusal_and_nothing_is_done),
        T(one_that_is_late_blames_no_other),
        T(a_refused_docketing_leaves_no_gap),
        T(each_is_handed_out_by_the_wish_of_its_review),
        T(agencies_are_asked_first_together),
        T(a_day_in_the_past_is_a_fault_of_the_form),
        T(a_reason_is_wanted_where_the_proposer_reads_it),
        T(who_may_and_how_many),
        T(the_same_twice_is_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
