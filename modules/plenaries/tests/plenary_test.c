/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The space of a plenary: quorum, what comes next, what is gathered, who sees what. Expectations:
 * README.md, reckoned by hand. The clock begins on Wednesday 2026-11-25. */
#include "modules/plenaries/plenary.h"

#include "modules/proposals/tests/desk_look.h"

enum { LI, WANG, ZHAO };

static void two_thirds_are_rounded_up(void **state)
{
    (void)state;
    assert_int_equal(meeting_quorum_of(str_of("plenary"), 3), 2);
    assert_int_equal(meeting_quorum_of(str_of("plenary"), 4), 3);
    assert_int_equal(meeting_quorum_of(str_of("plenary"), 300), 200);
    assert_int_equal(meeting_quorum_of(str_of("plenary"), 301), 201);
    struct plenary p = { .m = { .all_members = 4, .came = 2 }, .wanted = 3 };
    assert_false(plenary_has_quorum(&p));
    p.m.came = 3;
    assert_true(plenary_has_quorum(&p));
    p.m.present = p.m.counted = 2; /* what is put down counts, not the door */
    assert_false(plenary_has_quorum(&p));
    p.m.all_members = p.wanted = 0;
    assert_false(plenary_has_quorum(&p));
}

/* 2026-12-03 is day D, on which the plenary begins. */
static void the_next_line_is_found_by_day_and_hour(void **state)
{
    static const char AGENDA[] =
        "日程\n12月3日上午 9:00 开幕会\n下午 2:30 分组讨论\n12月4日\n9:00 大会发言\n15：00 闭幕会";
    static const struct {
        i64 days, minute;
        const char *next;
    } CASES[] = {
        { -5, 600, "12月3日上午 9:00 开幕会" },
        { 0, 540, "12月3日上午 9:00 开幕会" },
        { 0, 541, "下午 2:30 分组讨论" },
        { 0, 870, "下午 2:30 分组讨论" },
        { 0, 871, "9:00 大会发言" },
        { 1, 541, "15：00 闭幕会" },
        { 1, 901, "" },
        { 9, 0, "" },
    };
    i64 from_on = day_from_civil(2026, 12, 3);
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        desk_same(plenary_next_line(str_of(AGENDA), from_on, from_on + CASES[i].days,
                                    CASES[i].minute),
                  CASES[i].next);
    desk_same(plenary_next_line(str_of("会议 9 时"), from_on, from_on, 0), "");
    desk_same(plenary_next_line(str_of("1月2日 9:00 闭幕"), day_from_civil(2026, 12, 30),
                                day_from_civil(2026, 12, 31), 0),
              "1月2日 9:00 闭幕"); /* over the end of the year */
}

/* ---- by the front door ---- */

static i64 meeting(struct desk *d, const char *kind)
{
    desk_as_staff(d);
    struct test_answer a = test_api(
        d->t, POST, "/api/v1/meetings",
        arena_printf(d->t->mem,
                     "{\"title\":\"Plenary\",\"organiser\":\"office\",\"place\":\"Hall\",\"from_"
                     "on\":\"2026-12-03\",\"from_half\":\"morning\",\"to_half\":\"afternoon\","
                     "\"agenda\":\"12月3日 9:00 Opening\",\"kind\":\"%s\",\"attending\":"
                     "\"mandatory\",\"audience\":[\"members\"]}",
                     kind)
            .ptr);
    assert_int_equal(a.status, 200);
    return desk_count(d, SQL("SELECT MAX(id) FROM meetings WHERE org_id = :org"));
}

static void does(struct desk *d, const char *what, i64 id, const char *rest)
{
    str path = arena_printf(d->t->mem, "/api/v1/%s/%lld%s", what, (long long)id, rest);
    struct test_answer a =
        test_get(d->t, arena_printf(d->t->mem, "/api/v1/%s/%lld", what, (long long)id).ptr);
    i64 version = 0;
    str_to_i64(test_json(d->t, &a, "version"), &version);
    a = test_api(d->t, POST, path.ptr, test_versioned(d->t, "{}", version));
    if (a.status != 200)
        fail_msg("%.*s: %d %.*s", (int)path.len, path.ptr, a.status, (int)a.body.len, a.body.ptr);
}

static void is(struct desk *d, i64 id, const char *path, const char *expected)
{
    struct test_answer a = desk_page(d, "/api/v1/plenaries/", id, "");
    desk_same(test_json(d->t, &a, path), expected);
}

