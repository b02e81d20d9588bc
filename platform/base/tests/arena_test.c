/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Arenas: zeroed and aligned memory, marks, cleanups, caps. What stops the process runs in a child.
 * */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "platform/base/arena.h"
#include "platform/base/str.h"
#include "tests/harness/test_err.h"

static void memory_is_zeroed_and_aligned(void **state)
{
    (void)state;
    struct arena *mem = arena_new(1 << 20, 0);
    static const unsigned char ZEROS[70000] = { 0 };
    for (size_t size = 0; size < sizeof ZEROS; size = size * 2 + 1) {
        unsigned char *p = arena_zero(mem, size);
        assert_non_null(p);
        assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
        assert_memory_equal(p, ZEROS, size);
        memset(p, 0xFF, size);
    }
    struct arena_mark mark = arena_mark(mem);
    memset(arena_zero(mem, 100), 0xFF, 100);
    arena_reset_to(mem, mark);
    assert_memory_equal(arena_zero(mem, 100), ZEROS, 100); /* used memory is zeroed again */
    arena_free(mem);
}

static void text_is_copied_with_a_nul_behind(void **state)
{
    (void)state;
    struct arena *mem = arena_new(1 << 20, 0);
    char text[] = "hearth";
    str copy = arena_str(mem, (str){ text, 4 });
    text[0] = 'x';
    assert_true(str_is(copy, "hear"));
    assert_int_equal(copy.ptr[4], 0);
    assert_string_equal(arena_cstr(mem, (str){ NULL, 0 }), "");
    str formatted = arena_printf(mem, "%d-%s", 42, "x");
    assert_true(str_is(formatted, "42-x"));
    assert_int_equal(formatted.ptr[formatted.len], 0);
    char large[5000];
    memset(large, 'a', sizeof large);
    assert_int_equal(arena_printf(mem, "%.*s", 5000, large).len, 5000);
    arena_free(mem);
}

static char order[8];

static void note(void *letter)
{
    strncat(order, letter, 1);
}

static void cleanups_run_newest_first_and_once(void **state)
{
    (void)state;
    order[0] = 0;
    struct arena *mem = arena_new(1 << 20, 0);
    arena_on_free(mem, note, "a");
    arena_on_free(mem, note, "b");
    struct arena_mark mark = arena_mark(mem);
    arena_on_free(mem, note, "c");
    arena_zero(mem, 100000);
    arena_on_free(mem, note, "d");
    arena_reset_to(mem, mark);
    assert_string_equal(order, "dc");
    arena_reset(mem);
    assert_string_equal(order, "dcba");
    assert_int_equal(arena_used(mem), 0);
    arena_on_free(mem, note, "e");
    arena_free(mem);
    assert_string_equal(order, "dcbae");
    arena_free(NULL);
}

static void use_is_counted_through_blocks_and_marks(void **state)
{
    (void)state;
    struct arena *mem = arena_new(1 << 20, 4 << 20);
    assert_int_equal(arena_used(mem), 0);
    arena_zero(mem, 16);
    struct arena_mark mark = arena_mark(mem);
    for (int i = 0; i < 100; i++)
        arena_zero(mem, 16 * 1024);
    assert_int_equal(arena_used(mem), 16 + 100 * 16 * 1024);
    assert_true(arena_is_over(mem)); /* 1.6 MB of a soft cap of 1 MB: marked, and still served */
    arena_reset_to(mem, mark);
    assert_int_equal(arena_used(mem), 16);
    assert_false(arena_is_over(mem));
    arena_free(mem);
}

static void the_soft_cap_itself_is_not_over(void **state)
{
    (void)state;
    struct arena *mem = arena_new(1024, 0);
    arena_zero(mem, 1024);
    assert_false(arena_is_over(mem));
    arena_zero(mem, 1);
    assert_true(arena_is_over(mem));
    arena_free(mem);
}

static void past_hard_cap(void *unused)
{
    (void)unused;
    struct arena *mem = arena_new(1024, 4096);
    arena_zero(mem, 4096);
    arena_zero(mem, 1);
}

static void past_default_hard_cap(void *unused)
{
    (void)unused;
    struct arena *mem = arena_new(1024, 0);
    arena_zero(mem, 4 * 1024);
    arena_zero(mem, 16);
}

static void huge(void *unused)
{
    (void)unused;
    arena_zero(arena_new(1024, 0), SIZE_MAX - 8);
}

static void a_soft_cap_can_be_raised_not_lowered(void **state)
{
    struct arena *mem = arena_new(1 << 20, 4 << 20);
    (void)state;
    arena_zero(mem, 2 << 20);
    assert_true(arena_is_over(mem));
    arena_widen(mem, 3 << 20);
    assert_false(arena_is_over(mem));
    arena_widen(mem, 1 << 20);
    assert_false(arena_is_over(mem));
    arena_zero(mem, (1 << 20) + 1);
    assert_true(arena_is_over(mem));
    arena_free(mem);
}

static void overflowing_array(void *unused)
{
    (void)unused;
    arena_array(arena_new(1024, 0), SIZE_MAX / 4, 8);
}

static void past_the_hard_cap_the_process_stops(void **state)
{
    (void)state;
    assert_stops(past_hard_cap, NULL, "arena hard cap");
    assert_stops(past_default_hard_cap, NULL, "arena hard cap");
    assert_stops(huge, NULL, "arena hard cap");
    assert_stops(overflowing_array, NULL, "array overflow");
}

static void arrays_hold_their_items(void **state)
{
    (void)state;
    struct arena *mem = arena_new(1 << 20, 0);
    i64 *items = arena_array(mem, 100, sizeof *items);
    for (int i = 0; i < 100; i++)
        assert_int_equal(items[i], 0);
    assert_non_null(arena_array(mem, 0, 8));
    arena_free(mem);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_is_zeroed_and_aligned),
        cmocka_unit_test(text_is_copied_with_a_nul_behind),
        cmocka_unit_test(cleanups_run_newest_first_and_once),
        cmocka_unit_test(use_is_counted_through_blocks_and_marks),
        cmocka_unit_test(the_soft_cap_itself_is_not_over),
        cmocka_unit_test(a_soft_cap_can_be_raised_not_lowered),
        cmocka_unit_test(past_the_hard_cap_the_process_stops),
        cmocka_unit_test(arrays_hold_their_items),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
