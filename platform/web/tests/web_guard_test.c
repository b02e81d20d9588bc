/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What stands at the door, by tables: tokens and origins, odd heads, kinds of inputs that the
 * sample has not, percent signs, every way in which a multipart body can be wrong, trusted proxies.
 * The usual ways are in web_app_test.c and web_forms_test.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include <string.h>

#include "platform/base/str.h"
#include "platform/web/exchange.h"
#include "platform/web/params.h"
#include "platform/web/proxies.h"
#include "platform/web/tests/sample.h"
#include "platform/web/upload.h"
#include "platform/web/view_parts.h"
#include "tests/harness/test_app.h"
#include "tests/harness/test_err.h"

/* ---- a form with what the sample has not ---- */

struct guard_input {
    str colour, secret, word;
    i64 least;
    bool agreed;
    ids some;
};

static err colours(struct rq *rq, struct rows *out)
{
    struct view_choice *all = arena_array(rq->mem, 2, sizeof *all);
    all[0] = (struct view_choice){ .value = str_of("red"), .label = str_of("Red") };
    all[1] = (struct view_choice){ .value = str_of("green"), .label = str_of("Green") };
    *out = (struct rows){ all, 2, sizeof *all };
    return OK;
}

static err no_words(struct rq *rq, struct rows *out)
{
    (void)rq;
    *out = (struct rows){ 0 };
    return err_make(ERR_BUSY, "db.busy");
}

static const struct input INPUTS[] = {
    { FIELD(struct guard_input, colour), .kind = INPUT_CHOICE, .required = true,
      .values = colours },
    { FIELD(struct guard_input, word), .kind = INPUT_CHOICE, .values = no_words },
    { FIELD(struct guard_input, secret), .kind = INPUT_PASSWORD, .required = true, .min = 4,
      .max = 6 },
    { FIELD(struct guard_input, least), .kind = INPUT_NUMBER, .min = 3 },
    { FIELD(struct guard_input, agreed), .kind = INPUT_BOOL, .required = true },
    { FIELD(struct guard_input, some), .kind = INPUT_IDS, .required = true, .min = 2, .max = 3 },
    { .field = { 0 } },
};
static const struct form FORM = { "guard", sizeof(struct guard_input), INPUTS };

static err api_guard(struct rq *rq, struct res *res)
{
    struct buf *b = buf_new(rq->mem, 100);
    buf_put(b, "{}");
    res_json(res, b);
    return OK;
}

static const struct route ROUTES[] = {
    { POST, "/api/v1/guard", api_guard, .may = SIGNED_IN, .form = &FORM },
    { 0 },
};
static const struct module GUARD = { .name = "guard", .routes = ROUTES };

static struct test_app *t;

static int set_up(void **state)
{
    const struct module *modules[20] = { &GUARD };
    (void)state;
    for (size_t i = 0; SAMPLE_MODULES[i]; i++)
        modules[i + 1] = SAMPLE_MODULES[i];
    static const struct module *kept[20];
    memcpy(kept, modules, sizeof kept);
    t = test_app_new(kept);
    test_as_role(t, "staff");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    test_app_free(t);
    return 0;
}

static struct test_answer ask_with(const char *target, const char *type, str body)
{
    struct test_request rq = { .method = "POST", .target = target, .body = body };
    test_header(&rq, "Content-Type", str_of(type));
    test_header(&rq, "X-CSRF-Token", test_csrf(t));
    return test_ask(t, &rq);
}

#define URLENCODED "application/x-www-form-urlencoded"
#define GOOD       "colour=red&secret=abcd&least=3&agreed=1&some=1&some=2"

