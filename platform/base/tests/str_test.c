/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Text: comparing, finding, cutting, numbers, UTF-8 by the tables of RFC 3629 and the Unicode
 * standard. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "platform/base/str.h"

static str all(const char *text, size_t size)
{
    return (str){ text, size };
}

static void comparing(void **state)
{
    (void)state;
    assert_true(str_eq(str_of("a"), str_of("a")));
    assert_false(str_eq(str_of("a"), str_of("ab")));
    assert_true(str_eq(all(NULL, 0), str_of("")));
    assert_true(str_eq(all("a\0b", 3), all("a\0b", 3)));
    assert_false(str_eq(all("a\0b", 3), all("a\0c", 3)));
    assert_int_equal(str_of(NULL).len, 0);
    assert_true(str_is(str_of("火塘"), "火塘"));
    assert_true(str_cmp(str_of("a"), str_of("b")) < 0);
    assert_true(str_cmp(str_of("b"), str_of("a")) > 0);
    assert_true(str_cmp(str_of("a"), str_of("ab")) < 0);
    assert_int_equal(str_cmp(str_of("ab"), str_of("ab")), 0);
    assert_true(str_cmp(str_of("z"), str_of("火")) < 0); /* bytes, not signed characters */
    assert_true(str_starts(str_of("abc"), str_of("ab")));
    assert_true(str_starts(str_of("abc"), str_of("")));
    assert_false(str_starts(str_of("a"), str_of("ab")));
    assert_true(str_ends(str_of("abc"), str_of("bc")));
    assert_false(str_ends(str_of("c"), str_of("bc")));
}

static void finding_and_cutting(void **state)
{
    (void)state;
    str s = str_of("one,two,,three");
    assert_int_equal(str_find(s, str_of("two"), 0), 4);
    assert_int_equal(str_find(s, str_of("two"), 5), -1);
    assert_int_equal(str_find(s, str_of(""), 3), 3);
    assert_int_equal(str_find(s, str_of("x"), 99), -1);
    assert_int_equal(str_find(s, str_of(""), s.len), (i64)s.len);
    assert_true(str_is(str_sub(s, 4, 3), "two"));
    assert_int_equal(str_sub(s, 99, 3).len, 0);
    assert_true(str_is(str_sub(s, 9, SIZE_MAX), "three"));
    static const char *const PARTS[] = { "one", "two", "", "three" };
    str rest = s, part;
    for (size_t i = 0; i < 4; i++) {
        assert_true(str_split(&rest, ',', &part));
        assert_true(str_is(part, PARTS[i]));
    }
    assert_false(str_split(&rest, ',', &part));
    rest = str_of("");
    assert_false(str_split(&rest, ',', &part));
}

static void trimming(void **state)
{
    (void)state;
    assert_true(str_is(str_trim(str_of(" \t\r\n a b \v\f")), "a b"));
    /* U+3000 ideographic space, U+00A0, U+FEFF */
    assert_true(str_is(str_trim(str_of("\u3000\u00A0提案\uFEFF\u3000")), "提案"));
    assert_int_equal(str_trim(str_of(" \u3000 ")).len, 0);
    assert_int_equal(str_trim(str_of("")).len, 0);
    /* a malformed byte is no space, and the last byte of a character is not taken for one */
    assert_int_equal(str_trim(all("\xA0", 1)).len, 1);
    assert_true(str_is(str_trim(str_of("猫 ")), "猫"));
}

static void numbers(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool good;
        i64 value;
    } CASES[] = {
        { "0", true, 0 },
        { "+5", true, 5 },
        { "-5", true, -5 },
        { "007", true, 7 },
        { "9223372036854775807", true, INT64_MAX },
        { "-9223372036854775808", true, INT64_MIN },
        { "9223372036854775808", false, 0 },
        { "-9223372036854775809", false, 0 },
        { "99999999999999999999999", false, 0 },
        { "", false, 0 },
        { "-", false, 0 },
        { "+", false, 0 },
        { " 1", false, 0 },
        { "1 ", false, 0 },
        { "1.0", false, 0 },
        { "0x1", false, 0 },
        { "--1", false, 0 },
        { "１", false, 0 },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        i64 value = -77;
        assert_int_equal(str_to_i64(str_of(CASES[i].text), &value), CASES[i].good);
        assert_int_equal(value, CASES[i].good ? CASES[i].value : -77);
    }
    i64 value;
    assert_false(str_to_i64(all("1\0", 2), &value));
}

