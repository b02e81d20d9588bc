/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The Chinese working-day calendar: weekends, statutory holidays and 调休 make-up days. Shipped as data (data/calendar/),
 * importable by the operator. A running count of working days makes a due day one look-up. Years without data count
 * Saturdays and Sundays only, and calendar_covers tells. Source: State Council holiday notices; Labour Law art. 40. */
#ifndef HT_CALENDAR_CALENDAR_H
#define HT_CALENDAR_CALENDAR_H
#include "platform/base/arena.h"
#include "platform/base/err.h"

struct calendar;

/* Reads lines "2026-10-01 off 国庆节", "2026-10-10 work 国庆节" (# comments). Errors: INVALID calendar.line with line and text. */
err calendar_load(struct arena *mem, str text, struct calendar **out);

/* The process-wide calendar, set at start and on import (swapped whole). */
const struct calendar *calendar_current(void);
void calendar_set_current(const struct calendar *calendar);

/* Whether a day is a working day. */
bool calendar_is_working(const struct calendar *c, i64 day);

/* The day n working days after `day` (the day itself does not count); n >= 0. With n = 0: day. */
i64 calendar_add_working(const struct calendar *c, i64 day, i64 n);

/* Working days in (from, to]; negative when to < from. */
i64 calendar_working_between(const struct calendar *c, i64 from, i64 to);

/* Due day for a length in "working_days", "days" or "months", counted from the day after `day`
 * (Civil Code art. 201); a last day that is not a working day is kept for "days" and "months" unless roll (art. 203). */
i64 calendar_due(const struct calendar *c, i64 day, i64 length, const char *unit, bool roll);

/* Last day of the newest year with holiday data; the house warns 60 days before it. */
i64 calendar_covers(const struct calendar *c);
#endif
