/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Every kind of input by a table: what is sent, what the handler sees or which fault is told.
 * The multipart parser cut at every place; JSON writing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include <string.h>

#include "platform/base/str.h"
#include "platform/web/exchange.h"
#include "platform/web/json.h"
#include "platform/web/tests/sample.h"
#include "tests/harness/test_app.h"

static int set_up(void **state)
{
    struct test_app *t = test_app_new(SAMPLE_MODULES);
    test_as_role(t, "staff");
    *state = t;
    return 0;
}

static int tear_down(void **state)
{
    test_app_free(*state);
    return 0;
}

/* `title=ok` goes along unless the row sends its own. want: JSON member of the echo and its
 * value, or field and fault. */
static const struct {
    const char *sent;
    const char *where, *want;
} FORMS[] = {
    /* text: trimmed, one line, counted in characters */
    { "title=%20%E3%80%80ab%20", "title", "ab" },
    { "title=a%09b", "title", "a b" },
    { "title=", "title", "form.required" },
    { "title=%20%20", "title", "form.required" },
    { "", "title", "form.required" },
    { "title=a", "title", "form.too_short" },
    { "title=%E6%8F%90%E6%A1%88", "title", "\xE6\x8F\x90\xE6\xA1\x88" },
    { "title=0123456789", "title", "0123456789" },
    { "title=01234567890", "title", "form.too_long" },
    { "title=%E6%8F%90%E6%8F%90%E6%8F%90%E6%8F%90%E6%8F%90"
      "%E6%8F%90%E6%8F%90%E6%8F%90%E6%8F%90%E6%8F%90",
      "title",
      "\xE6\x8F\x90\xE6\x8F\x90\xE6\x8F\x90\xE6\x8F\x90\xE6\x8F\x90"
      "\xE6\x8F\x90\xE6\x8F\x90\xE6\x8F\x90\xE6\x8F\x90\xE6\x8F\x90" },
    { "title=a%0Ab", "title", "form.line_break" },
    { "title=a%0D%0Ab", "title", "form.line_break" },
    { "title=a%1Bb", "title", "form.control" },
    { "title=a%7Fb", "title", "form.control" },
    { "title=aa&title=bb", "title", "form.doubled" },
    { "title=%F0%A0%AE%B7%F0%A0%AE%B7", "title", "\xF0\xA0\xAE\xB7\xF0\xA0\xAE\xB7" },
    /* area: tidied (platform/text/tests/tidy_test.c) */
    { "title=ok&body=a%0D%0Ab%0Dc%0A%20", "body", "a\nb\nc" },
    { "title=ok&body=%20%20a%0Bb", "body", "a\nb" },
    { "title=ok&body=%E3%80%80%09x%E2%80%8B", "body", "x" },
    { "title=ok&body=%EF%82%B7%09x", "body", "\u2022 x" },
    { "title=ok&lines=a%0D%0A%20%20b&lines=%E2%80%8B", "lines.0", "a\nb" },
    { "title=ok&body=%0A%20%0A", "body", "" },
    { "title=ok&body=012345678901234567890", "body", "form.too_long" },
    { "title=ok&body=a%01", "body", "form.control" },
    /* choice */
    { "title=ok&kind=red", "kind", "red" },
    { "title=ok&kind=", "kind", "" },
    { "title=ok&kind=Red", "kind", "form.not_a_choice" },
    { "title=ok&kind=red%20green", "kind", "form.not_a_choice" },
    { "title=ok&kind=re", "kind", "form.not_a_choice" },
    /* number */
    { "title=ok&count=5", "count", "5" },
    { "title=ok&count=%EF%BC%95", "count", "5" },
    { "title=ok&count=%205%20", "count", "5" },
    { "title=ok&count=", "count", "0" },
    { "title=ok&count=0", "count", "form.out_of_range" },
    { "title=ok&count=10", "count", "form.out_of_range" },
    { "title=ok&count=-1", "count", "form.out_of_range" },
    { "title=ok&count=5.0", "count", "form.not_a_number" },
    { "title=ok&count=5x", "count", "form.not_a_number" },
    { "title=ok&count=0x5", "count", "form.not_a_number" },
    { "title=ok&count=99999999999999999999", "count", "form.not_a_number" },
    { "title=ok&count=1&count=2", "count", "form.doubled" },
    /* day: 20782 = 2026-11-25 */
    { "title=ok&due_on=2026-11-25", "due", "20782" },
    { "title=ok&due_on=2026%E5%B9%B411%E6%9C%8825%E6%97%A5", "due", "20782" },
    { "title=ok&due_on=", "due", "-1" },
    { "title=ok", "due", "-1" },
    { "title=ok&due_on=2026-02-29", "due_on", "form.not_a_day" },
    { "title=ok&due_on=tomorrow", "due_on", "form.not_a_day" },
    /* id */
    { "title=ok&agency_id=7", "agency", "7" },
    { "title=ok&agency_id=", "agency", "0" },
    { "title=ok&agency_id=0", "agency_id", "form.not_an_id" },
    { "title=ok&agency_id=-7", "agency_id", "form.not_an_id" },
    { "title=ok&agency_id=7%20or%201", "agency_id", "form.not_an_id" },
    /* bool */
    { "title=ok&agreed=1", "agreed", "true" },
    { "title=ok&agreed=on", "agreed", "true" },
    { "title=ok&agreed=0", "agreed", "false" },
    { "title=ok&agreed=false", "agreed", "false" },
    { "title=ok", "agreed", "false" },
    /* lists: empty ones dropped, doubled ids once */
    { "title=ok&agencies=3&agencies=4&agencies=3&agencies=", "agencies.1", "4" },
    { "title=ok&agencies=3&agencies=4&agencies=3", "agencies.2", "" },
    { "title=ok&agencies=1&agencies=2&agencies=3&agencies=4", "agencies", "form.too_many" },
    { "title=ok&agencies=1&agencies=x", "agencies", "form.not_an_id" },
    { "title=ok&lines=a&lines=%20&lines=%20b%20", "lines.1", "b" },
    { "title=ok&lines=a&lines=b&lines=c&lines=d", "lines", "form.too_many" },
    { "title=ok&lines=a%00", "", "web.encoding" },
    /* what is not declared does not exist */
    { "title=ok&org_id=2&id=9&state=accepted", "title", "ok" },
    { "title=ok&password=1&password=2", "password", "form.doubled" },
    { "title%5B%5D=ok", "title", "form.required" },
    { "title=%", "", "web.encoding" },
    { "title=%E6%8F", "", "web.encoding" },
    { "title=%C0%AF", "", "web.encoding" },
    { "title=ok%EF%BF%BE", "title", "form.control" }, /* U+FFFE, U+FFFF: no characters */
    { "title=ok&body=%EF%BF%BF", "body", "form.control" },
    { "title=ok%EF%BF%BD", "title", "ok\xEF\xBF\xBD" },
};

