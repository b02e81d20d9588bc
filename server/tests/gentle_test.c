/* SPDX-License-Identifier: MulanPSL-2.0 */
/* When a backup rests: the lines of /proc/stat, and how much of them is of others. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "server/gentle.h"

static void busy_is_what_is_neither_idle_nor_waiting(void **state)
{
    (void)state;
    assert_int_equal(gentle_busy_ticks("cpu  10 20 30 4000 500 6 7 8 0 0\ncpu0 1"), 73);
    assert_int_equal(gentle_busy_ticks("cpu  10 20 30 4000 500 6 7"), 73);
    assert_int_equal(gentle_busy_ticks("cpu  10 20 30"), -1);
    assert_int_equal(gentle_busy_ticks("intr 10 20 30 4000 500 6 7"), -1);
    assert_int_equal(gentle_busy_ticks(""), -1);
}

/* In one second of 100 ticks, this process having worked 300 ms. */
static void only_what_others_do_counts(void **state)
{
    static const struct {
        i64 ticks;
        bool others;
    } CASES[] = { { 30, false }, { 40, false }, { 41, true }, { 130, true } };
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct gentle_moment from = { 1000, 5000000, 9000000 };
        struct gentle_moment to = { 1000 + CASES[i].ticks, 5300000, 10000000 };
        assert_int_equal(gentle_others_work(&from, &to, 100), CASES[i].others);
    }
    struct gentle_moment unknown = { -1, 0, 0 }, later = { 500, 0, 1000000 };
    assert_false(gentle_others_work(&unknown, &later, 100));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(busy_is_what_is_neither_idle_nor_waiting),
        cmocka_unit_test(only_what_others_do_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
