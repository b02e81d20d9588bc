/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The table of interface texts: what a file may hold, what is refused, what a lookup gives. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "embed.h"
#include "platform/base/buf.h"
#include "platform/base/clock.h"
#include "platform/text/texts.h"

static struct arena *mem;

static int set_up(void **state)
{
    (void)state;
    mem = arena_new(16 << 20, 0);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(mem);
    return 0;
}

static err load(const char *one, const char *two)
{
    struct embed_file *files = arena_array(mem, 3, sizeof *files);
    files[0] = (struct embed_file){ "one.txt", (const unsigned char *)one, strlen(one) };
    files[1] = (struct embed_file){ "two.txt", (const unsigned char *)two, strlen(two) };
    return text_load(mem, files);
}

static void assert_str(str got, const char *expected)
{
    assert_string_equal(arena_cstr(mem, got), expected);
}

static void names_find_their_words(void **state)
{
    (void)state;
    err e = load("# words\n\na.b = 提案\r\n  c_d-1.E=  x = y  \n", "f = 一\\n二\\\\n");
    assert_int_equal(e.code, ERR_NONE);
    assert_str(text_find("a.b"), "提案");
    assert_str(text_find("c_d-1.E"), "x = y");
    assert_str(text_find("f"), "一\n二\\n");
    assert_int_equal(text_count(), 3);
    /* other words for a name at the same address, another name at the same address */
    char name[] = "a.b";
    assert_str(text_find(name), "提案");
    memcpy(name, "f", 2);
    assert_str(text_find(name), "一\n二\\n");
    assert_int_equal(load("a.b = 案", "f = 二").code, ERR_NONE);
    assert_str(text_find("a.b"), "案");
    assert_str(text_find(name), "二");
}

static void a_missing_name_gives_itself(void **state)
{
    (void)state;
    assert_int_equal(load("a = b", "").code, ERR_NONE);
    assert_str(text_find("proposals.none"), "proposals.none");
    assert_str(text_label("states.proposals", str_of("filed")), "filed");
    assert_false(text_has("proposals.none"));
    assert_true(text_has("a"));
}

static void a_label_is_found_by_prefix_and_code(void **state)
{
    (void)state;
    assert_int_equal(load("states.proposals.filed = 已立案\nstates.proposals = x", "").code,
                     ERR_NONE);
    assert_str(text_label("states.proposals", str_of("filed")), "已立案");
    assert_str(text_label("states.proposals", str_of("file")), "file");
    assert_str(text_label("states", str_of("proposals.filed")), "已立案");
}

static void arguments_take_their_places(void **state)
{
    (void)state;
    assert_int_equal(load("n = {0} 天，{1}，{0}{2}{\nm = 无", "").code, ERR_NONE);
    assert_str(text_format(mem, "n", str_of("五"), str_of("{0}")), "五 天，{0}，五{2}{");
    assert_str(text_format(mem, "m", str_of("五"), str_of("")), "无");
    assert_str(text_format(mem, "x{0}", str_of("五"), str_of("")), "x五");
}

struct bad {
    const char *one, *two, *name, *file, *line;
};

static void faulty_files_are_refused_whole(void **state)
{
    static const struct bad BAD[] = {
        { "a = 1\nb = 2\na = 3", "", "texts.duplicate", "one.txt", "a = 3" },
        { "a = 1", "x = 1\na = 1", "texts.duplicate", "two.txt", "a = 1" },
        { "a", "", "texts.malformed", "one.txt", "a" },
        { "a =", "", "texts.malformed", "one.txt", "a =" },
        { " = b", "", "texts.malformed", "one.txt", "= b" },
        { "a b = c", "", "texts.malformed", "one.txt", "a b = c" },
        { "提 = c", "", "texts.malformed", "one.txt", "提 = c" },
        { "a = \xFF", "", "texts.malformed", "one.txt", "a = \xFF" },
    };
    (void)state;
    assert_int_equal(load("kept = 原来的", "").code, ERR_NONE);
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        err e = load(BAD[i].one, BAD[i].two);
        assert_int_equal(e.code, ERR_INVALID);
        assert_string_equal(e.name, BAD[i].name);
        assert_str(e.arg[0], BAD[i].file);
        assert_str(e.arg[1], BAD[i].line);
        assert_str(text_find("kept"), "原来的");
    }
}

static void many_names_are_all_found(void **state)
{
    struct buf *file = buf_new(mem, 1 << 20);
    (void)state;
    for (int i = 0; i < 5000; i++)
        buf_printf(file, "name.%d = words %d\n", i, i);
    assert_int_equal(load(arena_cstr(mem, buf_str(file)), "").code, ERR_NONE);
    assert_int_equal(text_count(), 5000);
    for (int i = 0; i < 5000; i++) {
        const char *name = arena_cstr(mem, arena_printf(mem, "name.%d", i));
        assert_str(text_find(name), arena_cstr(mem, arena_printf(mem, "words %d", i)));
    }
}

static void codes_of_a_prefix_come_in_order(void **state)
{
    (void)state;
    assert_int_equal(load("s.b = two\ns.a = one\ns.a.x = deeper\nsa.c = other\n", "").code,
                     ERR_NONE);
    strs codes = text_codes(mem, "s");
    assert_int_equal(codes.count, 2);
    assert_str(codes.items[0], "a");
    assert_str(codes.items[1], "b");
    assert_int_equal(text_codes(mem, "none").count, 0);
}

static void the_texts_in_the_binary_load(void **state)
{
    (void)state;
    err e = text_load(mem, embed_texts);
    if (e.code)
        fail_msg("%s: %s: %s", e.name, arena_cstr(mem, e.arg[0]), arena_cstr(mem, e.arg[1]));
}

static void a_day_has_four_two_and_two_digits(void **state)
{
    (void)state;
    struct arena *own = arena_new(1 << 16, 0);
    static const struct {
        int year, month, day;
        const char *words;
    } DAYS[] = {
        { 2026, 11, 25, "2026-11-25" }, { 2027, 1, 2, "2027-01-02" }, { 2024, 2, 29, "2024-02-29" },
        { 1949, 9, 21, "1949-09-21" }, /* before the epoch: birthdays are */
        { 1970, 1, 1, "1970-01-01" },
    };
    for (size_t i = 0; i < sizeof DAYS / sizeof *DAYS; i++)
        assert_true(str_is(text_day(own, day_from_civil(DAYS[i].year, DAYS[i].month, DAYS[i].day)),
                           DAYS[i].words));
    arena_free(own);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(names_find_their_words, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_missing_name_gives_itself, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_label_is_found_by_prefix_and_code, set_up, tear_down),
        cmocka_unit_test_setup_teardown(arguments_take_their_places, set_up, tear_down),
        cmocka_unit_test_setup_teardown(faulty_files_are_refused_whole, set_up, tear_down),
        cmocka_unit_test_setup_teardown(many_names_are_all_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(codes_of_a_prefix_come_in_order, set_up, tear_down),
        cmocka_unit_test(a_day_has_four_two_and_two_digits),
        cmocka_unit_test_setup_teardown(the_texts_in_the_binary_load, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
