/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The front doors: what a visitor sees and may cache, home, search within what one may see. The
 * house of the members' tests. HUOTANG_TEST_DB. */
#include "modules/members/tests/house.h"

extern const struct module calendar_module, settings_module, assignment_module, evaluation_module,
    proposal_module, outcome_module, publication_module, portal_module, reply_module, burden_module;

static int open_all(void **state)
{
    house_with(&calendar_module);
    house_with(&settings_module);
    house_with(&assignment_module);
    house_with(&reply_module);
    house_with(&evaluation_module);
    house_with(&proposal_module);
    house_with(&outcome_module);
    house_with(&publication_module); /* the list of proposals tells what is published */
    house_with(&burden_module); /* the front page leads to its complaints where they are open */
    house_with(&portal_module);
    int failed = house_open(state);
    add_member("欧阳一");
    return failed;
}

static void visitors_see_the_public_pages_and_nothing_else(void **state)
{
    static const struct {
        const char *path;
        int status;
    } ROWS[] = { { "/", 200 }, { "/help", 200 }, { "/home", 303 }, { "/search?q=a", 303 } };
    (void)state;
    test_as_nobody(house);
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        struct test_answer a = test_get(house, ROWS[i].path);
        assert_int_equal(a.status, ROWS[i].status);
        if (a.status == 303)
            assert_true(str_starts(a.location, str_of("/login")));
    }
    assert_int_equal(test_api(house, GET, "/api/v1/todos", NULL).status, 401);
}

static void the_public_page_is_cached_by_its_bytes(void **state)
{
    (void)state;
    test_as_nobody(house);
    struct test_answer a = test_get(house, "/");
    str etag = test_header_of(&a, "ETag");
    assert_true(etag.len > 0);
    struct test_request rq = { .method = "GET", .target = "/" };
    test_header(&rq, "If-None-Match", etag);
    assert_int_equal(test_ask(house, &rq).status, 304);
}

static void home_tells_where_there_is_nothing_to_do(void **state)
{
    static const char *const ROLES[] = { "member", "staff", "operator", "reviewer", "sysadmin" };
    (void)state;
    for (size_t i = 0; i < sizeof ROLES / sizeof *ROLES; i++) {
        test_as_role(house, ROLES[i]);
        struct test_answer a = test_get(house, "/home");
        assert_int_equal(a.status, 200);
        assert_true(test_has(&a, "现在没有要您办的事"));
    }
}

static bool finds(const char *path, const char *words)
{
    struct test_answer a = test_get(house, path), seen = { .body = test_words(house, &a) };
    assert_int_equal(a.status, 200);
    return test_has(&seen, words);
}

#define OUYANG "/search?q=%E6%AC%A7%E9%98%B3%E4%B8%80"

static void search_stays_within_what_one_may_see(void **state)
{
    (void)state;
    test_as_role(house, "member");
    assert_true(finds(OUYANG, "欧阳一"));
    test_as_role(house, "operator"); /* departments see no roster */
    assert_false(finds(OUYANG, "欧阳一"));
    test_as_role(house, "member")->org_id = house->org + 1;
    assert_false(finds(OUYANG, "欧阳一"));
}

static void odd_questions_are_answered(void **state)
{
    (void)state;
    test_as_role(house, "staff");
    assert_int_equal(test_get(house, "/search").status, 200);
    assert_int_equal(test_get(house, "/search?q=").status, 200);
    assert_int_equal(test_get(house, "/search?q=%22%27%3B--").status, 200);
    struct test_answer a = test_get(house, "/search?q=%3Cscript%3Ealert(1)%3C/script%3E");
    assert_int_equal(a.status, 200);
    assert_false(test_has(&a, "<script>alert"));
    assert_int_equal(test_get(house, "/search?q=%ff").status, 422);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(visitors_see_the_public_pages_and_nothing_else),
        cmocka_unit_test(the_public_page_is_cached_by_its_bytes),
        cmocka_unit_test(home_tells_where_there_is_nothing_to_do),
        cmocka_unit_test(search_stays_within_what_one_may_see),
        cmocka_unit_test(odd_questions_are_answered),
    };
    return cmocka_run_group_tests(tests, open_all, house_close);
}
