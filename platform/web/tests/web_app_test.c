/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Requests through router, login, CSRF, forms, lanes and error pages, in process, on both
 * engines (HUOTANG_TEST_DB). Forms field by field: web_forms_test.c; sockets: http_test.c. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "platform/base/str.h"
#include "platform/text/texts.h"
#include "platform/web/exchange.h"
#include "platform/web/headers.h"
#include "platform/web/proxies.h"
#include "platform/web/tests/sample.h"
#include "tests/harness/test_app.h"
#include "tests/harness/test_err.h"

static int set_up(void **state)
{
    *state = test_app_new(SAMPLE_MODULES);
    sample_runs = 0;
    return 0;
}

static int tear_down(void **state)
{
    test_app_free(*state);
    return 0;
}

/* ---- finding ---- */

static void routes_are_found_by_segment(void **state)
{
    static const struct {
        const char *target;
        int status;
        const char *body;
    } CASES[] = {
        { "/things/7/words", 200, "/things/{id}/words 7 7 " },
        { "/things/7/other", 200, "/things/{id}/{name} 7 7 other" },
        { "/things/7.json", 200, "/things/{id}.json 7 7 " },
        { "/things/seven.json", 404, "" },
        { "/things/07.json", 404, "" },
        { "/things/0.json", 404, "" },
        { "/things/-7.json", 404, "" },
        { "/things/99999999999999999999.json", 404, "" },
        { "/things/7/%E6%8F%90", 200, "/things/{id}/{name} 7 7 \xE6\x8F\x90" },
        { "/names/x?name=y", 200, "/names/{name} 0 0 x" },
        { "/names/", 404, "" },
        { "/names/x/", 404, "" },
        { "//names/x", 404, "" },
        { "/Names/x", 404, "" },
        { "/", 404, "" },
        { "/names/a%00b", 400, "" },
        { "/names/a%0Ab", 400, "" },
        { "/names/a%2Fb", 400, "" },
        { "/names/a%5Cb", 400, "" },
        { "/names/%2e%2e", 400, "" },
        { "/names/../things", 400, "" },
        { "/names/./x", 400, "" },
        { "/names/%C3", 400, "" },
        { "/names/%C0%80", 400, "" },
        { "/names/%ED%A0%80", 400, "" },
        { "/names/%zz", 400, "" },
        { "/names/%4", 400, "" },
        { "/names/\xE6\x8F\x90", 400, "" },
        { "names/x", 400, "" },
        { "*", 400, "" },
        { "/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o", 404, "" },
        { "/names/x?name=%C3", 422, "" },
        { "/names/x?a=%00", 422, "" },
    };
    struct test_app *t = *state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct test_answer a = test_get(t, CASES[i].target);
        if (a.status != CASES[i].status)
            fail_msg("%s: %d", CASES[i].target, a.status);
        if (a.status == 200)
            assert_string_equal(arena_cstr(t->mem, a.body), CASES[i].body);
    }
}

static void other_methods_are_told_which_exist(void **state)
{
    struct test_app *t = *state;
    struct test_request put = { .method = "PUT", .target = "/things" };
    struct test_answer a = test_ask(t, &put);
    assert_int_equal(a.status, 405);
    assert_true(str_is(test_header_of(&a, "Allow"), "GET, POST"));
    struct test_request trace = { .method = "TRACE", .target = "/things" };
    assert_int_equal(test_ask(t, &trace).status, 501);
    struct test_request head = { .method = "HEAD", .target = "/names/x" };
    assert_int_equal(test_ask(t, &head).status, 200);
}

/* ---- who may ---- */

static void permission_is_part_of_the_route(void **state)
{
    static const struct {
        const char *role, *target;
        int status;
    } CASES[] = {
        { NULL, "/things", 303 },           { "other", "/things", 403 },
        { "member", "/things", 200 },       { "member", "/things/new", 403 },
        { "staff", "/things/new", 200 },    { NULL, "/things/signed", 303 },
        { "other", "/things/signed", 200 }, { NULL, "/names/x", 200 },
    };
    struct test_app *t = *state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        if (CASES[i].role)
            test_as_role(t, CASES[i].role);
        else
            test_as_nobody(t);
        assert_int_equal(test_get(t, CASES[i].target).status, CASES[i].status);
    }
    test_as_role(t, "member");
    assert_int_equal(test_post(t, "/things", "title", "water", NULL).status, 403);
    assert_int_equal(sample_count(t->db), 0);
}

static void who_is_not_signed_in_is_sent_to_sign_in_and_back(void **state)
{
    struct test_app *t = *state;
    struct test_answer a = test_get(t, "/things?q=a b&x=1");
    assert_int_equal(a.status, 303);
    assert_string_equal(arena_cstr(t->mem, a.location), "/login?next=/things%3Fq%3Da%20b%26x%3D1");
    a = test_api(t, GET, "/api/v1/things/1", NULL);
    assert_int_equal(a.status, 401);
    assert_true(str_is(test_json(t, &a, "code"), "web.sign_in"));
    assert_true(str_is(test_header_of(&a, "WWW-Authenticate"), "Bearer"));
}

