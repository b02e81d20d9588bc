/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What Word, WPS, chat programs and web pages leave in a text that is pasted, as fixtures of our
 * own (tidy_fixtures.json: raw, and what must be kept of it). The page's own cleaning reads the
 * same file: ui/tests/text.test.mjs; what it gives ("page") must come to the same here. */
#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "platform/base/buf.h"
#include "platform/text/tidy.h"

static const char FIXTURES[] = "platform/text/tests/tidy_fixtures.json";

static str member(const json_t *one, const char *name)
{
    const json_t *value = json_object_get(one, name);
    return (str){ json_string_value(value), json_string_length(value) };
}

static void assert_tidy(struct arena *mem, const json_t *one, str given, str wanted)
{
    str tidy = text_tidy(mem, given);
    if (!str_eq(tidy, wanted))
        fail_msg("%s: \"%.*s\" instead of \"%.*s\"", member(one, "what").ptr, (int)tidy.len,
                 tidy.ptr, (int)wanted.len, wanted.ptr);
}

static void fixtures_come_out_as_told(void **state)
{
    (void)state;
    json_t *all = json_load_file(FIXTURES, JSON_ALLOW_NUL, NULL);
    assert_non_null(all);
    assert_true(json_array_size(all) >= 40);
    for (size_t i = 0; i < json_array_size(all); i++) {
        const json_t *one = json_array_get(all, i);
        struct arena *mem = arena_new(4 << 20, 0);
        str clean = member(one, "clean");
        assert_tidy(mem, one, member(one, "raw"), clean);
        assert_tidy(mem, one, clean, clean);
        /* "alone": what the page has made of it cannot be told any more */
        if (json_object_get(one, "page") && !json_object_get(one, "alone"))
            assert_tidy(mem, one, member(one, "page"), clean);
        arena_free(mem);
    }
    json_decref(all);
}

/* The same numbers each time. */
static uint32_t next(uint32_t *seed)
{
    *seed = *seed * 1664525U + 1013904223U;
    return *seed >> 8;
}

/* Any mixture of what is judged: tidy once is tidy, and what is none of it is all there in order.
 */
static void a_tidy_text_stays_as_it_is(void **state)
{
    static const uint32_t CHARS[] = { '\n',   '\r',   0x0B,   ' ',    '\t',    0xA0,   0x3000,
                                      0x2003, 0x200B, 0x200D, 0x202E, 0xAD,    0xFEFF, 0xF0B7,
                                      0xF0E0, 0xB7,   0x25CF, 'o',    0x1F468, 0xFE0F, 0x653F,
                                      'a',    0x85,   0x2028, 0xD8,   0x2022,  0x20BB7 };
    (void)state;
    uint32_t seed = 2026;
    for (int turn = 0; turn < 20000; turn++) {
        struct arena *mem = arena_new(1 << 20, 0);
        char raw[120];
        size_t len = 0, count = next(&seed) % 24;
        for (size_t i = 0; i < count; i++)
            len += str_put_char(CHARS[next(&seed) % (sizeof CHARS / sizeof *CHARS)], raw + len);
        str once = text_tidy(mem, (str){ raw, len }), twice = text_tidy(mem, once);
        assert_true(str_is_utf8(once));
        if (!str_eq(once, twice))
            fail_msg("\"%.*s\" becomes \"%.*s\"", (int)once.len, once.ptr, (int)twice.len,
                     twice.ptr);
        arena_free(mem);
    }
}

static void what_is_no_text_is_left_to_the_form(void **state)
{
    (void)state;
    struct arena *mem = arena_new(1 << 20, 0);
    static const str CASES[] = { { "\xFF\xFE  ", 4 }, { "a\xED\xA0\x80 ", 5 },
                                 { "a\x01z", 3 },     { "a\0z", 3 },
                                 { "a\x7Fz", 3 },     { "a\xEF\xBF\xBF", 4 } };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        assert_true(str_eq(text_tidy(mem, CASES[i]), CASES[i]));
    assert_int_equal(text_tidy(mem, str_of("")).len, 0);
    arena_free(mem);
}

/* A megabyte of what is looked at most: no step looks back or far ahead. */
static void a_long_text_costs_no_more_by_the_character(void **state)
{
    static const char *const PIECES[] = { "\U0001F468\u200D", "\u200D", "o\u200B",
                                          "\uF0B7\t",         " \t",    "\n" };
    (void)state;
    for (size_t p = 0; p < sizeof PIECES / sizeof *PIECES; p++) {
        struct arena *mem = arena_new(64 << 20, 0);
        struct buf *b = buf_new(mem, 2 << 20);
        while (b->len < 1 << 20)
            buf_put(b, PIECES[p]);
        buf_put(b, "z");
        str tidy = text_tidy(mem, buf_str(b));
        assert_true(tidy.len > 0 && tidy.ptr[tidy.len - 1] == 'z');
        arena_free(mem);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fixtures_come_out_as_told),
        cmocka_unit_test(a_tidy_text_stays_as_it_is),
        cmocka_unit_test(what_is_no_text_is_left_to_the_form),
        cmocka_unit_test(a_long_text_costs_no_more_by_the_character),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