static const struct {
    const char *sent;
    const char *where, *want;
} JSON_FORMS[] = {
    { "{\"title\":\"ok\",\"count\":5}", "count", "5" },
    { "{\"title\":\"ok\",\"count\":\"5\"}", "count", "5" },
    { "{\"title\":\"ok\",\"count\":5.5}", "count", "form.type" },
    { "{\"title\":\"ok\",\"count\":null}", "count", "0" },
    { "{\"title\":\"ok\",\"count\":[5]}", "count", "5" },
    { "{\"title\":\"ok\",\"count\":[5,6]}", "count", "form.doubled" },
    { "{\"title\":\"ok\",\"count\":{}}", "count", "form.type" },
    { "{\"title\":\"ok\",\"agreed\":true}", "agreed", "true" },
    { "{\"title\":\"ok\",\"agreed\":false}", "agreed", "false" },
    { "{\"title\":\"ok\",\"due_on\":\"2026-11-25\"}", "due", "20782" },
    { "{\"title\":\"ok\",\"agencies\":[3,4]}", "agencies.1", "4" },
    { "{\"title\":\"ok\",\"agencies\":[]}", "agencies.0", "" },
    { "{\"title\":\"ok\",\"agencies\":[[1]]}", "agencies", "form.type" },
    { "{\"title\":\"ok\",\"lines\":[\"a\",{\"b\":1}]}", "lines", "form.type" },
    { "{\"title\":\"ok\",\"body\":\"a\\r\\nb\"}", "body", "a\nb" },
    { "{\"title\":\"ok\",\"body\":\"a\\u0000b\"}", "", "web.json" },
    { "{\"title\":\"ok\",\"count\":99999999999999999999}", "", "web.json" },
    { "{\"title\":\"ok\"} x", "", "web.json" },
    { "\"title\"", "", "web.json" },
    { "{\"title\":\"ok\"", "", "web.json" },
    { "{\"a\":1,\"a\":2}", "", "web.json" },
    { "{}", "title", "form.required" },
};