static void unfinished_accounts_reach_only_what_finishes_them(void **state)
{
    struct test_app *t = *state;
    struct actor *actor = test_as_role(t, "staff");
    actor->must_enrol = true;
    assert_int_equal(test_get(t, "/things").status, 303);
    assert_int_equal(test_get(t, "/things/enrol").status, 200);
    actor->must_enrol = false;
    actor->must_change_password = true;
    assert_int_equal(test_get(t, "/things").status, 303);
    assert_int_equal(test_post(t, "/things", "title", "water", NULL).status, 403);
}

/* ---- forgery ---- */

static struct test_answer post_with(struct test_app *t, const char *body, const char *name,
                                    const char *value)
{
    struct test_request rq = { .method = "POST", .target = "/things", .body = str_of(body) };
    test_header(&rq, "Content-Type", str_of("application/x-www-form-urlencoded"));
    if (name)
        test_header(&rq, name, str_of(value));
    return test_ask(t, &rq);
}

static void forged_requests_change_nothing(void **state)
{
    static const struct {
        const char *body, *name, *value;
        int status;
    } CASES[] = {
        { "title=aa", NULL, NULL, 403 },
        { "title=aa&csrf=wrong", NULL, NULL, 403 },
        { "title=aa&csrf=", NULL, NULL, 403 },
        { "title=aa", "Sec-Fetch-Site", "same-origin", 403 },
        { "title=aa&csrf=csrf-of-the-test", "Sec-Fetch-Site", "cross-site", 403 },
        { "title=aa&csrf=csrf-of-the-test", "Sec-Fetch-Site", "same-site", 403 },
        { "title=aa&csrf=csrf-of-the-test", "Origin", "https://evil.test", 403 },
        { "title=aa&csrf=csrf-of-the-test", "Origin", "null", 403 },
        { "title=aa&csrf=csrf-of-the-test", "Origin", "http://huotang.test.evil", 403 },
        { "title=bb&csrf=csrf-of-the-test", "Origin", "http://huotang.test", 303 },
        { "title=cc&csrf=csrf-of-the-test", "Sec-Fetch-Site", "same-origin", 303 },
        { "title=dd&csrf=csrf-of-the-test", NULL, NULL, 303 },
        { "title=ee", "X-CSRF-Token", "csrf-of-the-test", 303 },
    };
    struct test_app *t = *state;
    i64 good = 0;
    test_as_role(t, "staff");
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct test_answer a = post_with(t, CASES[i].body, CASES[i].name, CASES[i].value);
        if (a.status != CASES[i].status)
            fail_msg("case %zu: %d", i, a.status);
        good += a.status == 303;
        assert_int_equal(sample_count(t->db), good);
    }
}

static void bearer_requests_need_no_token(void **state)
{
    struct test_app *t = *state;
    struct actor *actor = test_as_role(t, "staff");
    actor->by_token = true;
    actor->csrf = str_of("");
    struct test_answer a = post_with(t, "title=aa", "Sec-Fetch-Site", "cross-site");
    assert_int_equal(a.status, 303);
}

static void anonymous_forms_carry_a_signed_token(void **state)
{
    struct test_app *t = *state;
    struct test_request bare = { .method = "POST",
                                 .target = "/things/open",
                                 .body = str_of("title=aa&csrf=") };
    test_header(&bare, "Content-Type", str_of("application/x-www-form-urlencoded"));
    assert_int_equal(test_ask(t, &bare).status, 403);
    str token = test_csrf(t);
    assert_int_equal(token.len, 32);
    assert_int_equal(test_cookie(t, "visitor").len, 32);
    assert_int_equal(test_post(t, "/things/open", "title", "aa", NULL).status, 303);
    struct test_request other = { .method = "POST", .target = "/things/open" };
    other.body = arena_printf(t->mem, "title=bb&csrf=%.*s", (int)token.len, token.ptr);
    test_header(&other, "Content-Type", str_of("application/x-www-form-urlencoded"));
    test_as_nobody(t); /* another browser: the token is not its own */
    assert_int_equal(test_ask(t, &other).status, 403);
    assert_int_equal(sample_count(t->db), 1);
}

static void reading_changes_nothing(void **state)
{
    struct test_app *t = *state;
    test_as_role(t, "staff");
    assert_int_equal(test_get(t, "/things/write").status, 500);
    assert_int_equal(sample_count(t->db), 0);
}

/* ---- forms and redrawing ---- */

static void faults_come_together_and_typed_text_stays(void **state)
{
    struct test_app *t = *state;
    test_as_role(t, "staff");
    struct test_answer a = test_post(t, "/things/secret", "title", "<b>\"too long a title", "kind",
                                     "blue", "count", "12", "password", "secret word", NULL);
    assert_int_equal(a.status, 422);
    assert_string_equal(arena_cstr(t->mem, test_field(t, &a, "title")), "<b>\"too long a title");
    assert_string_equal(arena_cstr(t->mem, test_field(t, &a, "kind")), "blue");
    assert_true(test_has(&a, "title-why") && test_has(&a, "kind-why") && test_has(&a, "count-why"));
    assert_false(test_has(&a, "secret word"));
    assert_int_equal(sample_runs, 0);
    a = test_api(t, POST, "/api/v1/things", "{\"title\":\"x\",\"count\":99}");
    assert_int_equal(a.status, 422);
    assert_true(str_is(a.type, "application/problem+json"));
    assert_true(str_is(test_json(t, &a, "code"), "form.faults"));
    assert_true(str_is(test_json(t, &a, "errors.0.field"), "title"));
    assert_true(str_is(test_json(t, &a, "errors.0.code"), "form.too_short"));
    assert_true(str_is(test_json(t, &a, "errors.1.code"), "form.out_of_range"));
}

