/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Working days against dates counted by hand on the State Council's notices for 2024, 2025 and 2026
 * (国办发明电 of October 2023, November 2024 and November 2025), and laws that hold on every day of
 * the table. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "platform/base/clock.h"
#include "platform/base/str.h"
#include "platform/calendar/calendar.h"

#include "embed.h"

static struct arena *mem;
static struct calendar *cn;

static i64 on(const char *text)
{
    i64 day = 0;
    assert_true(day_parse(str_of(text), &day));
    return day;
}

static int set_up(void **state)
{
    (void)state;
    mem = arena_new(16 << 20, 0);
    const struct embed_file *file = embed_data;
    while (file->name && strcmp(file->name, "calendar/cn.txt") != 0)
        file++;
    assert_non_null(file->name);
    str text = { (const char *)file->data, file->size };
    err e = calendar_load(mem, text, &cn);
    assert_int_equal(e.code, ERR_NONE);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(mem);
    return 0;
}

static void days_are_on_or_off_as_the_notices_say(void **state)
{
    (void)state;
    static const struct {
        const char *day;
        bool working;
    } CASES[] = {
        { "2024-02-09", true }, /* New Year's Eve of 2024 was a working day */
        { "2024-02-10", false },
        { "2024-02-17", false }, /* Spring Festival: 10–17 February */
        { "2024-02-18", true },  /* a Sunday made up */
        { "2024-02-04", true },  /* a Sunday made up */
        { "2024-02-29", true },  /* leap day, Thursday */
        { "2024-09-29", true },  /* a Sunday made up for the National Day */
        { "2024-10-01", false },
        { "2024-10-07", false }, /* National Day: 1–7 October */
        { "2024-10-08", true },
        { "2024-10-12", true },  /* the latter a Saturday made up */
        { "2024-10-13", false }, /* an ordinary Sunday */
        { "2025-01-26", true },  /* a Sunday made up */
        /* Spring Festival: 28 January – 4 February */
        { "2025-01-28", false },
        { "2025-02-04", false },
        { "2025-02-08", true }, /* a Saturday made up */
        { "2025-09-28", true }, /* a Sunday made up */
        /* National Day and Mid-Autumn: 1–8 October */
        { "2025-10-01", false },
        { "2025-10-08", false },
        { "2025-10-11", true }, /* a Saturday made up */
        { "2025-12-31", true },
        { "2026-01-01", false },
        { "2026-01-02", false },
        { "2026-01-03", false },
        { "2026-01-04", true }, /* a Sunday made up */
        { "2026-02-14", true },
        { "2026-02-15", false },
        { "2026-02-23", false },
        { "2026-02-24", true },
        { "2026-02-28", true },
        { "2026-10-07", false },
        { "2026-10-10", true },
        { "2026-10-11", false },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        if (calendar_is_working(cn, on(CASES[i].day)) != CASES[i].working)
            fail_msg("%s", CASES[i].day);
}

static void due_days_count_from_the_day_after(void **state)
{
    (void)state;
    static const struct {
        const char *day;
        i64 length;
        const char *unit;
        bool roll;
        const char *due;
    } CASES[] = {
        /* Friday 27 September 2024: Sun 29, Mon 30, then 8, 9, 10, 11, Sat 12 October. */
        { "2024-09-27", 1, "working_days", false, "2024-09-29" },
        { "2024-09-27", 2, "working_days", false, "2024-09-30" },
        { "2024-09-27", 3, "working_days", false, "2024-10-08" },
        { "2024-09-27", 7, "working_days", false, "2024-10-12" },
        { "2024-09-27", 8, "working_days", false, "2024-10-14" },
        /* From within the holiday the first working day is 8 October. */
        { "2024-10-03", 1, "working_days", false, "2024-10-08" },
        { "2024-10-03", 0, "working_days", false, "2024-10-03" },
        /* Over the Spring Festival of 2025: 26 (Sun), 27 January, then 5, 6, 7, 8 (Sat)
         * February. */
        { "2025-01-24", 3, "working_days", false, "2025-02-05" },
        { "2025-01-24", 6, "working_days", false, "2025-02-08" },
        /* Over year's end: 31 December 2025 is a Wednesday, 1–3 January off, Sunday 4 on. */
        { "2025-12-31", 1, "working_days", false, "2026-01-04" },
        { "2025-12-30", 3, "working_days", false, "2026-01-05" },
        /* 15 working days from Monday 9 March 2026: no holiday, three weeks. */
        { "2026-03-09", 15, "working_days", false, "2026-03-30" },
        /* Over the leap day. */
        { "2024-02-28", 1, "working_days", false, "2024-02-29" },
        { "2024-02-28", 2, "working_days", false, "2024-03-01" },
        { "2024-02-28", 2, "days", false, "2024-03-01" },
        { "2023-02-28", 1, "days", false, "2023-03-01" },
        /* Calendar days and months stand unless they are rolled on. */
        { "2024-09-28", 5, "days", false, "2024-10-03" },
        { "2024-09-28", 5, "days", true, "2024-10-08" },
        { "2024-01-31", 1, "months", false, "2024-02-29" },
        { "2025-01-31", 1, "months", false, "2025-02-28" },
        { "2024-07-05", 3, "months", false, "2024-10-05" },
        { "2024-07-05", 3, "months", true, "2024-10-08" },
        { "2026-11-25", 3, "months", false, "2027-02-25" },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        i64 due = calendar_due(cn, on(CASES[i].day), CASES[i].length, CASES[i].unit, CASES[i].roll);
        if (due != on(CASES[i].due))
            fail_msg("row %zu: %s + %lld %s, off by %lld days", i, CASES[i].day,
                     (long long)CASES[i].length, CASES[i].unit,
                     (long long)(due - on(CASES[i].due)));
    }
}

static void a_year_has_the_known_number_of_working_days(void **state)
{
    (void)state;
    /* Weekdays of the year, less holidays on weekdays, plus days made up. 2024: 262 - 19 + 8 = 251.
     * 2025: 261 - 18 + 5 = 248; 2026: 261 - 19 + 6 = 248. */
    static const struct {
        const char *from, *to;
        i64 working;
    } YEARS[] = { { "2023-12-31", "2024-12-31", 251 },
                  { "2024-12-31", "2025-12-31", 248 },
                  { "2025-12-31", "2026-12-31", 248 } };
    for (size_t i = 0; i < sizeof YEARS / sizeof *YEARS; i++) {
        i64 n = calendar_working_between(cn, on(YEARS[i].from), on(YEARS[i].to));
        assert_int_equal(n, YEARS[i].working);
        assert_int_equal(calendar_working_between(cn, on(YEARS[i].to), on(YEARS[i].from)), -n);
    }
    assert_int_equal(calendar_working_between(cn, on("2024-10-01"), on("2024-10-01")), 0);
    assert_int_equal(calendar_working_between(cn, on("2024-09-30"), on("2024-10-08")), 1);
}

/* Adding n lands on a working day that is n working days away: the table against plain counting. */
static void adding_agrees_with_counting_one_by_one(void **state)
{
    (void)state;
    struct rng rng = rng_seeded(20261125);
    for (int turn = 0; turn < 3000; turn++) {
        i64 day = on("2017-06-01") + rng_below(&rng, 4500), n = 1 + rng_below(&rng, 200);
        i64 slow = day;
        for (i64 left = n; left > 0; left -= calendar_is_working(cn, slow))
            slow++;
        i64 fast = calendar_add_working(cn, day, n);
        assert_int_equal(fast, slow);
        assert_true(calendar_is_working(cn, fast));
        assert_int_equal(calendar_working_between(cn, day, fast), n);
    }
}

static void years_without_data_count_weekends(void **state)
{
    (void)state;
    assert_int_equal(calendar_covers(cn), on("2026-12-31"));
    assert_false(calendar_is_ending(cn, on("2026-11-01")));
    assert_true(calendar_is_ending(cn, on("2026-11-02")));
    assert_true(calendar_is_working(cn, on("2027-10-01")));
    /* Past both ends of the table. */
    static const char *const DAYS[] = { "1999-12-24", "1995-05-03", "2099-12-25",
                                        "2099-12-31", "2104-02-27", "1999-12-25" };
    for (size_t i = 0; i < sizeof DAYS / sizeof *DAYS; i++)
        for (i64 n = 1; n < 40; n++) {
            i64 slow = on(DAYS[i]);
            for (i64 left = n; left > 0; left -= calendar_is_working(cn, slow))
                slow++;
            assert_int_equal(calendar_add_working(cn, on(DAYS[i]), n), slow);
            assert_int_equal(calendar_working_between(cn, on(DAYS[i]), slow), n);
        }
}

static void lists_are_checked(void **state)
{
    (void)state;
    static const struct {
        const char *text, *name, *line;
    } CASES[] = {
        { "", "calendar.empty", NULL },
        { "# nothing\n\n", "calendar.empty", NULL },
        { "2027-01-01 off A\n2027-13-01 off A", "calendar.line", "2" },
        { "2027-01-01 free A", "calendar.line", "1" },
        { "2027-01-01", "calendar.line", "1" },
        { "1949-10-01 off A", "calendar.line", "1" },
        { "\n2027-01-01 off A\n2027-01-01 off A", "calendar.twice", "3" },
        { "2027-01-04 work A", "calendar.not_weekend", "1" }, /* a Monday */
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct calendar *c = NULL;
        err e = calendar_load(mem, str_of(CASES[i].text), &c);
        assert_true(err_is(e, CASES[i].name));
        if (CASES[i].line)
            assert_true(str_is(e.arg[0], CASES[i].line));
    }
}

static void the_calendar_in_force_is_swapped_whole(void **state)
{
    (void)state;
    const struct calendar *plain = calendar_current();
    assert_int_equal(calendar_covers(plain), 0);
    assert_true(calendar_is_working(plain, on("2026-10-01")));
    calendar_set_current(cn);
    assert_false(calendar_is_working(calendar_current(), on("2026-10-01")));
    assert_true(calendar_name(cn, on("2026-10-01")).len > 0);
    assert_true(str_eq(calendar_name(cn, on("2026-10-01")), calendar_name(cn, on("2026-10-10"))));
    assert_int_equal(calendar_name(cn, on("2026-10-12")).len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_are_on_or_off_as_the_notices_say),
        cmocka_unit_test(due_days_count_from_the_day_after),
        cmocka_unit_test(a_year_has_the_known_number_of_working_days),
        cmocka_unit_test(adding_agrees_with_counting_one_by_one),
        cmocka_unit_test(years_without_data_count_weekends),
        cmocka_unit_test(lists_are_checked),
        cmocka_unit_test(the_calendar_in_force_is_swapped_whole),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
