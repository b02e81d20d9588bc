/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages and JSON of proposals by the front door: the reviewer's and dispatcher's pages, similar
 * ones, lists, exports. Writing: modules/drafts. */
#include "modules/proposals/tests/desk_look.h"

static const char *path_of(struct desk *d, i64 id, const char *rest)
{
    return arena_printf(d->t->mem, "/proposals/%lld%s", (long long)id, rest).ptr;
}

/* ---- the pages of the steps ---- */

static void reviewer_and_dispatcher_choose_on_their_pages(void **state)
{
    struct desk *d = *state;
    i64 id = desk_draft(d, "A line over the bridge");
    char wish[30];
    snprintf(wish, sizeof wish, "%lld", (long long)d->agency[1]);
    struct test_answer a = test_post(d->t, path_of(d, id, "/edit"), "version", "1", "title",
                                     "A line over the bridge", "situation", "s", "analysis", "a",
                                     "suggestions", "x", "consent", "yes", "hosts", wish, NULL);
    assert_int_equal(a.status, 303);
    assert_int_equal(desk_act(d, id, "submit", "{\"confirmed\":true}"), 200);
    desk_as_reviewer(d);
    a = desk_page(d, "/proposals/", id, "");
    desk_same(test_link(d->t, &a, "\xE7\xAB\x8B\xE6\xA1\x88"), path_of(d, id, "/docket"));
    a = desk_page(d, "/proposals/", id, "/docket");
    assert_int_equal(a.status, 200);
    assert_true(desk_has(&a, "Health")); /* the proposer's wish */
    a = test_post(d->t, path_of(d, id, "/docket"), "category", "", NULL);
    assert_int_equal(a.status, 422);
    a = test_post(d->t, path_of(d, id, "/docket"), "category", "health", "opinion", "Clear.", NULL);
    assert_int_equal(a.status, 303);
    desk_as_dispatcher(d);
    a = desk_page(d, "/proposals/", id, "/assign");
    desk_same(test_field(d->t, &a, "host_id"), wish); /* chosen beforehand */
    a = test_post(d->t, path_of(d, id, "/assign"), "mode", "sole", NULL);
    assert_int_equal(a.status, 422);
    a = test_post(d->t, path_of(d, id, "/assign"), "mode", "sole", "host_id", wish, NULL);
    assert_int_equal(a.status, 303);
    a = desk_page(d, "/proposals/", id, "");
    assert_true(desk_has(&a, "Health"));
    desk_same(desk_load(d, id).state, "assigned");
    desk_as_operator(d, 1);
    a = desk_page(d, "/proposals/", id, "");
    assert_int_equal(a.status, 200);
    assert_false(desk_has(&a, "Clear.")); /* the review's own words */
    a = desk_page(d, "/assignments/", desk_assignment(d, id), "");
    assert_true(desk_has(&a, "A line over the bridge")); /* the text stands on the agency's page */
}

/* The proposer finds the verdict that is wanted of him on the proposal's page, the agency its next
 * step. */
static void what_is_wanted_stands_on_the_page(void **state)
{
    struct desk *d = *state;
    i64 id = desk_assigned(d, "A line over the bridge");
    const char *accept =
        arena_printf(d->t->mem, "/assignments/%lld/accept", (long long)desk_assignment(d, id)).ptr;
    const char *evaluate =
        arena_printf(d->t->mem, "/assignments/%lld/evaluate", (long long)desk_assignment(d, id))
            .ptr;
    desk_as_operator(d, 0);
    struct test_answer a = desk_page(d, "/proposals/", id, "");
    assert_true(desk_has(&a, accept));
    desk_as_member(d, 0);
    a = desk_page(d, "/proposals/", id, "");
    assert_false(desk_has(&a, evaluate));
    desk_answer(d, id, "a");
    desk_as_member(d, 0);
    a = desk_page(d, "/proposals/", id, "");
    assert_true(desk_has(&a, evaluate));
    desk_as_member(d, 1);
    a = desk_page(d, "/proposals/", id, "");
    assert_false(desk_has(&a, evaluate));
}

static void the_page_of_a_step_that_is_not_allowed(void **state)
{
    struct desk *d = *state;
    i64 id = desk_docketed(d, "A light at the crossing");
    desk_as_reviewer(d);
    assert_int_equal(desk_page(d, "/proposals/", id, "/docket").status, 409);
    desk_as_dispatcher(d);
    assert_int_equal(desk_page(d, "/proposals/", id, "/docket").status, 403);
    desk_as_other_reviewer(d);
    assert_int_equal(desk_page(d, "/proposals/", id, "/assign").status, 404);
}

/* ---- similar ones ---- */

