/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Clock, randomness and civil dates. The date arithmetic is the usual era computation on the
 * proleptic Gregorian calendar; it does not use the C library's time zone. */
#include "platform/base/clock.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "platform/base/str.h"

enum { MS_PER_DAY = 86400000, CST_OFFSET_MS = 8 * 3600000 };

static i64 read_clock(clockid_t id, i64 per_second)
{
    struct timespec t;
    if (clock_gettime(id, &t) != 0)
        abort();
    return (i64)t.tv_sec * per_second + t.tv_nsec / (1000000000 / per_second);
}

static i64 system_now(const struct clock *clock)
{
    (void)clock;
    return read_clock(CLOCK_REALTIME, 1000);
}

static i64 fixed_now(const struct clock *clock)
{
    return clock->fixed_ms;
}

struct clock clock_system(void)
{
    return (struct clock){ .now_ms = system_now };
}

struct clock clock_fixed(i64 ms)
{
    return (struct clock){ .now_ms = fixed_now, .fixed_ms = ms };
}

i64 clock_steady_ms(void)
{
    return read_clock(CLOCK_MONOTONIC, 1000);
}

i64 clock_steady_ns(void)
{
    return read_clock(CLOCK_MONOTONIC, 1000000000);
}

static void system_fill(struct rng *rng, void *out, size_t size)
{
    (void)rng;
    for (unsigned char *p = out; size > 0;) {
        ssize_t n = getrandom(p, size, 0);
        if (n <= 0)
            abort(); /* no randomness, no secrets: stop rather than go on */
        p += n;
        size -= (size_t)n;
    }
}

static void seeded_fill(struct rng *rng, void *out, size_t size)
{
    unsigned char *p = out;
    while (size > 0) {
        uint64_t z = (rng->state += 0x9E3779B97F4A7C15u);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
        z ^= z >> 31;
        size_t n = size < sizeof z ? size : sizeof z;
        memcpy(p, &z, n);
        p += n;
        size -= n;
    }
}

struct rng rng_system(void)
{
    return (struct rng){ .fill = system_fill };
}

struct rng rng_seeded(uint64_t seed)
{
    return (struct rng){ .fill = seeded_fill, .state = seed };
}

i64 rng_below(struct rng *rng, i64 below)
{
    assert(below > 0);
    uint64_t n = (uint64_t)below, limit = UINT64_MAX - UINT64_MAX % n, value;
    do
        rng->fill(rng, &value, sizeof value);
    while (value >= limit);
    return (i64)(value % n);
}

static i64 floor_div(i64 a, i64 b)
{
    return a / b - (a % b < 0);
}

i64 day_of_ms(i64 ms)
{
    return floor_div(ms + CST_OFFSET_MS, MS_PER_DAY);
}

i64 day_start_ms(i64 day)
{
    return day * MS_PER_DAY - CST_OFFSET_MS;
}

static int month_days(int year, int month)
{
    static const int DAYS[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return DAYS[month - 1] + (month == 2 && leap);
}

i64 day_from_civil(int year, int month, int day)
{
    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 ||
        day > month_days(year, month))
        return DAY_NONE;
    i64 y = year - (month <= 2);
    i64 era = floor_div(y, 400), yoe = y - era * 400;
    i64 doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

void day_to_civil(i64 day, int *year, int *month, int *mday)
{
    i64 z = day + 719468, era = floor_div(z, 146097), doe = z - era * 146097;
    i64 yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    i64 doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
    *mday = (int)(doy - (153 * mp + 2) / 5 + 1);
    *month = (int)(mp < 10 ? mp + 3 : mp - 9);
    *year = (int)(yoe + era * 400 + (*month <= 2));
}

int day_weekday(i64 day)
{
    i64 w = (day + 3) % 7; /* 1970-01-01 was a Thursday */
    return (int)(w < 0 ? w + 7 : w);
}

i64 day_add_months(i64 day, i64 months)
{
    int y, m, d;
    day_to_civil(day, &y, &m, &d);
    i64 index = (i64)y * 12 + (m - 1) + months;
    y = (int)floor_div(index, 12);
    m = (int)(index - (i64)y * 12) + 1;
    int last = month_days(y, m);
    return day_from_civil(y, m, d < last ? d : last);
}

/* Reads digits into *out; returns how many. */
static size_t take_number(str s, size_t *at, int *out)
{
    size_t from = *at;
    *out = 0;
    while (*at < s.len && *at - from < 4 && s.ptr[*at] >= '0' && s.ptr[*at] <= '9')
        *out = *out * 10 + (s.ptr[(*at)++] - '0');
    return *at - from;
}

static bool take_mark(str s, size_t *at, const char *marks[4])
{
    for (int i = 0; i < 4; i++)
        if (str_starts(str_sub(s, *at, s.len), str_of(marks[i]))) {
            *at += strlen(marks[i]);
            return true;
        }
    return false;
}

bool day_parse(str text, i64 *day)
{
    static const char *YEAR[] = { "-", "/", ".", "\xE5\xB9\xB4" },
                      *MONTH[] = { "-", "/", ".", "\xE6\x9C\x88" };
    str s = str_trim(text);
    size_t at = 0;
    int y, m, d;
    i64 all;
    if (s.len == 8 && s.ptr[0] >= '0' && str_to_i64(s, &all)) { /* '+' and '-' are below '0' */
        *day = day_from_civil((int)(all / 10000), (int)(all / 100 % 100), (int)(all % 100));
        return *day != DAY_NONE;
    }
    if (take_number(s, &at, &y) != 4 || !take_mark(s, &at, YEAR) || !take_number(s, &at, &m) ||
        !take_mark(s, &at, MONTH) || !take_number(s, &at, &d))
        return false;
    str tail = str_sub(s, at, s.len);
    if (tail.len && !str_is(tail, "\xE6\x97\xA5"))
        return false;
    *day = day_from_civil(y, m, d);
    return *day != DAY_NONE;
}
