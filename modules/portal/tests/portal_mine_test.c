/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A member's own proposals at one glance: the road, who has it, what is next, and why where it did
 * not go straight on; merged ones as their main one; nobody else's, in either organisation. */
#include "modules/proposals/tests/desk.h"
#include "modules/proposals/tests/desk_look.h"

static str at(struct desk *d, const struct test_answer *a, int i, const char *member)
{
    return test_json(d->t, a, arena_printf(d->t->mem, "items.%d.%s", i, member).ptr);
}

/* Each state at its step of the road: 提交 审查 交办 办理 答复 评价 办结. */
static void each_stands_at_its_step(void **state)
{
    static const char *const ROADS[] = { "submit", "review", "assign", "handle",
                                         "judge",  "done",   "review" };
    struct desk *d = *state;
    i64 made[] = { desk_draft(d, "One"),     desk_submitted(d, "Two"), desk_docketed(d, "Three"),
                   desk_assigned(d, "Four"), desk_answered(d, "Five"), desk_closed(d, "Six"),
                   desk_rejected(d, "Seven") };
    desk_as_member(d, 0);
    struct test_answer a = test_get(d->t, "/api/v1/my/proposals");
    assert_int_equal(a.status, 200);
    desk_same(test_json(d->t, &a, "total"), "7");
    for (int i = 0; i < 7; i++) {
        i64 id = 0;
        int n = 0;
        assert_true(str_to_i64(at(d, &a, i, "id"), &id));
        while (made[n] != id)
            n++;
        desk_same(at(d, &a, i, "road"), ROADS[n]);
        if (n == 3)
            desk_same(at(d, &a, i, "who"), "Roads");
        if (n == 6)
            assert_true(at(d, &a, i, "why").len > 0);
    }
    a = test_get(d->t, "/my/proposals");
    assert_true(desk_has(&a, "不予立案：") && desk_has(&a, "下一步：承办单位书面答复"));
    assert_true(desk_has(&a, "等您办") && desk_has(&a, "aria-current=\"step\""));
}

static void what_is_over_comes_last_and_a_return_says_why(void **state)
{
    struct desk *d = *state;
    desk_rejected(d, "Over");
    i64 id = desk_submitted(d, "Back");
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, id, "revise", "{\"opinion\":\"Two matters in one.\"}"), 200);
    desk_rejected(d, "Over too");
    desk_as_member(d, 0);
    struct test_answer a = test_get(d->t, "/api/v1/my/proposals");
    desk_same(at(d, &a, 0, "title"), "Back");
    desk_same(at(d, &a, 0, "why"), "Two matters in one.");
    desk_same(at(d, &a, 0, "road"), "submit");
}

static void a_refused_wish_says_why_until_it_goes_on(void **state)
{
    struct desk *d = *state;
    i64 id = desk_docketed(d, "Kept");
    desk_as_member(d, 0);
    assert_int_equal(desk_act(d, id, "ask_withdraw", "{\"opinion\":\"It is built.\"}"), 200);
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, id, "keep", "{\"opinion\":\"Two streets wait.\"}"), 200);
    desk_as_member(d, 0);
    struct test_answer a = test_get(d->t, "/my/proposals");
    assert_true(desk_has(&a, "没有同意撤案：Two streets wait."));
    desk_assign(d, id);
    desk_as_member(d, 0);
    a = test_get(d->t, "/my/proposals");
    assert_false(desk_has(&a, "没有同意撤案"));
}

static void a_merged_one_stands_where_its_main_one_does(void **state)
{
    struct desk *d = *state;
    i64 main = desk_docketed(d, "The main one"), other = desk_submitted(d, "The other");
    desk_as_reviewer(d);
    const char *into = arena_printf(d->t->mem, "{\"main_id\":%lld}", (long long)main).ptr;
    assert_int_equal(desk_act(d, other, "merge", into), 200);
    desk_assign(d, main);
    desk_as_member(d, 0);
    struct test_answer a = test_get(d->t, "/api/v1/my/proposals");
    for (int i = 0; i < 2; i++) {
        desk_same(at(d, &a, i, "road"), "handle");
        desk_same(at(d, &a, i, "who"), "Roads");
    }
    a = test_get(d->t, "/my/proposals");
    assert_true(desk_has(&a, "一并办理、分别答复"));
}

static void it_holds_ones_own_only(void **state)
{
    struct desk *d = *state;
    desk_docketed(d, "Of another");
    desk_as_member(d, 1); /* reads it in the list, but does not sign it */
    struct test_answer a = test_get(d->t, "/my/proposals");
    assert_int_equal(a.status, 200);
    assert_false(desk_has(&a, "Of another"));
    assert_true(desk_has(&a, "还没有您署名的提案"));
    desk_as_other_member(d);
    a = test_get(d->t, "/api/v1/my/proposals");
    desk_same(test_json(d->t, &a, "total"), "0");
    desk_as_staff(d);
    a = test_get(d->t, "/my/proposals");
    assert_true(desk_has(&a, "还没有您署名的提案"));
    test_as_nobody(d->t);
    assert_int_equal(test_get(d->t, "/my/proposals").status, 303);
}

#define T(test_) cmocka_unit_test_setup_teardown(test_, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(each_stands_at_its_step),
        T(what_is_over_comes_last_and_a_return_says_why),
        T(a_refused_wish_says_why_until_it_goes_on),
        T(a_merged_one_stands_where_its_main_one_does),
        T(it_holds_ones_own_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
