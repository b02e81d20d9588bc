/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages and JSON of proposals by the front door: writing without a script, check and receipt, the
 * reviewer's and dispatcher's pages, conflict, attachments, versions, exports. */
#include "modules/proposals/tests/desk_look.h"

static const char *path_of(struct desk *d, i64 id, const char *rest)
{
    return arena_printf(d->t->mem, "/proposals/%lld%s", (long long)id, rest).ptr;
}

/* ---- writing ---- */

static void writing_without_a_script(void **state)
{
    struct desk *d = *state;
    desk_as_member(d, 0);
    struct test_answer a = test_get(d->t, "/proposals/new");
    assert_int_equal(a.status, 200);
    assert_false(test_has_field(d->t, &a, "proposer_id")); /* nobody is asked who he is */
    assert_int_equal(test_post(d->t, "/proposals/new", "title", "", NULL).status, 422);
    a = test_post(d->t, "/proposals/new", "title", "A bus to the hospital", NULL);
    assert_int_equal(a.status, 303);
    i64 id = desk_number_at(a.location, "/proposals/");
    a = test_get(d->t, arena_cstr(d->t->mem, a.location));
    desk_same(test_field(d->t, &a, "title"), "A bus to the hospital");
    str version = test_field(d->t, &a, "version");
    a = test_post(d->t, path_of(d, id, "/edit"), "version", arena_cstr(d->t->mem, version), "title",
                  "A bus to the hospital", "suggestions", "More buses", "more", "1", NULL);
    assert_int_equal(a.status, 303);
    a = test_get(d->t, arena_cstr(d->t->mem, a.location));
    assert_true(desk_has(&a, "More buses"));
    assert_true(desk_has(&a, "id=\"suggestion-2\"")); /* an empty one to write in */
    version = test_field(d->t, &a, "version");
    a = test_post(d->t, path_of(d, id, "/edit"), "version", arena_cstr(d->t->mem, version), "title",
                  "A bus to the hospital", "situation", "Far away", "suggestions", "More buses",
                  "suggestions", "Later buses", "more", "check", NULL);
    assert_int_equal(a.status, 303);
    desk_same(a.location, path_of(d, id, "/submit"));
    a = test_get(d->t, path_of(d, id, "/submit"));
    assert_true(desk_has(&a, "#analysis")); /* what is missing leads to its line */
    assert_true(desk_has(&a, "#consent"));
    assert_false(test_has_form(&a, path_of(d, id, "/submit"))); /* nothing to send yet */
}

static void from_check_to_receipt(void **state)
{
    struct desk *d = *state;
    i64 id = desk_draft(d, "A ramp at the station");
    struct test_answer a = desk_page(d, "/proposals/", id, "/submit");
    assert_true(test_has_form(&a, path_of(d, id, "/submit")));
    assert_true(desk_has(&a, "A later last bus."));
    str version = test_field(d->t, &a, "version");
    a = test_post(d->t, path_of(d, id, "/submit"), "version", arena_cstr(d->t->mem, version), NULL);
    assert_int_equal(a.status, 422); /* not ticked: redrawn, still complete */
    assert_true(test_has_form(&a, path_of(d, id, "/submit")));
    a = test_post(d->t, path_of(d, id, "/submit"), "version", arena_cstr(d->t->mem, version),
                  "confirmed", "1", NULL);
    assert_int_equal(a.status, 303);
    desk_same(a.location, path_of(d, id, "/receipt"));
    a = test_get(d->t, arena_cstr(d->t->mem, a.location));
    assert_int_equal(a.status, 200);
    assert_true(desk_has(&a, "class=\"qr\""));
    assert_true(desk_has(&a, "code20"));
    assert_int_equal(desk_page(d, "/proposals/", id, "/submit").status, 409);
}