static void required_and_least_are_judged(void **state)
{
    static const struct {
        const char *sent, *field, *fault;
    } CASES[] = {
        { GOOD, NULL, NULL },
        { "colour=&secret=abcd&agreed=1&some=1&some=2", "colour", "form.required" },
        { "colour=blue&secret=abcd&agreed=1&some=1&some=2", "colour", "form.not_a_choice" },
        { "colour=green&word=any&secret=abcd&agreed=1&some=1&some=2", "word", "form.not_a_choice" },
        { "colour=red&secret=&agreed=1&some=1&some=2", "secret", "form.required" },
        { "colour=red&secret=abc&agreed=1&some=1&some=2", "secret", "form.too_short" },
        { "colour=red&secret=abcdefg&agreed=1&some=1&some=2", "secret", "form.too_long" },
        { "colour=red&secret=abcd&least=2&agreed=1&some=1&some=2", "least", "form.too_small" },
        { "colour=red&secret=abcd&agreed=0&some=1&some=2", "agreed", "form.required" },
        { "colour=red&secret=abcd&some=1&some=2", "agreed", "form.required" },
        { "colour=red&secret=abcd&agreed=1&some=", "some", "form.required" },
        { "colour=red&secret=abcd&agreed=1", "some", "form.required" },
        { "colour=red&secret=abcd&agreed=1&some=1", "some", "form.too_few" },
        { "colour=red&secret=abcd&agreed=1&some=1&some=2&some=3&some=4", "some", "form.too_many" },
        { "&colour=red&&secret=abcd&agreed&some=1&some=2&", NULL, NULL },
    };
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct test_answer a = ask_with("/api/v1/guard", URLENCODED, str_of(CASES[i].sent));
        str field = test_json(t, &a, "errors.0.field"), fault = test_json(t, &a, "errors.0.code");
        bool same = CASES[i].field ? a.status == 422 && str_is(field, CASES[i].field) &&
                                         str_is(fault, CASES[i].fault)
                                   : a.status == 200;
        if (!same)
            fail_msg("case %zu: %d %.*s", i, a.status, (int)a.body.len, a.body.ptr);
    }
}

/* ---- percent signs ---- */

static void percent_signs_are_read_or_refused(void **state)
{
    static const struct {
        const char *sent, *value; /* NULL = refused */
    } CASES[] = {
        { "a%2Bb", "a+b" }, { "a%2bb", "a+b" }, { "a+b", "a b" }, { "%41%5a", "AZ" },
        { "%", NULL },      { "%4", NULL },     { "%4G", NULL },  { "%G4", NULL },
        { "%00", NULL },    { "%:0", NULL },    { "%E6", NULL },  { "%4g", NULL },
        { "%`0", NULL },    { "", "" },         { "%7E", "~" },   { "%/0", NULL },
    };
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        str out;
        err e = params_decode(t->mem, str_of(CASES[i].sent), true, &out);
        if (CASES[i].value && (e.code != ERR_NONE || !str_is(out, CASES[i].value)))
            fail_msg("%s is not %s", CASES[i].sent, CASES[i].value);
        if (!CASES[i].value)
            assert_err(e, ERR_INVALID, "web.encoding");
    }
}

/* ---- tokens and origins ---- */

static void origins_are_the_houses_own(void **state)
{
    static const struct {
        const char *origin;
        int status;
    } CASES[] = {
        { "http://huotang.test:8080", 303 }, /* a proxy has dropped the port of Host */
        { "http://huotang.test/", 303 },
        { "huotang.test", 303 },
        { "http://", 403 },
        { "://", 403 },
        { "http://[::1]:80", 403 },
        { "http://huotang.test@evil.test", 403 },
        { "http://evil.test/huotang.test", 403 },
        { "http://HUOTANG.test.", 403 },
        { "file://", 403 },
    };
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct test_request rq = { .method = "POST", .target = "/things" };
        rq.body = arena_printf(t->mem, "title=t%zu&csrf=csrf-of-the-test", i);
        test_header(&rq, "Content-Type", str_of(URLENCODED));
        test_header(&rq, "Origin", str_of(CASES[i].origin));
        struct test_answer a = test_ask(t, &rq);
        if (a.status != CASES[i].status)
            fail_msg("%s: %d", CASES[i].origin, a.status);
    }
}

/* Without a page of ours a visitor has no token, whatever cookie he brings. */
static void a_visitors_cookie_must_be_ours(void **state)
{
    static const char *const COOKIES[] = { "",
                                           "x",
                                           "0123456789abcdef0123456789abcdeG",
                                           "0123456789ABCDEF0123456789ABCDEF",
                                           "0123456789abcdef0123456789abcdef00",
                                           "0123456789abcdef0123456789abcdef" };
    (void)state;
    test_as_nobody(t);
    for (size_t i = 0; i < sizeof COOKIES / sizeof *COOKIES; i++) {
        struct test_request rq = { .method = "POST",
                                   .target = "/things/open",
                                   .body = str_of("title=aa&csrf=0123456789abcdef") };
        test_header(&rq, "Content-Type", str_of(URLENCODED));
        test_header(&rq, "Cookie", arena_printf(t->mem, "visitor=%s", COOKIES[i]));
        assert_int_equal(test_ask(t, &rq).status, 403);
    }
    /* but where the browser says that the form is ours, nobody's authority can be misused */
    struct test_request own = { .method = "POST",
                                .target = "/things/open",
                                .body = str_of("title=aa") };
    test_header(&own, "Content-Type", str_of(URLENCODED));
    test_header(&own, "Origin", str_of("http://huotang.test"));
    assert_int_equal(test_ask(t, &own).status, 303);
}