/* Three are invited: Li comes, so of three members two are wanted and one is there. */
static void the_office_sees_who_is_there_and_what_to_do(void **state)
{
    struct desk *d = *state;
    desk_lead_signs_in(d);
    i64 id = meeting(d, "plenary");
    struct test_answer a = desk_page(d, "/plenaries/", id, "");
    assert_true(desk_has(&a, "会议通知还没有发") && desk_has(&a, "还没有会议材料"));
    desk_as_member(d, LI);
    assert_int_equal(desk_page(d, "/plenaries/", id, "").status, 404); /* a draft */
    desk_as_staff(d);
    does(d, "meetings", id, "/notify");
    is(d, id, "figures.waiting", "3");
    is(d, id, "figures.wanted", "2");
    is(d, id, "next", "12月3日 9:00 Opening");
    a = test_api(d->t, POST, "/api/v1/schemes",
                 arena_printf(d->t->mem,
                              "{\"meeting\":\"meeting:%lld\",\"kind\":\"sectoral\",\"groups\":2,"
                              "\"title\":\"Talks\"}",
                              (long long)id)
                     .ptr);
    assert_int_equal(a.status, 200);
    a = desk_page(d, "/plenaries/", id, "");
    assert_true(desk_has(&a, "3 人还没有答复") && desk_has(&a, "分组“Talks”还没有公布"));
    assert_false(desk_has(&a, "法定人数")); /* nobody is there yet, so nothing is said of it */
    desk_on_day(d, "2026-12-03");
    desk_as_staff(d);
    i64 li = desk_count(d, SQL("SELECT MIN(id) FROM invitees WHERE org_id = :org"));
    str gate = arena_printf(d->t->mem, "/api/v1/meetings/%lld/gate", (long long)id);
    const char *one = arena_printf(d->t->mem, "{\"invitees\":[%lld]}", (long long)li).ptr;
    const char *two = arena_printf(d->t->mem, "{\"invitees\":[%lld]}", (long long)li + 1).ptr;
    assert_int_equal(test_api(d->t, POST, gate.ptr, one).status, 200);
    is(d, id, "figures.checked_in", "1");
    is(d, id, "figures.quorum", "false");
    a = desk_page(d, "/plenaries/", id, "");
    assert_true(desk_has(&a, "没到法定人数") && desk_has(&a, "三分之二是 2 人"));
    assert_int_equal(test_api(d->t, POST, gate.ptr, two).status, 200);
    is(d, id, "figures.quorum", "true");
    assert_int_equal(desk_page(d, "/plenaries/", id, "/pdf").status, 200);
    assert_int_equal(desk_page(d, "/plenaries/", id, "/docx").status, 200);
    a = desk_page(d, "/meetings/", id, "");
    assert_true(desk_has(&a, "看全会页面"));
}

static void a_member_sees_his_own_and_no_figures(void **state)
{
    struct desk *d = *state;
    desk_lead_signs_in(d);
    i64 id = meeting(d, "plenary"), other = meeting(d, "training");
    does(d, "meetings", id, "/notify");
    does(d, "meetings", other, "/notify");
    test_api(d->t, POST, "/api/v1/schemes",
             arena_printf(d->t->mem,
                          "{\"meeting\":\"meeting:%lld\",\"kind\":\"sectoral\",\"groups\":1,"
                          "\"title\":\"Talks\"}",
                          (long long)id)
                 .ptr);
    does(d, "schemes", desk_count(d, SQL("SELECT MAX(id) FROM schemes WHERE org_id = :org")),
         "/publish");
    desk_as_member(d, LI);
    struct test_answer a = desk_page(d, "/plenaries/", id, "");
    assert_true(desk_has(&a, "下一项") && desk_has(&a, "我的小组") && desk_has(&a, "我的回执"));
    assert_false(desk_has(&a, "应到") || desk_has(&a, "今天要办"));
    a = desk_page(d, "/api/v1/plenaries/", id, "");
    assert_false(desk_has(&a, "figures") || desk_has(&a, "todos"));
    assert_int_equal(desk_page(d, "/plenaries/", id, "/pdf").status, 403);
    assert_int_equal(desk_page(d, "/plenaries/", other, "").status, 404); /* no plenary */
    a = test_get(d->t, "/plenaries");
    assert_true(desk_has(&a, "还有 8 天"));
    a = test_get(d->t, "/api/v1/plenaries");
    i64 shown;
    assert_true(str_to_i64(test_json(d->t, &a, "items.0.id"), &shown) && shown == id);
    desk_as_other_member(d);
    assert_int_equal(desk_page(d, "/plenaries/", id, "").status, 404);
    a = test_get(d->t, "/plenaries");
    assert_true(desk_has(&a, "现在没有请您参加的全体会议"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_thirds_are_rounded_up),
        cmocka_unit_test_setup_teardown(the_next_line_is_found_by_day_and_hour, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(the_office_sees_who_is_there_and_what_to_do, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(a_member_sees_his_own_and_no_figures, desk_setup,
                                        desk_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
