/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The working-day arithmetic: a table over 2000–2099 holds, for each day, how many working days
 * came before it, and the day of the n-th working day; outside, Saturdays and Sundays only. No
 * database here: see calendar_store.c. */
#include "platform/calendar/calendar.h"

#include <assert.h>
#include <stdatomic.h>
#include <string.h>

#include "platform/base/clock.h"
#include "platform/base/str.h"

enum { YEAR_FIRST = 2000, YEAR_LAST = 2099, DAYS_MAX = 36525, MARKED_MAX = 8000, WARN_DAYS = 60 };

enum mark { MARK_NONE, MARK_OFF, MARK_WORK };

struct calendar {
    i64 first, last;               /* days of the table, both included */
    i64 covers;                    /* last day of the newest year with data */
    i64 working;                   /* working days in the table */
    strs names;                    /* of the marked days, in order of reading */
    unsigned char marks[DAYS_MAX]; /* enum mark */
    uint16_t name_of[DAYS_MAX];    /* index into names, from 1 */
    int32_t before[DAYS_MAX + 1];  /* working days in [first, first + i) */
    int32_t nth[DAYS_MAX];         /* index of the n-th working day, from 0 */
};

static bool is_weekend(i64 day)
{
    return day_weekday(day) >= 5;
}

static bool is_inside(const struct calendar *c, i64 day)
{
    return day >= c->first && day <= c->last;
}

/* Counts the working days once everything is marked. */
static void count_days(struct calendar *c)
{
    i64 days = c->last - c->first + 1;
    for (i64 i = 0; i < days; i++) {
        bool works =
            c->marks[i] == MARK_WORK || (c->marks[i] == MARK_NONE && !is_weekend(c->first + i));
        c->before[i] = (int32_t)c->working;
        if (works)
            c->nth[c->working++] = (int32_t)i;
    }
    c->before[days] = (int32_t)c->working;
    assert(c->working > 0 && c->working <= days);
}

static struct calendar *calendar_empty(struct arena *mem)
{
    struct calendar *c = arena_zero(mem, sizeof *c);
    c->first = day_from_civil(YEAR_FIRST, 1, 1);
    c->last = day_from_civil(YEAR_LAST, 12, 31);
    assert(c->last - c->first + 1 == DAYS_MAX);
    return c;
}

/* One line of data: day, word, name. */
static err line_read(struct arena *mem, struct calendar *c, str line, str number)
{
    err bad = err_make_with(ERR_INVALID, "calendar.line", number, line);
    str rest = line, date, word;
    i64 day = 0;
    if (c->names.count >= MARKED_MAX || !str_split(&rest, ' ', &date) || !day_parse(date, &day) ||
        !is_inside(c, day))
        return bad;
    rest = str_trim(rest);
    if (!str_split(&rest, ' ', &word) || !(str_is(word, "off") || str_is(word, "work")))
        return bad;
    bool work = str_is(word, "work");
    i64 at = day - c->first;
    if (c->marks[at] != MARK_NONE)
        return err_make_with(ERR_INVALID, "calendar.twice", number, line);
    if (work && !is_weekend(day))
        return err_make_with(ERR_INVALID, "calendar.not_weekend", number, line);
    c->marks[at] = work ? MARK_WORK : MARK_OFF;
    strs_add(mem, &c->names, str_trim(rest));
    c->name_of[at] = (uint16_t)c->names.count;
    int year, month, mday;
    day_to_civil(day, &year, &month, &mday);
    i64 end = day_from_civil(year, 12, 31);
    c->covers = end > c->covers ? end : c->covers;
    return OK;
}

err calendar_load(struct arena *mem, str text, struct calendar **out)
{
    struct calendar *c = calendar_empty(mem);
    str rest = arena_str(mem, text), line;
    for (i64 number = 1; str_split(&rest, '\n', &line); number++) {
        line = str_trim(line);
        if (line.len == 0 || line.ptr[0] == '#')
            continue;
        TRY(line_read(mem, c, line, arena_printf(mem, "%lld", (long long)number)));
    }
    if (c->covers == 0)
        return err_make(ERR_INVALID, "calendar.empty");
    count_days(c);
    *out = c;
    return OK;
}