static void a_page_for_a_program_carries_no_token(void **state)
{
    (void)state;
    test_as_role(t, "staff")->by_token = true;
    struct test_answer a = test_get(t, "/things/new");
    assert_int_equal(a.status, 200);
    assert_true(test_field(t, &a, "csrf").len == 0);
}

/* ---- heads ---- */

static void odd_heads_are_refused_or_ignored(void **state)
{
    static const struct {
        const char *name, *value, *target;
        int status;
    } CASES[] = {
        { "X-Odd", "a\x01z", "/things", 400 },
        { "X-Odd", "a\x7Fz", "/things", 400 },
        { "X-Odd", "a\tz", "/things", 200 },
        { "Content-Length", "1x", "/things", 400 },
        { "Content-Length", "-1", "/things", 400 },
        { "Content-Length", "99999999999999999999", "/things", 400 },
        { "User-Agent", "\xE6\x8F", "/things", 200 },
        { "Cookie", "mode=elder-contrast", "/things", 200 },
        { "Cookie", "mode=-elder", "/things", 200 },
        { "Cookie", "mode=Elder", "/things", 200 },
        { "Cookie", "mode=\"><script>", "/things", 200 },
        { "Cookie", "moder=elder; mode; mode=", "/things", 200 },
        { "X-Odd", "z", "/things/99999999999999999999", 404 },
    };
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct test_request rq = { .method = "GET", .target = CASES[i].target };
        test_header(&rq, CASES[i].name, str_of(CASES[i].value));
        struct test_answer a = test_ask(t, &rq);
        if (a.status != CASES[i].status || test_has(&a, "<script>"))
            fail_msg("case %zu: %d", i, a.status);
    }
}

static void keys_of_repetition_are_bounded(void **state)
{
    char key[202];
    (void)state;
    memset(key, 'k', sizeof key - 1);
    key[sizeof key - 1] = '\0';
    struct test_answer a = test_post(t, "/things", "title", "aa", "idempotency", key, NULL);
    assert_int_equal(a.status, 422);
    key[200] = '\0';
    a = test_post(t, "/things", "title", "aa", "idempotency", key, NULL);
    assert_int_equal(a.status, 303);
    assert_int_equal(sample_count(t->db), 1);
}

/* The same key with another file is another submission. */
static void a_file_belongs_to_what_was_asked(void **state)
{
    const struct test_file one[] = { { "files", "a.txt", str_of("one") }, { 0 } };
    const struct test_file two[] = { { "files", "a.txt", str_of("two") }, { 0 } };
    (void)state;
    struct test_answer a = test_upload(t, "/things", one, "title", "aa", "idempotency", "k", NULL);
    assert_int_equal(a.status, 303);
    a = test_upload(t, "/things", one, "title", "aa", "idempotency", "k", NULL);
    assert_int_equal(a.status, 303);
    a = test_upload(t, "/things", two, "title", "aa", "idempotency", "k", NULL);
    assert_int_equal(a.status, 409);
    assert_int_equal(sample_count(t->db), 1);
}

/* ---- multipart ---- */

#define OPEN  "--b\r\n"
#define NAMED "Content-Disposition: form-data; name=\"f\""
#define BODY  "\r\n\r\n"
#define CLOSE "\r\n"
#define END   "--b--\r\n"