/* Finds the fault of a field in a problem answer; code of the whole where the field is empty. */
static str fault_of(struct test_app *t, const struct test_answer *a, const char *field)
{
    if (!*field)
        return test_json(t, a, "code");
    for (int i = 0; i < 20; i++) {
        str name = test_json(t, a, arena_printf(t->mem, "errors.%d.field", i).ptr);
        if (str_is(name, field))
            return test_json(t, a, arena_printf(t->mem, "errors.%d.code", i).ptr);
    }
    return str_of("");
}

static void judge(struct test_app *t, const struct test_answer *a, const char *where,
                  const char *want)
{
    bool is_fault = strncmp(want, "form.", 5) == 0 || strncmp(want, "web.", 4) == 0;
    str got = is_fault ? fault_of(t, a, where) : test_json(t, a, where);
    if (a->status != (is_fault ? 422 : 200) || !str_is(got, want))
        fail_msg("%s: want %s, got %d %.*s", where, want, a->status, (int)a->body.len, a->body.ptr);
}

static struct test_answer echo(struct test_app *t, const char *type, str body)
{
    struct test_request rq = { .method = "POST", .target = "/api/v1/things/echo", .body = body };
    test_header(&rq, "Content-Type", str_of(type));
    test_header(&rq, "X-CSRF-Token", test_csrf(t));
    return test_ask(t, &rq);
}

static void inputs_by_table(void **state)
{
    struct test_app *t = *state;
    for (size_t i = 0; i < sizeof FORMS / sizeof *FORMS; i++) {
        struct test_answer a = echo(t, "application/x-www-form-urlencoded", str_of(FORMS[i].sent));
        judge(t, &a, FORMS[i].where, FORMS[i].want);
    }
    for (size_t i = 0; i < sizeof JSON_FORMS / sizeof *JSON_FORMS; i++) {
        struct test_answer a = echo(t, "application/json", str_of(JSON_FORMS[i].sent));
        judge(t, &a, JSON_FORMS[i].where, JSON_FORMS[i].want);
    }
}

static void too_many_fields_are_refused(void **state)
{
    struct test_app *t = *state;
    struct buf *b = buf_new(t->mem, 100000);
    for (int i = 0; i < PARAMS_MAX; i++)
        buf_put(b, "a=1&");
    buf_put(b, "title=ok");
    struct test_answer a = echo(t, "application/x-www-form-urlencoded", buf_str(b));
    assert_true(str_is(test_json(t, &a, "code"), "web.too_many_fields"));
}

/* ---- multipart ---- */

/* Near misses of the boundary are content; what stands before and after is dropped. */
static const char PARTS[] =
    "preamble\r\n--edge\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\n\r\n--edg\r\n-\r"
    "\r\n--edge\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a \\\"b\\\".txt\"\r\n"
    "Content-Type: text/plain\r\n\r\none\r\n--edgy\r\n\r\n--edge\r\n"
    "Content-Disposition: form-data; name=empty\r\n"
    "\r\n\r\n--edge--\r\nepilogue";

static void multipart_is_the_same_however_it_is_cut(void **state)
{
    static const char FILE_BYTES[] = "one\r\n--edgy\r\n";
    (void)state;
    for (size_t piece = 1; piece < sizeof PARTS; piece++) {
        struct arena *mem = arena_new(1 << 22, 0);
        struct params params = { 0 };
        struct upload_set *set;
        struct upload_limits limits = { str_of("/tmp"), 3, 1000 };
        err e = upload_start(mem, str_of("multipart/form-data; BOUNDARY=\"edge\""), limits, &set);
        for (size_t at = 0; at < sizeof PARTS - 1 && e.code == ERR_NONE; at += piece)
            e = upload_add(set, str_sub((str){ PARTS, sizeof PARTS - 1 }, at, piece));
        if (e.code == ERR_NONE)
            e = upload_end(set, &params);
        assert_int_equal(e.code, ERR_NONE);
        assert_int_equal(params.count, 2);
        assert_true(str_is(params.items[0].value, "\r\n--edg\r\n-\r"));
        assert_true(str_is(params.items[1].name, "empty"));
        assert_int_equal(params.items[1].value.len, 0);
        struct uploads files = upload_all(set);
        assert_int_equal(files.count, 1);
        assert_true(str_is(files.items[0].name, "a \"b\".txt"));
        assert_int_equal(files.items[0].size, sizeof FILE_BYTES - 1);
        assert_true(str_eq(files.items[0].sha256, digest_hex(mem, str_of(FILE_BYTES))));
        arena_free(mem);
    }
}

