/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Buffers: growth to the maximum and not beyond, escaping for HTML and JSON; and the names of
 * errors. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "platform/base/buf.h"
#include "platform/base/err.h"

static struct arena *mem;

static int set_up(void **state)
{
    (void)state;
    mem = arena_new(64 << 20, 0);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(mem);
    return 0;
}

static void assert_buf(const struct buf *b, const char *expected)
{
    str s = buf_str(b);
    if (!str_is(s, expected))
        fail_msg("expected '%s', got '%.*s'", expected, (int)s.len, s.ptr);
}

static void text_is_appended(void **state)
{
    (void)state;
    struct buf *b = buf_new(mem, 1000);
    assert_buf(b, "");
    buf_put(b, "a");
    buf_put_byte(b, 'b');
    buf_add(b, (str){ "cd", 2 });
    buf_add(b, (str){ NULL, 0 });
    buf_put(b, NULL);
    buf_put_i64(b, 0);
    buf_put_i64(b, -15);
    buf_printf(b, "%s:%03d", "x", 7);
    assert_buf(b, "abcd0-15x:007");
    assert_false(buf_is_full(b));
}

/* Many a field of a form is empty: its buffer must not cost the first step of growth. */
static void nothing_takes_no_memory(void **state)
{
    (void)state;
    struct buf *b = buf_new(mem, 1000);
    size_t before = arena_used(mem);
    buf_add(b, str_of(""));
    buf_put(b, NULL);
    buf_printf(b, "%s", "");
    buf_put_html(b, str_of(""));
    assert_buf(b, "");
    assert_false(buf_is_full(b));
    assert_int_equal(arena_used(mem), before);
    buf_put_byte(b, 'a');
    buf_add(b, str_of(""));
    assert_buf(b, "a");
    assert_true(arena_used(mem) > before);
}

static void the_extremes_of_numbers(void **state)
{
    (void)state;
    struct buf *b = buf_new(mem, 100);
    buf_put_i64(b, INT64_MIN);
    buf_put_byte(b, ' ');
    buf_put_i64(b, INT64_MAX);
    assert_buf(b, "-9223372036854775808 9223372036854775807");
}

static void a_buffer_holds_its_maximum_and_no_more(void **state)
{
    (void)state;
    struct buf *b = buf_new(mem, 10);
    buf_put(b, "01234567");
    buf_put(b, "89");
    assert_false(buf_is_full(b));
    buf_put(b, "");
    assert_false(buf_is_full(b));
    buf_put_byte(b, 'x');
    assert_true(buf_is_full(b));
    buf_put(b, "");
    assert_buf(b, "0123456789");
    struct buf *once = buf_new(mem, 10);
    buf_put(
        once,
        "01234567890"); /* what does not fit whole is dropped whole, and so is all that follows */
    buf_put_byte(once, 'x');
    assert_buf(once, "");
    assert_true(buf_is_full(once));
    struct buf *formatted = buf_new(mem, 10);
    buf_printf(formatted, "%010d", 5);
    assert_buf(formatted, "0000000005");
    assert_false(buf_is_full(formatted));
    buf_printf(formatted, "%d", 5);
    assert_true(buf_is_full(formatted));
    assert_buf(formatted, "0000000005");
}

static void it_grows_over_many_sizes(void **state)
{
    (void)state;
    struct buf *b = buf_new(mem, 1 << 20);
    for (int i = 0; i < 100000; i++)
        buf_put_byte(b, (char)('a' + i % 26));
    assert_int_equal(buf_str(b).len, 100000);
    for (size_t i = 0; i < 100000; i++)
        assert_int_equal(buf_str(b).ptr[i], 'a' + i % 26);
    char *room = buf_room(b, 5000);
    assert_non_null(room);
    memset(room, '!', 5000);
    b->len += 5000;
    assert_int_equal(buf_str(b).ptr[104999], '!');
    assert_null(buf_room(b, 1 << 20));
}

static void html_is_escaped(void **state)
{
    (void)state;
    struct buf *b = buf_new(mem, 1000);
    buf_put_html(b, str_of("<script>alert(\"x\" & 'y')</script>火塘"));
    assert_buf(b, "&lt;script&gt;alert(&quot;x&quot; &amp; &#39;y&#39;)&lt;/script&gt;火塘");
    struct buf *plain = buf_new(mem, 1000);
    buf_put_html(plain, str_of("plain"));
    buf_put_html(plain, str_of(""));
    buf_put_html(plain, str_of("&&"));
    assert_buf(plain, "plain&amp;&amp;");
}