static void boundaries_are_found_or_refused(void **state)
{
    static const struct {
        const char *type, *fault;
    } CASES[] = {
        { "multipart/form-data; boundary=b", NULL },
        { "multipart/form-data;boundary=\"b\"", NULL },
        { "multipart/form-data; BOUNDARY=b; charset=utf-8", NULL },
        { "multipart/form-data; xboundary=c; boundary=b", NULL },
        { "multipart/form-data", "web.multipart" },
        { "multipart/form-data; boundary=", "web.multipart" },
        { "multipart/form-data; boundary=\"\"", "web.multipart" },
        { "multipart/form-data; boundary="
          "0123456789012345678901234567890123456789012345678901234567890123456789x",
          "web.multipart" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct upload_set *set;
        struct params fields = { 0 };
        err e = upload_start(t->mem, str_of(CASES[i].type), (struct upload_limits){ .bytes = 99 },
                             &set);
        if (CASES[i].fault) {
            assert_err(e, ERR_INVALID, CASES[i].fault);
            continue;
        }
        assert_ok(e);
        assert_ok(upload_add(set, str_of(OPEN NAMED BODY "v" CLOSE END)));
        assert_ok(upload_end(set, &fields));
        assert_int_equal(fields.count, 1);
    }
}

static const struct {
    const char *body, *fault;
} BODIES[] = {
    { OPEN NAMED BODY "v" CLOSE END, NULL },
    { "preamble\r\n" OPEN NAMED BODY "v" CLOSE END "epilogue", NULL },
    { OPEN "X-Other: y\r\n" NAMED BODY "v" CLOSE END, NULL },
    { OPEN NAMED "; filename=\"a.txt\"" BODY "bytes" CLOSE END, NULL },
    { OPEN NAMED "; filename=\"\"" BODY CLOSE END, NULL }, /* an empty input */
    { OPEN NAMED BODY "v" CLOSE, "web.multipart" },        /* cut off */
    { "", "web.multipart" },
    { OPEN "no colon" BODY "v" CLOSE END, "web.multipart" },
    { OPEN ": no name" BODY "v" CLOSE END, "web.multipart" },
    { OPEN NAMED "\r\nContent-Transfer-Encoding: base64" BODY "v" CLOSE END, "web.multipart" },
    { OPEN "Content-Disposition: attachment; name=\"f\"" BODY "v" CLOSE END, "web.multipart" },
    { OPEN "Content-Disposition: form-data" BODY "v" CLOSE END, "web.multipart" },
    { OPEN "Content-Type: text/plain" BODY "v" CLOSE END, "web.multipart" },
    { OPEN "Content-Disposition: form-data; name=\"\xE6\x8F\"" BODY "v" CLOSE END,
      "web.multipart" },
    { OPEN NAMED "; filename=\"\xE6\x8F\"" BODY "v" CLOSE END, "web.encoding" },
    { OPEN NAMED BODY "\xE6\x8F" CLOSE END, "web.encoding" },
    { "--b\r\n" NAMED "\r\n\r\nv\r\n--bX" END, "web.multipart" },
    { OPEN NAMED "; filename=\"1\"" BODY "v" CLOSE OPEN NAMED "; filename=\"2\"" BODY
                 "v" CLOSE OPEN NAMED "; filename=\"3\"" BODY "v" CLOSE END,
      "web.too_many_files" },
    { OPEN NAMED "; filename=\"1\"" BODY "0123456789012345678901234567890123456789" CLOSE END,
      "web.too_big" },
    { OPEN NAMED BODY "0123456789012345678901234567890123456789" CLOSE END, "web.too_big" },
};

static err upload_all_of(str body, size_t piece, struct upload_set **set)
{
    struct upload_limits limits = { .files = 2, .bytes = 30 };
    struct params fields = { 0 };
    TRY(upload_start(t->mem, str_of("multipart/form-data; boundary=b"), limits, set));
    for (size_t at = 0; at < body.len; at += piece) {
        err e = upload_add(*set, str_sub(body, at, piece));
        if (e.code != ERR_NONE) /* nothing more is taken */
            assert_int_equal(upload_add(*set, body).code, e.code);
        TRY(e);
    }
    return upload_end(*set, &fields);
}

static void bodies_are_read_or_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof BODIES / sizeof *BODIES; i++)
        for (size_t piece = 1; piece < 200; piece += 66) {
            struct upload_set *set;
            err e = upload_all_of(str_of(BODIES[i].body), piece, &set);
            bool same = BODIES[i].fault ? err_is(e, BODIES[i].fault) : e.code == ERR_NONE;
            if (!same)
                fail_msg("body %zu by %zu: %s", i, piece, e.name ? e.name : "taken");
        }
    struct upload_set *set;
    static const char NUL[] = OPEN NAMED BODY "a\0b" CLOSE END;
    assert_err(upload_all_of((str){ NUL, sizeof NUL - 1 }, 1000, &set), ERR_INVALID,
               "web.encoding");
    char *head = arena_zero(t->mem, 6000);
    memset(head, 'x', 5999);
    str big = arena_printf(t->mem, "--b\r\n%s", head);
    assert_err(upload_all_of(big, 1000, &set), ERR_INVALID, "web.multipart");
    big = arena_printf(t->mem, "--b\r\nX: %s\r\n\r\n", head);
    assert_err(upload_all_of(big, 10000, &set), ERR_INVALID, "web.multipart");
}