static void similar_ones_are_shown_to_who_may_see_them(void **state)
{
    struct desk *d = *state;
    i64 first = desk_docketed(d, "A bus line over the second bridge");
    i64 second = desk_submitted(d, "A bus line over the second bridge, once more");
    desk_as_member(d, 1); /* sees the docketed one only */
    struct test_answer a =
        test_get(d->t, "/api/v1/proposals/similar?title=bus%20line%20over%20the%20second%20bridge");
    assert_int_equal(a.status, 200);
    desk_same(test_json(d->t, &a, "items.0.id"),
              arena_printf(d->t->mem, "%lld", (long long)first).ptr);
    desk_same(test_json(d->t, &a, "items.1.id"), "");
    a = test_get(d->t,
                 "/proposals/similar?title=bus%20line%20over%20the%20second%20bridge&situation=");
    assert_true(desk_has(&a, path_of(d, first, "")));
    assert_false(desk_has(&a, "<html"));
    desk_as_reviewer(d);
    a = desk_page(d, "/api/v1/proposals/", second, "/similar?limit=5");
    desk_same(test_json(d->t, &a, "items.0.id"),
              arena_printf(d->t->mem, "%lld", (long long)first).ptr);
    desk_same(test_json(d->t, &a, "items.1.id"), ""); /* never itself */
    a = desk_page(d, "/proposals/", second, "");
    assert_true(desk_has(&a, path_of(d, first, "\"")));
}

/* ---- lists and files ---- */

static void lists_filter_search_and_page(void **state)
{
    struct desk *d = *state;
    i64 id = desk_docketed(d, "A light at the crossing");
    desk_submitted(d, "A ramp at the station");
    desk_as_staff(d);
    static const struct {
        const char *query, *total;
    } CASES[] = {
        { "", "2" },
        { "?state=docketed", "1" },
        { "?state=docketed&state=submitted", "2" },
        { "?category=transport", "1" },
        { "?q=crossing", "1" },
        { "?q=nothing", "0" },
        { "?proposer_name=Li", "2" },
        { "?docket_no=1", "1" },
        { "?consent=no", "0" },
        { "?limit=1", "2" },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct test_answer a =
            test_get(d->t, arena_printf(d->t->mem, "/api/v1/proposals%s", CASES[i].query).ptr);
        assert_int_equal(a.status, 200);
        desk_same(test_json(d->t, &a, "total"), CASES[i].total);
        assert_int_equal(
            test_get(d->t, arena_printf(d->t->mem, "/proposals%s", CASES[i].query).ptr).status,
            200);
    }
    struct test_answer a =
        test_get(d->t,
                 arena_printf(d->t->mem, "/proposals?person_id=%lld", (long long)d->person[0]).ptr);
    assert_true(test_has(&a, "提案者：Li"));             /* the name, not the number */
    assert_false(test_has(&a, "id=\"person_id_from\"")); /* no field for it */
    assert_true(test_has(&a, "type=\"hidden\" name=\"person_id\""));
    a = test_get(d->t, "/api/v1/proposals?person_id=999999");
    desk_same(test_json(d->t, &a, "total"), "0");
    a = test_get(d->t, "/api/v1/proposals?state=docketed");
    desk_same(test_json(d->t, &a, "items.0.id"),
              arena_printf(d->t->mem, "%lld", (long long)id).ptr);
    assert_true(test_json(d->t, &a, "items.0.number").len > 0);
    a = test_get(d->t, "/api/v1/proposals?limit=1");
    str next = test_json(d->t, &a, "next");
    assert_true(next.len > 0);
    a = test_get(d->t, arena_printf(d->t->mem, "/api/v1/proposals?limit=1&after=%.*s",
                                    (int)next.len, next.ptr)
                           .ptr);
    assert_int_equal(a.status, 200);
    assert_true(test_json(d->t, &a, "items.0.id").len > 0);
    assert_int_equal(test_get(d->t, "/api/v1/proposals?nonsense=1").status, 422);
}

static void files_are_made(void **state)
{
    static const struct {
        const char *path, *begin;
    } FILES[] = { { "/proposals.csv", "\xEF\xBB\xBF" }, { "/proposals.xlsx", "PK" } };
    struct desk *d = *state;
    desk_docketed(d, "=A light at the crossing");
    desk_as_staff(d);
    for (size_t i = 0; i < 2; i++) {
        struct test_answer a = test_get(d->t, FILES[i].path);
        assert_int_equal(a.status, 200);
        assert_memory_equal(a.body.ptr, FILES[i].begin, strlen(FILES[i].begin));
    }
    struct test_answer a = test_get(d->t, "/proposals.csv");
    assert_true(desk_has(&a, "'=A light"));
    desk_as_member(d, 1);
    assert_int_equal(test_get(d->t, "/proposals.csv").status, 403);
}

#define T(test_) cmocka_unit_test_setup_teardown(test_, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(reviewer_and_dispatcher_choose_on_their_pages),
        T(what_is_wanted_stands_on_the_page),
        T(the_page_of_a_step_that_is_not_allowed),
        T(similar_ones_are_shown_to_who_may_see_them),
        T(lists_filter_search_and_page),
        T(files_are_made),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