static void digest_and_limits_of_files(void **state)
{
    static const struct {
        const char *body, *fault;
        i64 files, bytes;
    } CASES[] = {
        { "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x\"\r\n\r\n12345\r\n--b--",
          "", 1, 5 },
        { "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x\"\r\n"
          "\r\n123456\r\n--b--",
          "web.too_big", 1, 5 },
        { "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x\"\r\n\r\n1\r\n--b\r\n"
          "Content-Disposition: form-data; name=\"f\"; filename=\"y\"\r\n\r\n1\r\n--b--",
          "web.too_many_files", 1, 5 },
        { "--b\r\nContent-Disposition: form-data; filename=\"x\"\r\n\r\n1\r\n--b--",
          "web.multipart", 1, 5 },
        { "--b\r\nContent-Disposition: attachment; name=\"x\"\r\n\r\n1\r\n--b--", "web.multipart",
          1, 5 },
        { "--b\r\nContent-Disposition: form-data; name=\"x\"\r\n"
          "Content-Transfer-Encoding: base64\r\n\r\n1\r\n--b--",
          "web.multipart", 1, 5 },
        { "--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n\xC3\r\n--b--", "web.encoding",
          1, 5 },
        { "--b\r\n\r\n1\r\n--b--", "web.multipart", 1, 5 },
        { "--b--", "", 1, 5 },
        { "", "web.multipart", 1, 5 },
        { "--b", "web.multipart", 1, 5 },
        { "--b \r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n1\r\n--b--", "web.multipart",
          1, 5 },
        { "no boundary at all", "web.multipart", 1, 50 },
    };
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct arena *mem = arena_new(1 << 22, 0);
        struct params params = { 0 };
        struct upload_set *set;
        struct upload_limits limits = { str_of("/tmp"), CASES[i].files, CASES[i].bytes };
        assert_int_equal(
            upload_start(mem, str_of("multipart/form-data; boundary=b"), limits, &set).code, 0);
        err e = upload_add(set, str_of(CASES[i].body));
        if (e.code == ERR_NONE)
            e = upload_end(set, &params);
        if (strcmp(e.name ? e.name : "", CASES[i].fault) != 0)
            fail_msg("case %zu: %s", i, e.name ? e.name : "fine");
        arena_free(mem);
    }
}

/* ---- JSON out ---- */

struct item {
    i64 id, due_on, made_at;
    bool open;
    str title;
    strs lines;
    ids agencies;
};
static const struct field ITEM[] = {
    FIELD(struct item, id),       FIELD(struct item, due_on),
    FIELD(struct item, made_at),  FIELD(struct item, open),
    FIELD(struct item, title),    FIELD(struct item, lines),
    FIELD(struct item, agencies), { 0 },
};

static void json_is_written_with_commas_days_and_times(void **state)
{
    (void)state;
    struct arena *mem = arena_new(1 << 20, 0);
    struct buf *b = buf_new(mem, 10000);
    struct json j = json_on(b);
    str lines[] = { str_of("a"), str_of("\"<\n") };
    i64 agencies[] = { 1, -2 };
    struct item item = { 7, 20782, TEST_NOW_MS, true, str_of("t"), { lines, 2 }, { agencies, 2 } };
    json_array(&j, NULL);
    json_object(&j, NULL);
    json_fields(&j, ITEM, &item);
    json_object_end(&j);
    json_object(&j, NULL);
    json_object_end(&j);
    json_day(&j, NULL, -1);
    json_time(&j, NULL, 0);
    json_bool(&j, NULL, false);
    json_array_end(&j);
    assert_string_equal(
        arena_cstr(mem, buf_str(b)),
        "[{\"id\":7,\"due_on\":\"2026-11-25\",\"made_at\":\"2026-11-25T09:00:00.000+08:00\","
        "\"open\":true,\"title\":\"t\",\"lines\":[\"a\",\"\\\"\\u003c\\n\"],\"agencies\":[1,-2]},"
        "{},null,null,false]");
    arena_free(mem);
}

int main(void)
{
    static const struct CMUnitTest TESTS[] = {
        cmocka_unit_test_setup_teardown(inputs_by_table, set_up, tear_down),
        cmocka_unit_test_setup_teardown(too_many_fields_are_refused, set_up, tear_down),
        cmocka_unit_test(multipart_is_the_same_however_it_is_cut),
        cmocka_unit_test(digest_and_limits_of_files),
        cmocka_unit_test(json_is_written_with_commas_days_and_times),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("web_forms", TESTS, NULL, NULL);
}