static void a_refused_act_is_redrawn_and_rolled_back(void **state)
{
    struct test_app *t = *state;
    test_as_role(t, "staff");
    struct test_answer a = test_post(t, "/things/fail", "title", "water", NULL);
    assert_int_equal(a.status, 409);
    assert_string_equal(arena_cstr(t->mem, test_field(t, &a, "title")), "water");
    assert_int_equal(sample_runs, 1);
    assert_int_equal(sample_count(t->db), 0);
}

static void a_constraint_is_a_conflict(void **state)
{
    struct test_app *t = *state;
    test_as_role(t, "staff");
    assert_int_equal(test_post(t, "/things", "title", "water", NULL).status, 303);
    struct test_answer a = test_api(t, POST, "/api/v1/things", "{\"title\":\"water\"}");
    assert_int_equal(a.status, 409);
    assert_true(str_is(test_json(t, &a, "code"), "db.unique"));
    assert_int_equal(sample_count(t->db), 1);
}

static void what_was_typed_survives_an_ended_login(void **state)
{
    struct test_app *t = *state;
    test_as_nobody(t);
    struct test_answer a = test_post(t, "/things/secret", "title", "water", "body",
                                     "long\ntext <x>", "password", "pw", NULL);
    assert_int_equal(a.status, 401);
    assert_string_equal(arena_cstr(t->mem, test_field(t, &a, "title")), "water");
    assert_string_equal(arena_cstr(t->mem, test_field(t, &a, "body")), "long\ntext <x>");
    assert_false(test_has_field(t, &a, "password"));
    assert_true(test_has_form(&a, "/things/secret"));
    assert_true(test_has(&a, "/login"));
    test_as_role(t, "staff");
    a = post_with(t, "title=water&csrf=old", NULL, NULL);
    assert_int_equal(a.status, 403);
    assert_string_equal(arena_cstr(t->mem, test_field(t, &a, "title")), "water");
    assert_string_equal(arena_cstr(t->mem, test_field(t, &a, "csrf")), "csrf-of-the-test");
    a = post_with(t, "title=water&csrf=old", "Sec-Fetch-Site", "cross-site");
    assert_false(test_has(&a, "water")); /* not ours to offer for sending again */
    assert_int_equal(sample_count(t->db), 0);
}

static void important_acts_want_the_password_again(void **state)
{
    struct test_app *t = *state;
    struct actor *actor = test_as_role(t, "staff");
    assert_int_equal(test_post(t, "/things/again", "title", "water", NULL).status, 303);
    actor->authenticated_at = t->app.clock.fixed_ms - INT64_C(24) * 3600 * 1000;
    struct test_answer a = test_post(t, "/things/again", "title", "earth", NULL);
    assert_int_equal(a.status, 403);
    assert_string_equal(arena_cstr(t->mem, test_field(t, &a, "title")), "earth");
    assert_int_equal(sample_count(t->db), 1);
}

/* ---- lanes ---- */

static void a_busy_database_is_tried_four_times(void **state)
{
    struct test_app *t = *state;
    test_as_role(t, "staff");
    /* busy twice */
    assert_int_equal(test_post(t, "/things/busy", "title", "abcd", NULL).status, 303);
    assert_int_equal(sample_runs, 3);
    assert_int_equal(sample_count(t->db), 1);
    sample_runs = 0;
    /* busy eight times */
    struct test_answer a =
        test_post(t, "/things/busy", "title", "abcdefghij", "idempotency", "the-same-deed", NULL);
    assert_int_equal(a.status, 503);
    assert_int_equal(sample_runs, 4);
    assert_true(test_header_of(&a, "Retry-After").len > 0);
    assert_string_equal(arena_cstr(t->mem, test_field(t, &a, "title")), "abcdefghij");
    /* sent again it is the same deed; after a fault it is another */
    assert_string_equal(arena_cstr(t->mem, test_field(t, &a, "idempotency")), "the-same-deed");
    assert_int_equal(sample_count(t->db), 1);
    a = test_post(t, "/things", "title", "", "idempotency", "the-same-deed", NULL);
    assert_int_equal(a.status, 422);
    assert_false(test_has(&a, "the-same-deed"));
}

static void no_answer_without_a_commit(void **state)
{
    struct test_app *t = *state;
    test_as_role(t, "staff");
    lanes_fail_commit(t->app.lanes, 0);
    assert_int_equal(test_post(t, "/things", "title", "water", NULL).status, 503);
    assert_int_equal(sample_count(t->db), 0);
    assert_int_equal(test_post(t, "/things", "title", "water", NULL).status, 303);
}

