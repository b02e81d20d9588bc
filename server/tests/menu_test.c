/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The navigation of the whole house: who has many entries finds them under headings, in one order,
 * what is most used before them; who has few sees none. How it is drawn: platform/web/tests. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "platform/module.h"
#include "tests/harness/test_app.h"
#include "tests/harness/test_err.h"

static struct test_app *house;

static int open_house(void **state)
{
    (void)state;
    house = test_app_new(MODULES);
    return 0;
}

static int close_house(void **state)
{
    (void)state;
    test_app_free(house);
    return 0;
}

/* The navigation of a page alone. */
static const char *menu_of(const char *path)
{
    struct test_answer a = test_get(house, path);
    assert_int_equal(a.status, 200);
    i64 from = str_find(a.body, str_of("<nav class=\"side\""), 0);
    assert_true(from >= 0);
    i64 to = str_find(a.body, str_of("</nav>"), (size_t)from);
    return arena_cstr(house->mem, str_sub(a.body, (size_t)from, (size_t)(to - from)));
}

static size_t times(const char *text, const char *what)
{
    size_t n = 0;
    for (; (text = strstr(text, what)) != NULL; text++)
        n++;
    return n;
}

static void the_office_has_headings_in_one_order(void **state)
{
    static const char *const ORDER[] = { "href=\"/home\"",
                                         "href=\"/proposals\"",
                                         "href=\"/boards/review\"",
                                         "href=\"/assignments\"",
                                         "<details",
                                         "征集与受理</summary>",
                                         "href=\"/mergers\"",
                                         "督办与成果</summary>",
                                         "href=\"/urgings\"",
                                         "公开与通知</summary>",
                                         "href=\"/compendium\"",
                                         "统计</summary>",
                                         "href=\"/proposals/figures\"",
                                         "人员与单位</summary>",
                                         "href=\"/members\"",
                                         "设置</summary>",
                                         "href=\"/settings\"" };
    (void)state;
    test_as_role(house, "staff reviewer");
    const char *menu = menu_of("/home"), *at = menu;
    for (size_t i = 0; i < sizeof ORDER / sizeof *ORDER; i++) {
        const char *found = strstr(menu, ORDER[i]);
        if (!found || found < at)
            fail_msg("not in its place: %s", ORDER[i]);
        at = found;
    }
    assert_int_equal(times(menu, "<details open"), 0);
}

static void the_heading_of_the_present_page_stands_open(void **state)
{
    (void)state;
    test_as_role(house, "staff reviewer");
    const char *menu = menu_of("/urgings");
    assert_int_equal(times(menu, "<details open"), 1);
    const char *open = strstr(menu, "<details open");
    assert_true(strstr(open, "督办与成果") < strstr(open, "</summary>"));
    assert_true(strstr(open, "aria-current=\"page\"") < strstr(open, "</details>"));
}

/* Nobody opens a heading to find one thing. */
static void a_heading_has_more_than_one_entry(void **state)
{
    static const char *const ROLES[] = { "member",     "staff",  "reviewer",
                                         "dispatcher", "leader", "publisher" };
    (void)state;
    for (size_t i = 0; i < sizeof ROLES / sizeof *ROLES; i++) {
        test_as_role(house, ROLES[i]);
        const char *menu = menu_of("/home");
        for (const char *d = strstr(menu, "<details"); d; d = strstr(d + 1, "<details")) {
            const char *end = strstr(d, "</details>");
            size_t entries = times(d, "<li>") - times(end, "<li>");
            assert_true(entries > 1);
        }
    }
}

static void who_has_few_entries_sees_no_heading(void **state)
{
    static const char *const ROLES[] = { "sysadmin", "secadmin", "auditor" };
    (void)state;
    for (size_t i = 0; i < sizeof ROLES / sizeof *ROLES; i++) {
        test_as_role(house, ROLES[i]);
        assert_null(strstr(menu_of("/home"), "<details"));
    }
}

/* What is asked of who reports (社情民意信息) stands with his reports, not beside them. */
static void quotas_and_commissions_stand_with_opinions(void **state)
{
    static const struct {
        const char *role, *commissions;
    } WHO[] = { { "member", "href=\"/invitations\"" }, { "editor", "href=\"/commissions\"" } };
    (void)state;
    for (size_t i = 0; i < sizeof WHO / sizeof *WHO; i++) {
        test_as_role(house, WHO[i].role);
        const char *menu = menu_of("/quotas");
        assert_null(strstr(menu, "href=\"/quotas\""));
        assert_null(strstr(menu, WHO[i].commissions));
        assert_non_null(strstr(menu, "href=\"/opinions\" aria-current=\"page\""));
        struct test_answer a = test_get(house, "/opinions");
        i64 tabs = str_find(a.body, str_of("<nav class=\"views\""), 0);
        assert_true(tabs > 0);
        assert_true(str_find(a.body, str_of("href=\"/quotas\""), (size_t)tabs) > 0);
        assert_true(str_find(a.body, str_of(WHO[i].commissions), (size_t)tabs) > 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_office_has_headings_in_one_order),
        cmocka_unit_test(the_heading_of_the_present_page_stands_open),
        cmocka_unit_test(a_heading_has_more_than_one_entry),
        cmocka_unit_test(who_has_few_entries_sees_no_heading),
        cmocka_unit_test(quotas_and_commissions_stand_with_opinions),
    };
    return cmocka_run_group_tests(tests, open_house, close_house);
}
