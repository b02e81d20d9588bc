/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Days, dates, clocks and random numbers. Expected days are facts of the calendar, counted apart
 * from the code under test (by walking day by day with the Gregorian rule). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "platform/base/clock.h"
#include "platform/base/str.h"

static const i64 DAY_MS = 86400000;

static void known_days(void **state)
{
    (void)state;
    static const struct {
        int year, month, day;
        i64 number;
        int weekday; /* 0 = Monday */
    } CASES[] = {
        { 1970, 1, 1, 0, 3 },                                  /* a Thursday */
        { 1969, 12, 31, -1, 2 },                               /* a birthday like any other */
        { 1949, 10, 1, -7397, 5 },                             /* Saturday */
        { 2000, 2, 29, 11016, 1 },                             /* leap: divisible by 400 */
        { 2024, 2, 29, 19782, 3 }, { 2026, 11, 25, 20782, 2 }, /* Wednesday */
        { 2038, 1, 19, 24855, 1 },                             /* the last day of 32-bit seconds */
        { 2038, 1, 20, 24856, 2 }, { 9999, 12, 31, 2932896, 4 }, { 1, 1, 1, -719162, 0 },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        int y, m, d;
        assert_int_equal(day_from_civil(CASES[i].year, CASES[i].month, CASES[i].day),
                         CASES[i].number);
        day_to_civil(CASES[i].number, &y, &m, &d);
        assert_int_equal(y, CASES[i].year);
        assert_int_equal(m, CASES[i].month);
        assert_int_equal(d, CASES[i].day);
        assert_int_equal(day_weekday(CASES[i].number), CASES[i].weekday);
    }
}

static int length_of(int year, int month)
{
    if (month == 2)
        return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/* Walks through every day from 1800 to 2400. */
static void every_day_follows_the_one_before(void **state)
{
    (void)state;
    i64 number = day_from_civil(1800, 1, 1);
    for (int y = 1800; y <= 2400; y++)
        for (int m = 1; m <= 12; m++)
            for (int d = 1; d <= length_of(y, m); d++, number++) {
                int year, month, day;
                assert_int_equal(day_from_civil(y, m, d), number);
                day_to_civil(number, &year, &month, &day);
                assert_true(year == y && month == m && day == d);
            }
}

static void impossible_dates(void **state)
{
    (void)state;
    static const int DATES[][3] = { { 2026, 2, 29 }, { 1900, 2, 29 }, { 2100, 2, 29 },
                                    { 2026, 4, 31 }, { 2026, 0, 1 },  { 2026, 13, 1 },
                                    { 2026, 1, 0 },  { 2026, 1, 32 }, { 0, 1, 1 },
                                    { 10000, 1, 1 }, { -5, 1, 1 },    { 2026, -1, 1 } };
    for (size_t i = 0; i < sizeof DATES / sizeof *DATES; i++)
        assert_true(day_from_civil(DATES[i][0], DATES[i][1], DATES[i][2]) == DAY_NONE);
}

/* China Standard Time is UTC+8: a day begins at 16:00 UTC of the day before. */
static void a_day_is_chinas_day(void **state)
{
    (void)state;
    i64 day = day_from_civil(2026, 11, 25), start = day_start_ms(day);
    assert_int_equal(start, day * DAY_MS - 8 * 3600000);
    assert_int_equal(day_of_ms(start), day);
    assert_int_equal(day_of_ms(start - 1), day - 1);
    assert_int_equal(day_of_ms(start + DAY_MS - 1), day);
    assert_int_equal(day_of_ms(0), 0);
    assert_int_equal(day_of_ms(-8 * 3600000), 0);
    assert_int_equal(day_of_ms(-8 * 3600000 - 1), -1);
    assert_int_equal(day_of_ms(2147483648000), day_from_civil(2038, 1, 19)); /* past 2^31 seconds */
    assert_int_equal(day_weekday(-1), 2);
    assert_int_equal(day_weekday(-7), 3);
}

static void months_keep_to_their_end(void **state)
{
    (void)state;
    static const struct {
        int from[3];
        i64 months;
        int to[3];
    } CASES[] = {
        { { 2026, 1, 31 }, 1, { 2026, 2, 28 } },   { { 2024, 1, 31 }, 1, { 2024, 2, 29 } },
        { { 2026, 3, 31 }, -1, { 2026, 2, 28 } },  { { 2026, 11, 25 }, 2, { 2027, 1, 25 } },
        { { 2026, 1, 15 }, -1, { 2025, 12, 15 } }, { { 2024, 2, 29 }, 12, { 2025, 2, 28 } },
        { { 2024, 2, 29 }, 48, { 2028, 2, 29 } },  { { 2026, 12, 31 }, 0, { 2026, 12, 31 } },
        { { 2026, 5, 31 }, -25, { 2024, 4, 30 } },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        const int *f = CASES[i].from, *t = CASES[i].to;
        assert_int_equal(day_add_months(day_from_civil(f[0], f[1], f[2]), CASES[i].months),
                         day_from_civil(t[0], t[1], t[2]));
    }
    assert_true(day_add_months(day_from_civil(9999, 12, 31), 1) == DAY_NONE);
}

static void dates_are_read_in_the_usual_forms(void **state)
{
    (void)state;
    static const char *const GOOD[] = { "2026-11-05",        "2026/11/05",  "2026.11.05",
                                        "2026年11月5日",     "20261105",    "2026-11-5",
                                        " 2026-11-05\u3000", "2026年11月05" };
    static const char *const BAD[] = { "",
                                       "2026",
                                       "2026-11",
                                       "2026-11-31",
                                       "2026-13-01",
                                       "26-11-05",
                                       "2026-11-05x",
                                       "2026-11-",
                                       "20261131",
                                       "+2026110",
                                       "-2026110",
                                       "+9990101",
                                       "2026 11 05",
                                       "abcd-11-05",
                                       "2026-1105",
                                       "2026-111-05",
                                       "99999-01-01",
                                       "2026-11-05-06" };
    i64 day;
    for (size_t i = 0; i < sizeof GOOD / sizeof *GOOD; i++) {
        day = 0;
        assert_true(day_parse(str_of(GOOD[i]), &day));
        assert_int_equal(day, day_from_civil(2026, 11, 5));
    }
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++)
        if (day_parse(str_of(BAD[i]), &day))
            fail_msg("accepted '%s'", BAD[i]);
    assert_true(day_parse(str_of("1969-12-31"), &day));
    assert_int_equal(day, -1);
    assert_true(day_parse(str_of("19691231"), &day));
    assert_int_equal(day, -1);
}

