/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The clock and the source of randomness, both injected: code takes a struct clock or struct rng,
 * tests give fixed ones. Only this part of the house reads the system's clock. Days: `_on` is a day
 * number, see day_of_ms. */
#ifndef HT_BASE_CLOCK_H
#define HT_BASE_CLOCK_H
#include "platform/base/types.h"

/* Tells the time. now_ms: UTC milliseconds since 1970. A fixed clock is moved by fixed_ms. */
struct clock {
    i64 (*now_ms)(const struct clock *clock);
    i64 fixed_ms; /* for a fixed clock */
};

/* Gives random bytes. state is for seeded generators in tests and in the demo. */
struct rng {
    void (*fill)(struct rng *rng, void *out, size_t size);
    uint64_t state;
};

/* The system's clock; one that stands at ms until changed by the test. */
struct clock clock_system(void);
struct clock clock_fixed(i64 ms);

/* Steady milliseconds / nanoseconds for measuring durations; unrelated to the date. */
i64 clock_steady_ms(void);
i64 clock_steady_ns(void);

/* The kernel's generator; a seeded one (splitmix64) that gives the same bytes for the same seed. */
struct rng rng_system(void);
struct rng rng_seeded(uint64_t seed);

/* A number in [0, below), without modulo bias; below > 0. */
i64 rng_below(struct rng *rng, i64 below);

/* Days. A day is the number of days since 1970-01-01 in China Standard Time (UTC+8, no summer time
 * since 1991). */
i64 day_of_ms(i64 ms);

/* First millisecond (UTC) of a day. */
i64 day_start_ms(i64 day);

/* No day: what an impossible date gives. Not -1, which is 1969-12-31, a birthday like any other. */
#define DAY_NONE INT64_MIN

/* Day from a civil date and back. year 1-9999, month 1-12, day 1-31; an impossible date gives
 * DAY_NONE. */
i64 day_from_civil(int year, int month, int day);
void day_to_civil(i64 day, int *year, int *month, int *mday);

/* 0 = Monday … 6 = Sunday. */
int day_weekday(i64 day);

/* Adds calendar months; the 31st becomes the last day of a shorter month. DAY_NONE outside
 * the years 1-9999. */
i64 day_add_months(i64 day, i64 months);

/* Reads "2026-11-25", "2026/11/25", "2026.11.25", "2026年11月25日" or "20261125"; false if it is
 * none of them. */
bool day_parse(str text, i64 *day);
#endif