static void slow_work_hands_its_result_on(void **state)
{
    struct test_app *t = *state;
    test_as_role(t, "staff");
    struct test_answer a = test_post(t, "/things/think", "title", "water", NULL);
    assert_int_equal(a.status, 200);
    assert_string_equal(arena_cstr(t->mem, a.body), "thought water");
    a = test_get(t, "/things.pdf");
    assert_int_equal(a.status, 200);
    assert_string_equal(
        arena_cstr(t->mem, test_header_of(&a, "Content-Disposition")),
        "attachment; filename=\"_______1.pdf\"; filename*=UTF-8''%E6%8F%90%E6%A1%88%201.pdf");
    a = test_get(t, "/things/file");
    assert_string_equal(arena_cstr(t->mem, a.body), "file bytes");
    assert_true(str_starts(test_header_of(&a, "Content-Security-Policy"), str_of("sandbox")));
}

static size_t open_files(void)
{
    size_t count = 0;
    for (int fd = 0; fd < 1024; fd++)
        count += fcntl(fd, F_GETFD) >= 0;
    return count;
}

static void a_file_of_a_failed_answer_is_closed(void **state)
{
    struct test_app *t = *state;
    test_as_role(t, "staff");
    assert_int_equal(test_get(t, "/things/file/broken").status, 409);
    size_t before = open_files();
    for (int i = 0; i < 5; i++)
        assert_int_equal(test_get(t, "/things/file/broken").status, 409);
    assert_int_equal(open_files(), before);
}

/* ---- twice is once ---- */

static void a_second_submission_gets_the_first_answer(void **state)
{
    struct test_app *t = *state;
    test_as_role(t, "staff");
    struct test_answer form = test_get(t, "/things/new");
    const char *key = arena_cstr(t->mem, test_field(t, &form, "idempotency"));
    assert_int_equal(strlen(key), 32);
    struct test_answer first = test_post(t, "/things", "title", "water", "idempotency", key, NULL);
    struct test_answer second = test_post(t, "/things", "title", "water", "idempotency", key, NULL);
    assert_int_equal(first.status, 303);
    assert_int_equal(second.status, 303);
    assert_true(str_eq(first.location, second.location));
    assert_int_equal(sample_runs, 1);
    assert_int_equal(test_post(t, "/things", "title", "earth", "idempotency", key, NULL).status,
                     409);
    struct actor other = *test_as_role(t, "staff");
    other.account_id = 101;
    test_as(t, &other);
    assert_int_equal(test_post(t, "/things", "title", "earth", "idempotency", key, NULL).status,
                     303);
    assert_int_equal(sample_count(t->db), 2);
}

static i64 answers_like(struct test_app *t, struct sql sql)
{
    i64 count = -1;
    assert_ok(db_i64(t->db, sql, &count));
    return count;
}

static i64 answers(struct test_app *t)
{
    return answers_like(t, SQL("SELECT COUNT(*) FROM idempotency"));
}

/* What is typed as a password or shown once does not get into the database by this way. */
static void secrets_are_not_kept_with_a_key(void **state)
{
    struct test_app *t = *state;
    test_as_role(t, "staff");
    struct test_answer a = test_post(t, "/things/once", "title", "water", "idempotency", "k", NULL);
    assert_int_equal(a.status, 200);
    assert_true(test_has(&a, "4711"));
    assert_int_equal(answers(t), 1);
    assert_int_equal(
        answers_like(t, SQL("SELECT COUNT(*) FROM idempotency WHERE length(body) > 0")), 0);
    a = test_post(t, "/things/once", "title", "water", "idempotency", "k", NULL);
    assert_int_equal(a.status, 409);
    assert_true(test_has(&a, arena_cstr(t->mem, text_find("web.shown_once"))));
    assert_int_equal(sample_runs, 1);
    for (int i = 0; i < 2; i++)
        test_post(t, "/things/secret", "title", i ? "earth" : "fire", "password", "pw",
                  "idempotency", "p", NULL);
    assert_int_equal(sample_count(t->db), 3); /* the key did not count */
    assert_int_equal(answers(t), 1);
}

/* Without the house's secret nobody can tell from the row what was asked. */
static void what_was_asked_is_kept_keyed(void **state)
{
    struct test_app *t = *state;
    test_as_role(t, "staff");
    test_post(t, "/things", "title", "water", "idempotency", "k", NULL);
    assert_int_equal(sample_count(t->db), 1);
    str plain = digest_hex(t->mem, str_of("POST /things\n2 5:title 5:water"));
    assert_int_equal(answers_like(t, SQL("SELECT COUNT(*) FROM idempotency WHERE request = :plain",
                                         P(plain))),
                     0);
    assert_int_equal(answers(t), 1);
}

/* Two strangers that use the same key get nothing of each other. */
static void a_key_of_nobody_does_not_count(void **state)
{
    struct test_app *t = *state;
    for (int i = 0; i < 2; i++) {
        struct test_request rq = { .method = "POST",
                                   .target = "/things/open",
                                   .body = str_of(i ? "title=earth" : "title=water") };
        test_as_nobody(t);
        test_header(&rq, "Content-Type", str_of("application/x-www-form-urlencoded"));
        test_header(&rq, "Sec-Fetch-Site", str_of("same-origin"));
        test_header(&rq, "Idempotency-Key", str_of("one"));
        assert_int_equal(test_ask(t, &rq).status, 303);
    }
    assert_int_equal(sample_count(t->db), 2);
}