static void a_fixed_clock_stands(void **state)
{
    (void)state;
    struct clock fixed = clock_fixed(123), real = clock_system();
    assert_int_equal(fixed.now_ms(&fixed), 123);
    fixed.fixed_ms += 1000;
    assert_int_equal(fixed.now_ms(&fixed), 1123);
    assert_true(real.now_ms(&real) > day_start_ms(day_from_civil(2025, 1, 1)));
    i64 ns = clock_steady_ns(), ms = clock_steady_ms();
    assert_true(clock_steady_ns() >= ns);
    assert_true(clock_steady_ms() >= ms);
}

static void a_seed_gives_its_own_bytes(void **state)
{
    (void)state;
    struct rng a = rng_seeded(7), b = rng_seeded(7), c = rng_seeded(8);
    unsigned char x[37], y[37], z[37];
    a.fill(&a, x, sizeof x);
    b.fill(&b, y, sizeof y);
    c.fill(&c, z, sizeof z);
    assert_memory_equal(x, y, sizeof x);
    assert_memory_not_equal(x, z, sizeof x);
    struct rng s = rng_system();
    s.fill(&s, x, sizeof x);
    s.fill(&s, y, sizeof y);
    assert_memory_not_equal(x, y, sizeof x);
}

/* Chi-squared over 10 cells of 100,000 draws: 9 degrees of freedom exceed 27.88 once in a thousand;
 * the seed is fixed. */
static void draws_are_even(void **state)
{
    (void)state;
    struct rng rng = rng_seeded(20261125);
    i64 cells[10] = { 0 };
    for (int i = 0; i < 100000; i++) {
        i64 value = rng_below(&rng, 10);
        assert_in_range(value, 0, 9);
        cells[value]++;
    }
    double chi = 0;
    for (int i = 0; i < 10; i++)
        chi += (double)((cells[i] - 10000) * (cells[i] - 10000)) / 10000;
    assert_true(chi < 27.88);
    for (int i = 0; i < 100; i++)
        assert_int_equal(rng_below(&rng, 1), 0);
}

/* A bound of 3·2^61: with a bare modulo the lower half of the range would come up twice as often as
 * the upper third. */
static void a_large_bound_is_not_biased(void **state)
{
    (void)state;
    struct rng rng = rng_seeded(1);
    i64 bound = (i64)3 << 61, low = 0;
    for (int i = 0; i < 30000; i++)
        low += rng_below(&rng, bound) < bound / 3;
    assert_in_range(low, 9600, 10400); /* 10,000 ± 5 standard deviations */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_days),
        cmocka_unit_test(every_day_follows_the_one_before),
        cmocka_unit_test(impossible_dates),
        cmocka_unit_test(a_day_is_chinas_day),
        cmocka_unit_test(months_keep_to_their_end),
        cmocka_unit_test(dates_are_read_in_the_usual_forms),
        cmocka_unit_test(a_fixed_clock_stands),
        cmocka_unit_test(a_seed_gives_its_own_bytes),
        cmocka_unit_test(draws_are_even),
        cmocka_unit_test(a_large_bound_is_not_biased),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
