/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Runs of four characters that two texts share, by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "platform/text/copies.h"

static i64 degree(const char *title_a, const char *body_a, const char *title_b, const char *body_b)
{
    struct arena *mem = arena_new(1 << 20, 0);
    struct text_runs a = text_runs_of(mem, str_of(title_a), str_of(body_a));
    struct text_runs b = text_runs_of(mem, str_of(title_b), str_of(body_b));
    i64 found = text_copy_degree(&a, &b);
    assert_int_equal(found, text_copy_degree(&b, &a));
    arena_free(mem);
    return found;
}

/* 甲乙丙丁, 乙丙丁戊 against 甲乙丙丁, 乙丙丁己: one of three. */
static void shared_runs_by_all_runs(void **state)
{
    (void)state;
    assert_int_equal(degree("甲乙丙丁戊", "", "甲乙丙丁己", ""), 333);
    assert_int_equal(degree("甲乙丙丁戊", "", "子丑寅卯辰", ""), 0);
}

static void a_run_counts_once(void **state)
{
    (void)state;
    assert_int_equal(degree("甲甲甲甲甲甲甲", "", "甲甲甲甲", ""), 1000);
}

static void marks_width_case_and_where_the_title_ends_do_not_count(void **state)
{
    (void)state;
    assert_int_equal(degree("路灯，坏了！ＡＢ", "", "路灯坏", "了ab"), 1000);
}

static void texts_of_few_characters_are_compared_whole(void **state)
{
    (void)state;
    assert_int_equal(degree("坏了", "", "坏", "了"), 1000);
    assert_int_equal(degree("坏了", "", "坏的", ""), 0);
    assert_int_equal(degree("", "", "", "。"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shared_runs_by_all_runs),
        cmocka_unit_test(a_run_counts_once),
        cmocka_unit_test(marks_width_case_and_where_the_title_ends_do_not_count),
        cmocka_unit_test(texts_of_few_characters_are_compared_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