/* Every byte at every place of texts up to three pieces long, against the plain way. */
static void html_is_escaped_wherever_it_stands(void **state)
{
    (void)state;
    static const char SPECIAL[] = "&<>\"'",
                      X[] = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
    static const char *const ESCAPED[] = { "&amp;", "&lt;", "&gt;", "&quot;", "&#39;" };
    char text[sizeof X], want[64];
    for (size_t len = 1; len < sizeof X; len++)
        for (size_t at = 0; at < len; at++)
            for (int c = 1; c < 256; c++) {
                const char *special = strchr(SPECIAL, c), itself[] = { (char)c, 0 };
                memcpy(text, X, len);
                text[at] = (char)c;
                int n =
                    snprintf(want, sizeof want, "%.*s%s%.*s", (int)at, X,
                             special ? ESCAPED[special - SPECIAL] : itself, (int)(len - at - 1), X);
                arena_reset(mem);
                struct buf *b = buf_new(mem, 1000);
                buf_put_html(b, (str){ text, len });
                assert_int_equal(b->len, n);
                assert_memory_equal(b->ptr, want, b->len);
            }
}

static void json_is_escaped(void **state)
{
    (void)state;
    struct buf *b = buf_new(mem, 1000);
    buf_put_json(b, str_of("a\"b\\c\n\t\x01</火\u2028\x7F"));
    assert_buf(b, "\"a\\\"b\\\\c\\n\\u0009\\u0001\\u003c/火\\u2028\\u007f\"");
    struct buf *bad = buf_new(mem, 1000);
    buf_put_json(bad, (str){ "x\xFF\xE7\x81y", 5 });
    assert_buf(bad, "\"x\uFFFD\uFFFD\uFFFDy\"");
}

/* Every pair of bytes gives valid JSON that reads back as the same text, malformed parts replaced.
 * */
static void json_of_any_bytes_is_valid(void **state)
{
    (void)state;
    for (int i = 0; i < 65536; i++) {
        char bytes_of[2] = { (char)(i >> 8), (char)(i & 0xFF) };
        str in = { bytes_of, 2 };
        struct arena_mark mark = arena_mark(mem);
        struct buf *b = buf_new(mem, 100);
        buf_put_json(b, in);
        json_t *back =
            json_loadb(buf_str(b).ptr, buf_str(b).len, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
        if (!back)
            fail_msg("bytes %04x: not JSON: %.*s", i, (int)buf_str(b).len, buf_str(b).ptr);
        str out = { json_string_value(back), json_string_length(back) };
        if (str_is_utf8(in))
            assert_true(str_eq(in, out));
        json_decref(back);
        arena_reset_to(mem, mark);
    }
}

static err inner(int fail)
{
    return fail ? err_make_with(ERR_CONFLICT, "test.name", str_of("a"), str_of("b")) : OK;
}

static err outer(int fail)
{
    TRY(inner(fail));
    return OK;
}

static void errors_carry_name_and_first_place(void **state)
{
    (void)state;
    err e = outer(0);
    assert_int_equal(e.code, ERR_NONE);
    assert_false(err_is(e, "test.name"));
    e = outer(1);
    assert_int_equal(e.code, ERR_CONFLICT);
    assert_true(err_is(e, "test.name"));
    assert_false(err_is(e, "test.other"));
    assert_true(str_is(e.arg[0], "a"));
    assert_true(str_is(e.arg[1], "b"));
    assert_true(e.line > 0);
    err again = err_at(e, "elsewhere.c", 1);
    assert_string_equal(again.file, e.file);
    static const struct {
        enum err_code code;
        int status;
        const char *name;
    } CODES[] = {
        { ERR_NONE, 200, "NONE" },         { ERR_NOT_FOUND, 404, "NOT_FOUND" },
        { ERR_INVALID, 422, "INVALID" },   { ERR_FORBIDDEN, 403, "FORBIDDEN" },
        { ERR_CONFLICT, 409, "CONFLICT" }, { ERR_LIMIT, 429, "LIMIT" },
        { ERR_BUSY, 503, "BUSY" },         { ERR_INTERNAL, 500, "INTERNAL" },
    };
    for (size_t i = 0; i < sizeof CODES / sizeof *CODES; i++) {
        assert_int_equal(err_status(CODES[i].code), CODES[i].status);
        assert_string_equal(err_code_name(CODES[i].code), CODES[i].name);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(text_is_appended, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nothing_takes_no_memory, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_extremes_of_numbers, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_buffer_holds_its_maximum_and_no_more, set_up, tear_down),
        cmocka_unit_test_setup_teardown(it_grows_over_many_sizes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(html_is_escaped, set_up, tear_down),
        cmocka_unit_test_setup_teardown(html_is_escaped_wherever_it_stands, set_up, tear_down),
        cmocka_unit_test_setup_teardown(json_is_escaped, set_up, tear_down),
        cmocka_unit_test_setup_teardown(json_of_any_bytes_is_valid, set_up, tear_down),
        cmocka_unit_test(errors_carry_name_and_first_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