static void names_of_files_lose_folders_and_controls(void **state)
{
    static const struct {
        const char *sent, *kept;
    } CASES[] = {
        { "a.txt", "a.txt" },
        { "C:/x/a.txt", "a.txt" },
        { "C:\\\\x\\\\a.txt", "a.txt" },
        { "../../etc/passwd", "passwd" },
        { "a\x01\x7F"
          "b.txt",
          "ab.txt" },
        { "say \\\"hi\\\".txt", "say \"hi\".txt" },
        { "\xE6\x8F\x90\xE6\xA1\x88.doc", "\xE6\x8F\x90\xE6\xA1\x88.doc" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct upload_set *set;
        str body =
            arena_printf(t->mem, OPEN NAMED "; filename=\"%s\"" BODY "v" CLOSE END, CASES[i].sent);
        assert_ok(upload_all_of(body, 1000, &set));
        struct uploads all = upload_all(set);
        assert_int_equal(all.count, 1);
        if (!str_is(all.items[0].name, CASES[i].kept))
            fail_msg("%s became %.*s", CASES[i].sent, (int)all.items[0].name.len,
                     all.items[0].name.ptr);
    }
    struct upload_set *set;
    char *name = arena_zero(t->mem, 303);
    for (size_t i = 0; i < 300; i += 3)
        memcpy(name + i, "\xE6\x8F\x90", 3);
    str body = arena_printf(t->mem, OPEN NAMED "; filename=%s" BODY "v" CLOSE END, name);
    assert_ok(upload_all_of(body, 1000, &set));
    assert_int_equal(upload_all(set).items[0].name.len, 255); /* cut at a character */
}

/* ---- proxies ---- */

static void networks_are_compared_bit_by_bit(void **state)
{
    static const struct {
        const char *proxies, *peer;
        bool trusted;
    } CASES[] = {
        { "10.9.8.7", "10.9.8.7", true },
        { "10.9.8.7", "10.9.8.8", false },
        { "10.0.0.0/8", "10.255.1.1", true },
        { "10.0.0.0/8", "11.0.0.1", false },
        { "10.9.8.128/25", "10.9.8.129", true },
        { "10.9.8.128/25", "10.9.8.1", false },
        { "0.0.0.0/0", "1.2.3.4", true },
        { "10.0.0.0/33", "10.0.0.1", false },
        { "10.0.0.0/-1", "10.0.0.1", false },
        { "10.0.0.0/x", "10.0.0.1", false },
        { "2001:db8::/32", "2001:db8::1", true },
        { "2001:db8::/32", "2001:db9::1", false },
        { "fd00::/129", "fd00::1", false },
        { "10.9.8.7", "", false },
        { "10.9.8.7", "unix", false },
        { "", "10.9.8.7", false },
        { "10.9.8.7", "::ffff:10.9.8.7", true },
        { "not-an-address/8", "10.9.8.7", false },
    };
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        if (proxy_is_trusted(str_of(CASES[i].proxies), str_of(CASES[i].peer)) != CASES[i].trusted)
            fail_msg("%s and %s", CASES[i].proxies, CASES[i].peer);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(required_and_least_are_judged),
        TEST(percent_signs_are_read_or_refused),
        TEST(origins_are_the_houses_own),
        TEST(a_visitors_cookie_must_be_ours),
        TEST(a_page_for_a_program_carries_no_token),
        TEST(odd_heads_are_refused_or_ignored),
        TEST(keys_of_repetition_are_bounded),
        TEST(a_file_belongs_to_what_was_asked),
        TEST(boundaries_are_found_or_refused),
        TEST(bodies_are_read_or_refused),
        TEST(names_of_files_lose_folders_and_controls),
        TEST(networks_are_compared_bit_by_bit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