static void a_conflict_shows_both_texts_and_can_be_saved_knowingly(void **state)
{
    struct desk *d = *state;
    i64 id = desk_draft(d, "First words");
    struct test_answer a = desk_page(d, "/proposals/", id, "/edit");
    const char *version = arena_cstr(d->t->mem, test_field(d->t, &a, "version"));
    a = test_post(d->t, path_of(d, id, "/edit"), "version", version, "title", "On the desk", NULL);
    assert_int_equal(a.status, 303);
    a = test_post(d->t, path_of(d, id, "/edit"), "version", version, "title", "On the phone",
                  "situation", "Typed <b>here</b>", NULL);
    assert_int_equal(a.status, 409);
    desk_same(test_field(d->t, &a, "title"), "On the phone");
    desk_same(test_field(d->t, &a, "situation"), "Typed <b>here</b>");
    assert_true(desk_has(&a, "<del>"));
    assert_true(desk_has(&a, "<ins>"));
    assert_false(desk_has(&a, "<b>here</b>"));
    const char *now = arena_cstr(d->t->mem, test_field(d->t, &a, "version"));
    assert_string_not_equal(now, version);
    a = test_post(d->t, path_of(d, id, "/edit"), "version", now, "title", "On the phone", NULL);
    assert_int_equal(a.status, 303);
    desk_same(desk_load(d, id).title, "On the phone");
    a = desk_page(d, "/proposals/", id, "/versions");
    assert_true(desk_has(&a, "phone"));
    assert_true(desk_has(&a, "<del>"));
}

static void faults_keep_what_was_typed(void **state)
{
    struct desk *d = *state;
    i64 id = desk_draft(d, "First words");
    char *longer = arena_zero(d->t->mem, 100);
    memset(longer, 'x', 60);
    struct test_answer a = test_post(d->t, path_of(d, id, "/edit"), "version", "1", "title", longer,
                                     "suggestions", "Keep me", "hosts", "77", NULL);
    assert_int_equal(a.status, 422);
    desk_same(test_field(d->t, &a, "title"), longer);
    assert_true(desk_has(&a, "Keep me"));
    assert_true(desk_has(&a, "href=\"#title\""));
    desk_same(desk_load(d, id).title, "First words");
}

/* ---- attachments ---- */

static void attachments_come_with_the_text_and_follow_its_readers(void **state)
{
    static const char PDF[] = "%PDF-1.4\n1 0 obj";
    struct desk *d = *state;
    i64 id = desk_draft(d, "With a picture");
    const struct test_file files[] = { { "attachments", "plan.pdf", { PDF, sizeof PDF - 1 } },
                                       { 0 } };
    struct test_answer a = test_upload(d->t, path_of(d, id, "/edit"), files, "version", "1",
                                       "title", "With a picture", NULL);
    assert_int_equal(a.status, 303);
    a = desk_page(d, "/api/v1/proposals/", id, "");
    desk_same(test_json(d->t, &a, "attachments.0.name"), "plan.pdf");
    const char *href = arena_cstr(d->t->mem, test_json(d->t, &a, "attachments.0.href"));
    a = test_get(d->t, href);
    assert_int_equal(a.status, 200);
    assert_memory_equal(a.body.ptr, PDF, sizeof PDF - 1);
    desk_as_member(d, 1);
    assert_int_equal(test_get(d->t, href).status, 404); /* whoever cannot see the draft */
    desk_as_member(d, 0);
    a = desk_page(d, "/proposals/", id, "/edit");
    i64 file = desk_number_at(str_of(strstr(href, "attachments")), "attachments/");
    const char *remove = arena_printf(d->t->mem, "%lld", (long long)file).ptr;
    a = test_post(d->t, path_of(d, id, "/edit"), "version", "2", "title", "With a picture",
                  "remove", remove, NULL);
    assert_int_equal(a.status, 303);
    assert_int_equal(test_get(d->t, href).status, 404);
    const struct test_file bad[] = { { "attachments", "run.exe", { "MZ", 2 } }, { 0 } };
    a = test_upload(d->t, path_of(d, id, "/edit"), bad, "version", "3", "title", "Kept words",
                    NULL);
    assert_int_equal(a.status, 422);
    desk_same(test_field(d->t, &a, "title"), "Kept words");
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
        T(writing_without_a_script),
        T(from_check_to_receipt),
        T(a_conflict_shows_both_texts_and_can_be_saved_knowingly),
        T(faults_keep_what_was_typed),
        T(attachments_come_with_the_text_and_follow_its_readers),
        T(reviewer_and_dispatcher_choose_on_their_pages),
        T(what_is_wanted_stands_on_the_page),
        T(the_page_of_a_step_that_is_not_allowed),
        T(similar_ones_are_shown_to_who_may_see_them),
        T(lists_filter_search_and_page),
        T(files_are_made),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
