/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Writing by the front door: without a script, conflict, faults, attachments, check and receipt;
 * and by the API. */
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

/* ---- by the API ---- */

static void a_file_comes_by_the_api_and_stands_on_the_check_page(void **state)
{
    static const char PDF[] = "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 "
                              "R>>\n%%EOF\n";
    const struct test_file files[] = { { "attachments", "map.pdf", str_of(PDF) }, { 0 } };
    struct desk *d = *state;
    desk_as_member(d, 0);
    struct test_answer a =
        test_upload(d->t, "/api/v1/proposals", files, "title", "With a map", "situation", "S.",
                    "analysis", "A.", "suggestions", "One.", "consent", "yes", NULL);
    i64 id = 0;
    assert_int_equal(a.status, 201);
    assert_true(str_to_i64(test_json(d->t, &a, "id"), &id));
    a = desk_page(d, "/api/v1/proposals/", id, "");
    desk_same(test_json(d->t, &a, "attachments.0.name"), "map.pdf");
    const char *file = arena_cstr(d->t->mem, test_json(d->t, &a, "attachments.0.id"));
    a = desk_page(d, "/proposals/", id, "/submit");
    assert_true(desk_has(&a, "map.pdf"));
    assert_true(desk_has(&a, "id=\"researched\""));
    assert_true(desk_has(&a, "id=\"kind\""));
    str json = arena_printf(d->t->mem, "{\"version\":1,\"title\":\"Without\",\"remove\":%s}", file);
    a = test_api(d->t, PUT, arena_printf(d->t->mem, "/api/v1/proposals/%lld", (long long)id).ptr,
                 json.ptr);
    assert_int_equal(a.status, 200);
    a = desk_page(d, "/api/v1/proposals/", id, "");
    assert_int_equal(test_json(d->t, &a, "attachments.0.name").len, 0);
}

/* A step or a change by the API says what it has seen. */
static void the_api_wants_a_version(void **state)
{
    struct desk *d = *state;
    i64 id = desk_draft(d, "Whose version");
    str path = arena_printf(d->t->mem, "/api/v1/proposals/%lld", (long long)id);
    struct test_answer a = test_api(d->t, PUT, path.ptr, "{\"title\":\"Mine\"}");
    assert_int_equal(a.status, 422);
    desk_same(test_json(d->t, &a, "errors.0.field"), "version");
    desk_same(test_json(d->t, &a, "errors.0.code"), "web.version_missing");
    path = arena_printf(d->t->mem, "/api/v1/proposals/%lld/submit", (long long)id);
    a = test_api(d->t, POST, path.ptr, "{\"confirmed\":true}");
    assert_int_equal(a.status, 422);
    desk_same(test_json(d->t, &a, "errors.0.code"), "web.version_missing");
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
        T(a_file_comes_by_the_api_and_stands_on_the_check_page),
        T(the_api_wants_a_version),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
