/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Digits as people type them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "platform/text/digits.h"

static void only_digits_of_the_right_number_count(void **state)
{
    static const struct {
        const char *typed, *read;
    } CASES[] = {
        { "123456", "123456" },
        { " 12-34 56 ", "123456" },
        { "１２３４５６", "123456" },
        { "12　34　56", "123456" },
        { "12345", "" },
        { "1234567", "" },
        { "12345a", "" },
        { "", "" },
        { "12.3456", "" },
    };
    struct arena *mem = arena_new(1 << 20, 0);
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        assert_true(str_is(digits_read(mem, str_of(CASES[i].typed), 6), CASES[i].read));
    arena_free(mem);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(only_digits_of_the_right_number_count) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