static void a_failed_submission_may_be_sent_again(void **state)
{
    struct test_app *t = *state;
    test_as_role(t, "staff");
    lanes_fail_commit(t->app.lanes, 0);
    assert_int_equal(test_post(t, "/things", "title", "water", "idempotency", "k1", NULL).status,
                     503);
    assert_int_equal(test_post(t, "/things", "title", "water", "idempotency", "k1", NULL).status,
                     303);
    assert_int_equal(sample_count(t->db), 1);
}

static void the_api_repeats_its_json(void **state)
{
    struct test_app *t = *state;
    test_as_role(t, "staff");
    struct test_request rq = { .method = "POST",
                               .target = "/api/v1/things",
                               .body = str_of("{\"title\":\"water\"}") };
    test_header(&rq, "Content-Type", str_of("application/json"));
    test_header(&rq, "X-CSRF-Token", test_csrf(t));
    test_header(&rq, "Idempotency-Key", str_of("abc"));
    struct test_answer first = test_ask(t, &rq), second = test_ask(t, &rq);
    assert_int_equal(first.status, 201);
    assert_int_equal(second.status, 201);
    assert_true(str_eq(first.body, second.body));
    assert_int_equal(sample_count(t->db), 1);
}

/* ---- who asks ---- */

static bool asked_unattended;

static err note_credentials(struct app *app, struct db *db, const struct credentials *credentials,
                            struct arena *mem, struct actor *out, bool *stale)
{
    (void)app;
    (void)db;
    (void)mem;
    (void)out; /* nobody, as it was begun */
    *stale = false;
    asked_unattended = credentials->unattended;
    return OK;
}

static void what_a_page_asks_by_itself_is_no_use(void **state)
{
    struct test_app *t = *state;
    t->app.web->identify = note_credentials;
    test_get(t, "/events");
    assert_true(asked_unattended);
    test_get(t, "/names/a");
    assert_false(asked_unattended);
    struct test_request rq = { .method = "GET", .target = "/names/a" };
    test_header(&rq, "X-Unattended", str_of("1"));
    test_ask(t, &rq);
    assert_true(asked_unattended);
}

/* ---- answers ---- */

static void every_answer_carries_its_headers(void **state)
{
    static const char *const TARGETS[] = { "/things",         "/things/1",        "/nowhere",
                                           "/names/%00",      "/things/internal", "/livez",
                                           "/api/v1/things/1" };
    static const char *const ALWAYS[] = {
        "X-Content-Type-Options",       "Referrer-Policy",    "Cross-Origin-Opener-Policy",
        "Cross-Origin-Resource-Policy", "Permissions-Policy", "X-Request-Id",
        "Content-Security-Policy",      "Cache-Control"
    };
    struct test_app *t = *state;
    test_as_role(t, "staff");
    for (size_t i = 0; i < sizeof TARGETS / sizeof *TARGETS; i++) {
        struct test_answer a = test_get(t, TARGETS[i]);
        for (size_t k = 0; k < sizeof ALWAYS / sizeof *ALWAYS; k++)
            if (!test_header_of(&a, ALWAYS[k]).len)
                fail_msg("%s lacks %s", TARGETS[i], ALWAYS[k]);
        assert_true(str_is(test_header_of(&a, "Cache-Control"), "no-store"));
        assert_int_equal(test_header_of(&a, "Strict-Transport-Security").len, 0);
        if (str_starts(a.type, str_of("text/html"))) {
            assert_string_equal(a.type.ptr, "text/html; charset=utf-8");
            assert_true(str_is(test_header_of(&a, "Content-Security-Policy"), HEADERS_PAGE_POLICY));
        }
    }
}

/* The policy of quality W1, word for word, and the one Trusted Types policy that ui/js/secure.js
 * makes. */
static void the_page_policy_is_strict(void **state)
{
    (void)state;
    assert_string_equal(
        HEADERS_PAGE_POLICY,
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; "
        "require-trusted-types-for 'script'; trusted-types huotang");
}

static void errors_tell_nothing_of_the_inside(void **state)
{
    struct test_app *t = *state;
    struct test_answer a = test_get(t, "/things/internal");
    assert_int_equal(a.status, 500);
    assert_false(test_has(&a, "SELECT") || test_has(&a, "passwd") || test_has(&a, "db.failed"));
    assert_true(str_find(a.body, test_header_of(&a, "X-Request-Id"), 0) > 0);
    a = test_get(t, "/things/huge");
    assert_int_equal(a.status, 429);
}

static void a_message_is_shown_once(void **state)
{
    struct test_app *t = *state;
    test_as_role(t, "staff");
    test_post(t, "/things", "title", "water", NULL);
    assert_true(test_cookie(t, "flash").len > 0);
    struct test_answer a = test_get(t, "/things");
    assert_true(test_has(&a, "class=\"flash\"") && test_has(&a, "thing &amp; more"));
    a = test_get(t, "/things");
    assert_false(test_has(&a, "class=\"flash\""));
}