/* Well-formed and malformed byte sequences, Unicode standard table 3-7. */
static const struct {
    const char *bytes;
    size_t size;
    bool good;
} UTF8[] = {
    { "", 0, true },
    { "\0", 1, true },
    { "\x7F", 1, true },
    { "\xC2\x80", 2, true },
    { "\xDF\xBF", 2, true },
    { "\xE0\xA0\x80", 3, true },
    { "\xED\x9F\xBF", 3, true },
    { "\xEE\x80\x80", 3, true },
    { "\xEF\xBF\xBF", 3, true },
    { "\xF0\x90\x80\x80", 4, true },
    { "\xF4\x8F\xBF\xBF", 4, true },
    { "\x80", 1, false }, /* a lone continuation */
    { "\xBF\xBF", 2, false },
    { "\xC0\x80", 2, false }, /* overlong NUL */
    { "\xC1\xBF", 2, false },
    { "\xE0\x9F\xBF", 3, false }, /* overlong */
    { "\xF0\x8F\xBF\xBF", 4, false },
    { "\xED\xA0\x80", 3, false }, /* surrogates */
    { "\xED\xBF\xBF", 3, false },
    { "\xF4\x90\x80\x80", 4, false }, /* past U+10FFFF */
    { "\xF5\x80\x80\x80", 4, false },
    { "\xFF", 1, false },
    { "\xFE\xFE", 2, false },
    { "\xC2", 1, false }, /* cut short */
    { "\xE7\x81", 2, false },
    { "\xF0\x90\x80", 3, false },
    { "\xC2\x41", 2, false }, /* continuation missing */
    { "\xE7\x81\x41", 3, false },
    { "ok\xE7\x81\xAB\xFF", 6, false },
};

static void utf8_is_judged_by_the_standard(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof UTF8 / sizeof *UTF8; i++)
        if (str_is_utf8(all(UTF8[i].bytes, UTF8[i].size)) != UTF8[i].good)
            fail_msg("case %zu", i);
}

/* Whatever the bytes are, decoding goes on by at least one and never past the end. */
static void decoding_always_advances(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof UTF8 / sizeof *UTF8; i++) {
        str s = all(UTF8[i].bytes, UTF8[i].size);
        bool replaced = false;
        for (size_t at = 0, before = 0; at < s.len; before = at) {
            replaced |= str_next_char(s, &at) == 0xFFFD;
            assert_true(at > before && at <= s.len);
        }
        assert_int_equal(replaced, !UTF8[i].good);
    }
}

static void every_character_survives_encoding(void **state)
{
    (void)state;
    for (uint32_t c = 0; c <= 0x10FFFF; c += c < 0x3000 ? 1 : 7) {
        if (c >= 0xD800 && c <= 0xDFFF)
            continue;
        char out[4];
        size_t n = str_put_char(c, out), at = 0;
        assert_true(str_is_utf8(all(out, n)));
        assert_int_equal(str_next_char(all(out, n), &at), c);
        assert_int_equal(at, n);
    }
}

static void characters_are_counted_and_cut_whole(void **state)
{
    (void)state;
    str s = str_of("a提案\U0001F525b");
    assert_int_equal(str_chars(s), 5);
    assert_true(str_is(str_cut_chars(s, 0), ""));
    assert_true(str_is(str_cut_chars(s, 2), "a提"));
    assert_true(str_is(str_cut_chars(s, 4), "a提案\U0001F525"));
    assert_true(str_eq(str_cut_chars(s, 99), s));
    assert_int_equal(str_cut_chars(s, -1).len, 0);
}

static void letters_and_hexadecimal(void **state)
{
    (void)state;
    struct arena *mem = arena_new(1 << 16, 0);
    assert_true(str_is(str_lower_ascii(mem, str_of("AZaz09É火")), "azaz09É火"));
    assert_true(
        str_is(str_hex(mem, (bytes){ (const unsigned char *)"\0\x0F\xF0\xFF", 4 }), "000ff0ff"));
    assert_int_equal(str_hex(mem, (bytes){ NULL, 0 }).len, 0);
    arena_free(mem);
}

static void lists_grow(void **state)
{
    (void)state;
    struct arena *mem = arena_new(1 << 20, 0);
    strs list = { 0 };
    for (int i = 0; i < 100; i++)
        strs_add(mem, &list, arena_printf(mem, "%d", i));
    assert_int_equal(list.count, 100);
    for (int i = 0; i < 100; i++) {
        i64 value;
        assert_true(str_to_i64(list.items[i], &value));
        assert_int_equal(value, i);
    }
    arena_free(mem);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comparing),
        cmocka_unit_test(finding_and_cutting),
        cmocka_unit_test(trimming),
        cmocka_unit_test(numbers),
        cmocka_unit_test(utf8_is_judged_by_the_standard),
        cmocka_unit_test(decoding_always_advances),
        cmocka_unit_test(every_character_survives_encoding),
        cmocka_unit_test(characters_are_counted_and_cut_whole),
        cmocka_unit_test(letters_and_hexadecimal),
        cmocka_unit_test(lists_grow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