/* ---- the one in force ---- */

static _Atomic(const struct calendar *) current;

/* Arenas of calendars that are or were in force, newest first. */
struct kept {
    struct arena *mem;
    struct kept *next;
};
static _Atomic(struct kept *) kept;

void calendar_keep(struct arena *mem)
{
    struct kept *k = arena_zero(mem, sizeof *k);
    k->mem = mem;
    k->next = atomic_load(&kept);
    while (!atomic_compare_exchange_weak(&kept, &k->next, k))
        ;
}

const struct calendar *calendar_current(void)
{
    const struct calendar *c = atomic_load(&current);
    if (c)
        return c;
    struct arena *mem = arena_new(sizeof(struct calendar) * 2, 0);
    struct calendar *plain = calendar_empty(mem);
    count_days(plain);
    calendar_keep(mem);
    const struct calendar *none = NULL;
    return atomic_compare_exchange_strong(&current, &none, plain) ? plain : none;
}

void calendar_set_current(const struct calendar *calendar)
{
    assert(calendar && calendar->working > 0);
    atomic_store(&current, calendar);
}

/* ---- arithmetic ---- */

bool calendar_is_working(const struct calendar *c, i64 day)
{
    if (!is_inside(c, day))
        return !is_weekend(day);
    i64 i = day - c->first;
    return c->before[i + 1] > c->before[i];
}

str calendar_name(const struct calendar *c, i64 day)
{
    uint16_t number = is_inside(c, day) ? c->name_of[day - c->first] : 0;
    return number ? c->names.items[number - 1] : (str){ "", 0 };
}

/* n working days after day with weekends only: counted from the Friday before when day is none
 * itself. */
static i64 add_plain(i64 day, i64 n)
{
    int weekday = day_weekday(day);
    if (weekday > 4) {
        day -= weekday - 4;
        weekday = 4;
    }
    i64 left = n % 5;
    return day + n / 5 * 7 + left + (weekday + left > 4 ? 2 : 0);
}

i64 calendar_add_working(const struct calendar *c, i64 day, i64 n)
{
    assert(n >= 0);
    if (n == 0)
        return day;
    if (day < c->first - 1 || day >= c->last)
        return add_plain(day, n);
    i64 before = c->before[day + 1 - c->first];
    if (before + n <= c->working)
        return c->first + c->nth[before + n - 1];
    return add_plain(c->last, before + n - c->working);
}

/* Working days in (1970-01-01, day] counting weekends only; only differences of it mean
 * anything. */
static i64 plain_count(i64 day)
{
    i64 monday = day - day_weekday(day);
    i64 in_week = day_weekday(day) + 1;
    return (monday + 3) / 7 * 5 + (in_week < 5 ? in_week : 5);
}

i64 calendar_working_between(const struct calendar *c, i64 from, i64 to)
{
    if (to < from)
        return -calendar_working_between(c, to, from);
    i64 sum = 0;
    if (from < c->first - 1) {
        i64 end = to < c->first - 1 ? to : c->first - 1;
        sum += plain_count(end) - plain_count(from);
        from = end;
    }
    if (from < to && from < c->last) {
        i64 end = to < c->last ? to : c->last;
        sum += c->before[end + 1 - c->first] - c->before[from + 1 - c->first];
        from = end;
    }
    return from < to ? sum + plain_count(to) - plain_count(from) : sum;
}

i64 calendar_due(const struct calendar *c, i64 day, i64 length, const char *unit, bool roll)
{
    assert(length >= 0);
    if (strcmp(unit, "working_days") == 0)
        return calendar_add_working(c, day, length);
    bool months = strcmp(unit, "months") == 0;
    assert(months || strcmp(unit, "days") == 0);
    i64 due = months ? day_add_months(day, length) : day + length;
    return roll && !calendar_is_working(c, due) ? calendar_add_working(c, due, 1) : due;
}

i64 calendar_covers(const struct calendar *c)
{
    return c->covers;
}

bool calendar_is_ending(const struct calendar *c, i64 today)
{
    return today > c->covers - WARN_DAYS;
}