static void secure_cookies_behind_a_trusted_proxy_only(void **state)
{
    struct test_app *t = *state;
    test_as_role(t, "staff");
    struct test_request rq = { .method = "POST",
                               .target = "/mode",
                               .peer = "10.9.8.7",
                               .body = str_of("mode=elder&back=/things&csrf=csrf-of-the-test") };
    test_header(&rq, "Content-Type", str_of("application/x-www-form-urlencoded"));
    test_header(&rq, "X-Forwarded-Proto", str_of("https"));
    struct test_answer a = test_ask(t, &rq);
    assert_int_equal(a.status, 303);
    assert_true(str_is(a.location, "/things"));
    assert_true(
        str_is(test_header_of(&a, "Set-Cookie"),
               "__Host-mode=elder; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=31536000"));
    assert_true(test_header_of(&a, "Strict-Transport-Security").len > 0);
    rq.peer = "10.9.8.8";
    a = test_ask(t, &rq);
    assert_true(str_is(test_header_of(&a, "Set-Cookie"),
                       "mode=elder; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000"));
}

static void redirects_stay_in_the_house(void **state)
{
    static const struct {
        const char *path;
        bool own;
    } CASES[] = {
        { "/", true },
        { "/things?a=1", true },
        { "//evil.test", false },
        { "/\\evil.test", false },
        { "https://evil", false },
        { "", false },
        { "things", false },
        { "/a\nb", false },
        { "/a b", false },
    };
    struct test_app *t = *state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        assert_int_equal(web_is_own_path(str_of(CASES[i].path)), CASES[i].own);
    test_as_role(t, "staff");
    struct test_answer a = test_post(t, "/mode", "mode", "dark", "back", "//evil.test/x", NULL);
    assert_true(str_is(a.location, "/"));
}

static void public_pages_answer_conditionally(void **state)
{
    struct test_app *t = *state;
    test_as_nobody(t);
    struct test_answer a = test_get(t, "/things/public");
    str tag = test_header_of(&a, "ETag");
    assert_int_equal(a.status, 200);
    assert_int_equal(tag.len, 18);
    assert_false(test_has_field(t, &a, "csrf"));
    assert_int_equal(test_header_of(&a, "Set-Cookie").len, 0);
    struct test_request again = { .method = "GET", .target = "/things/public" };
    test_header(&again, "If-None-Match",
                arena_printf(t->mem, "\"other\", W/%.*s", (int)tag.len, tag.ptr));
    a = test_ask(t, &again);
    assert_int_equal(a.status, 304);
    assert_int_equal(a.body.len, 0);
    test_as_role(t, "staff");
    a = test_get(t, "/things/public");
    assert_int_equal(test_header_of(&a, "ETag").len, 0);
    assert_true(str_is(test_header_of(&a, "Cache-Control"), "no-store"));
}

/* ---- bodies ---- */

static void bodies_have_limits_and_kinds(void **state)
{
    static const struct {
        const char *type, *body;
        int status;
    } CASES[] = {
        { "application/json", "[1]", 422 },
        { "application/json", "{\"title\":\"aa\",\"title\":\"bb\"}", 422 },
        { "application/json", "{\"title\":\"a\\u0000b\"}", 422 },
        { "application/json", "{\"title\":\"\xC3\"}", 422 },
        { "application/json", "{\"title\":{\"a\":1}}", 422 },
        { "application/json", "{\"title\":\"aa\",\"unknown\":1}", 201 },
        { "application/json; charset=utf-8", "{\"title\":\"bb\"}", 201 },
        { "application/x-www-form-urlencoded", "title=a%00", 422 },
        { "application/x-www-form-urlencoded", "title=a%C3", 422 },
        { "application/x-www-form-urlencoded", "title=cc", 201 },
        { "text/plain", "title=aa", 415 },
        { "multipart/form-data", "x", 400 },
        { "multipart/form-data; boundary=b", "--b\r\nX: y\r\n\r\nz\r\n--b--\r\n", 400 },
        { "multipart/form-data; boundary=b",
          "--b\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nz", 422 },
        { "multipart/form-data; boundary=b",
          "--b\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\ndd\r\n--b--\r\n", 201 },
        { "", "title=aa", 415 },
    };
    struct test_app *t = *state;
    test_as_role(t, "staff");
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct test_request rq = { .method = "POST",
                                   .target = "/api/v1/things",
                                   .body = str_of(CASES[i].body) };
        test_header(&rq, "Content-Type", str_of(CASES[i].type));
        test_header(&rq, "X-CSRF-Token", test_csrf(t));
        struct test_answer a = test_ask(t, &rq);
        if (a.status != CASES[i].status)
            fail_msg("case %zu: %d %.*s", i, a.status, (int)a.body.len, a.body.ptr);
    }
    char *big = arena_zero(t->mem, 100002);
    memset(big, 'x', 100001);
    struct test_request rq = { .method = "POST",
                               .target = "/api/v1/things/echo",
                               .body = { big, 100001 } };
    test_header(&rq, "Content-Type", str_of("application/json"));
    test_header(&rq, "X-CSRF-Token", test_csrf(t));
    assert_int_equal(test_ask(t, &rq).status, 413);
}

static void smuggled_heads_are_refused(void **state)
{
    static const struct {
        const char *names[2], *values[2];
    } CASES[] = {
        { { "Content-Length", "Content-Length" }, { "1", "1" } },
        { { "Content-Length", "Transfer-Encoding" }, { "1", "chunked" } },
        { { "Transfer-Encoding", "Transfer-Encoding" }, { "chunked", "chunked" } },
        { { "Transfer-Encoding", NULL }, { "gzip", NULL } },
        { { "Content-Length", NULL }, { "+1", NULL } },
        { { "Content-Length", NULL }, { "1, 1", NULL } },
        { { "Host", NULL }, { "other.test", NULL } },
        { { "X-A", NULL }, { "a\nb", NULL } },
        { { "X-A", NULL }, { "a\x01", NULL } },
    };
    struct test_app *t = *state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct test_request rq = { .method = "POST", .target = "/things/open" };
        for (int k = 0; k < 2 && CASES[i].names[k]; k++)
            test_header(&rq, CASES[i].names[k], str_of(CASES[i].values[k]));
        if (test_ask(t, &rq).status != 400)
            fail_msg("case %zu", i);
    }
}

static void the_client_is_who_the_trusted_proxy_says(void **state)
{
    (void)state;
    static const struct {
        const char *peer, *forwarded, *client;
    } CASES[] = {
        { "1.2.3.4", "9.9.9.9", "1.2.3.4" },
        { "10.1.1.1", "", "10.1.1.1" },
        { "10.1.1.1", "9.9.9.9", "9.9.9.9" },
        { "10.1.1.1", "6.6.6.6, 9.9.9.9", "9.9.9.9" },
        { "10.1.1.1", "6.6.6.6, 10.2.2.2", "6.6.6.6" },
        { "10.1.1.1", "nonsense", "10.1.1.1" },
        { "::1", "2001:db8::7", "2001:db8::7" },
        { "::ffff:10.1.1.1", "9.9.9.9", "9.9.9.9" },
    };
    str list = str_of("10.0.0.0/8, ::1 bad/99");
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        str client = proxy_client(list, str_of(CASES[i].peer), str_of(CASES[i].forwarded));
        if (!str_is(client, CASES[i].client))
            fail_msg("case %zu: %.*s", i, (int)client.len, client.ptr);
    }
}

/* HAProxy adds a line of its own and leaves the one that the client made up. */
static void every_line_of_forwarded_for_counts(void **state)
{
    struct test_app *t = *state;
    struct test_request rq = { .method = "GET", .target = "/things/address", .peer = "10.9.8.7" };
    test_header(&rq, "X-Forwarded-For", str_of("6.6.6.6"));
    test_header(&rq, "X-Forwarded-For", str_of("192.0.2.1"));
    struct test_answer a = test_ask(t, &rq);
    assert_true(str_is(a.body, "192.0.2.1"));
}

/* ---- files and signs of life ---- */

static void files_are_taken_with_digest_and_removed(void **state)
{
    struct test_app *t = *state;
    test_as_role(t, "staff");
    static const struct test_file FILES[] = { { "files", "C:\\dir\\a.txt", { "abc", 3 } },
                                              { "files", "", { "", 0 } },
                                              { "other", "b.txt", { "x", 1 } },
                                              { 0 } };
    struct test_answer a = test_upload(t, "/api/v1/things/echo", FILES, "title", "water", NULL);
    assert_int_equal(a.status, 200);
    assert_true(str_is(test_json(t, &a, "files.0"), "a.txt"));
    assert_true(str_is(test_json(t, &a, "files.1"), "3"));
    /* FIPS 180-4 example: SHA-256("abc") */
    assert_true(str_is(test_json(t, &a, "files.2"),
                       "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    assert_true(str_is(test_json(t, &a, "files.3"), "true"));
    assert_int_equal(test_json(t, &a, "files.4").len, 0);
    static const struct test_file MANY[] = { { "files", "a", { "1", 1 } },
                                             { "files", "b", { "2", 1 } },
                                             { "files", "c", { "3", 1 } },
                                             { 0 } };
    a = test_upload(t, "/api/v1/things/echo", MANY, "title", "water", NULL);
    assert_true(str_is(test_json(t, &a, "errors.0.code"), "form.too_many"));
    char command[200];
    snprintf(command, sizeof command, "test -z \"$(ls -A %s)\"", t->app.web->upload_dir.ptr);
    assert_int_equal(system(command), 0);
}

/* A browser would follow a redirect to the door, get a page instead of events and ask again. */
static void a_stream_without_log_in_is_refused_for_good(void **state)
{
    struct test_app *t = *state;
    test_as_nobody(t);
    struct test_answer a = test_get(t, "/events");
    assert_int_equal(a.status, 401);
    assert_int_equal(a.location.len, 0);
    assert_int_equal(test_get(t, "/things/1").status, 303);
}

/* Posts so many parts of so many bytes each to the route that takes large files. */
static int status_of_parts(struct test_app *t, size_t count, const char *head, size_t size)
{
    size_t room = count * (strlen(head) + size + 16) + 16, len = 0;
    char *body = malloc(room);
    for (size_t i = 0; i < count; i++) {
        len += (size_t)snprintf(body + len, room - len, "--b\r\n%s\r\n\r\n", head);
        memset(body + len, 'a', size);
        len += size;
        len += (size_t)snprintf(body + len, room - len, "\r\n");
    }
    len += (size_t)snprintf(body + len, room - len, "--b--\r\n");
    struct test_request rq = { .method = "POST", .target = "/things/files", .body = { body, len } };
    test_header(&rq, "Content-Type", str_of("multipart/form-data; boundary=b"));
    int status = test_ask(t, &rq).status;
    free(body);
    return status;
}

/* What is kept in memory stays small however large files may be, for whoever asks. */
static void texts_and_parts_of_an_upload_are_bounded(void **state)
{
    static const char TEXT[] = "Content-Disposition: form-data; name=\"t\"";
    static const char FILE[] = "Content-Disposition: form-data; name=\"t\"; filename=\"x\"";
    static const char NONE[] = "Content-Disposition: form-data; name=\"t\"; filename=\"\"";
    struct test_app *t = *state;
    for (int signed_in = 0; signed_in <= 1; signed_in++) {
        if (signed_in)
            test_as_role(t, "staff");
        else
            test_as_nobody(t);
        assert_int_equal(status_of_parts(t, 150, TEXT, 1000000), 413);
        assert_int_equal(status_of_parts(t, 1, TEXT, 150000000), 413);
        assert_int_equal(status_of_parts(t, 200000, TEXT, 0), 400);
        assert_int_equal(status_of_parts(t, 200000, NONE, 0), 400);
    }
    test_as_nobody(t);
    assert_int_equal(status_of_parts(t, 1, FILE, 5000000), 401);
    struct test_request rq = { .method = "POST", .target = "/things/files" };
    char *big = malloc(BODY_DEFAULT_MAX + 1);
    memset(big, 'x', BODY_DEFAULT_MAX + 1);
    rq.body = (str){ big, BODY_DEFAULT_MAX + 1 };
    test_header(&rq, "Content-Type", str_of("application/json"));
    assert_int_equal(test_ask(t, &rq).status, 413); /* only files may be large */
    free(big);
}

int main(void)
{
    static const struct CMUnitTest TESTS[] = {
        cmocka_unit_test_setup_teardown(routes_are_found_by_segment, set_up, tear_down),
        cmocka_unit_test_setup_teardown(other_methods_are_told_which_exist, set_up, tear_down),
        cmocka_unit_test_setup_teardown(permission_is_part_of_the_route, set_up, tear_down),
        cmocka_unit_test_setup_teardown(who_is_not_signed_in_is_sent_to_sign_in_and_back, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(unfinished_accounts_reach_only_what_finishes_them, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(forged_requests_change_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(bearer_requests_need_no_token, set_up, tear_down),
        cmocka_unit_test_setup_teardown(anonymous_forms_carry_a_signed_token, set_up, tear_down),
        cmocka_unit_test_setup_teardown(reading_changes_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(faults_come_together_and_typed_text_stays, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_refused_act_is_redrawn_and_rolled_back, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_constraint_is_a_conflict, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_was_typed_survives_an_ended_login, set_up, tear_down),
        cmocka_unit_test_setup_teardown(important_acts_want_the_password_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_busy_database_is_tried_four_times, set_up, tear_down),
        cmocka_unit_test_setup_teardown(no_answer_without_a_commit, set_up, tear_down),
        cmocka_unit_test_setup_teardown(slow_work_hands_its_result_on, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_second_submission_gets_the_first_answer, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_file_of_a_failed_answer_is_closed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_a_page_asks_by_itself_is_no_use, set_up, tear_down),
        cmocka_unit_test_setup_teardown(secrets_are_not_kept_with_a_key, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_was_asked_is_kept_keyed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_key_of_nobody_does_not_count, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_failed_submission_may_be_sent_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_api_repeats_its_json, set_up, tear_down),
        cmocka_unit_test_setup_teardown(every_answer_carries_its_headers, set_up, tear_down),
        cmocka_unit_test(the_page_policy_is_strict),
        cmocka_unit_test_setup_teardown(errors_tell_nothing_of_the_inside, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_message_is_shown_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(secure_cookies_behind_a_trusted_proxy_only, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(redirects_stay_in_the_house, set_up, tear_down),
        cmocka_unit_test_setup_teardown(public_pages_answer_conditionally, set_up, tear_down),
        cmocka_unit_test_setup_teardown(bodies_have_limits_and_kinds, set_up, tear_down),
        cmocka_unit_test_setup_teardown(smuggled_heads_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(every_line_of_forwarded_for_counts, set_up, tear_down),
        cmocka_unit_test(the_client_is_who_the_trusted_proxy_says),
        cmocka_unit_test_setup_teardown(files_are_taken_with_digest_and_removed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_stream_without_log_in_is_refused_for_good, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(texts_and_parts_of_an_upload_are_bounded, set_up,
                                        tear_down),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("web_app", TESTS, NULL, NULL);
}
