/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The Chinese working-day calendar: weekends, statutory holidays and 调休 make-up days. Shipped as
 * data (seed/calendar/), importable by the operator. A running count of working days makes a due
 * day one look-up. Years without data count Saturdays and Sundays only, and calendar_covers tells.
 * Source: State Council holiday notices; Labour Law art. 40. Storing an import and the page for it:
 * calendar_routes.c. */
#ifndef HT_CALENDAR_CALENDAR_H
#define HT_CALENDAR_CALENDAR_H
#include "platform/base/arena.h"
#include "platform/base/err.h"

struct calendar;
struct app;
struct db;
struct rq;
struct module;

/* Reads lines "2026-10-01 off 国庆节", "2026-10-10 work 国庆节" (# comments). `off` must fall on
 * any day, `work` on a Saturday or Sunday (what else would be made up). The result lives in mem.
 * Errors: INVALID calendar.line, calendar.twice (a day listed twice), calendar.not_weekend,
 * calendar.empty, with the line number and its text. */
err calendar_load(struct arena *mem, str text, struct calendar **out);

/* The process-wide calendar, set at start and on import (swapped whole; an old one stays valid for
 * who still holds it). Before calendar_start it knows weekends only. */
const struct calendar *calendar_current(void);
void calendar_set_current(const struct calendar *calendar);

/* Keeps the arena of a calendar that comes into force for good: any thread may go on using it. */
void calendar_keep(struct arena *mem);

/* Whether a day is a working day. */
bool calendar_is_working(const struct calendar *c, i64 day);

/* The name of the holiday that makes the day off or on ("国庆节"); empty for ordinary days. */
str calendar_name(const struct calendar *c, i64 day);

/* The day n working days after `day` (the day itself does not count); n >= 0. With n = 0: day. */
i64 calendar_add_working(const struct calendar *c, i64 day, i64 n);

/* Working days in (from, to]; negative when to < from. */
i64 calendar_working_between(const struct calendar *c, i64 from, i64 to);

/* Due day for a length in "working_days", "days" or "months", counted from the day after `day`
 * (Civil Code art. 201); a last day that is not a working day is kept for "days" and "months"
 * unless roll (art. 203). */
i64 calendar_due(const struct calendar *c, i64 day, i64 length, const char *unit, bool roll);

/* Last day of the newest year with holiday data, 0 = none; the house warns 60 days before it. */
i64 calendar_covers(const struct calendar *c);

/* Whether `today` is within 60 days of the end of the holiday data, or past it: staff should import
 * the new notice. */
bool calendar_is_ending(const struct calendar *c, i64 today);

/* Loads what is in force into calendar_current: the shipped list, with the years of the newest
 * import in place of its own. Called at start and, by each node's scheduler, once a minute; does
 * nothing when there is no newer import. Errors: those of the database; INTERNAL calendar.shipped
 * when the shipped list is broken. */
err calendar_start(struct app *app, struct db *db);

/* Stores an imported list (same form as calendar_load) in the present transaction, audited; in
 * force on every node within a minute, at once where calendar_start is called. years: how many
 * years it covers. Errors: those of calendar_load; FORBIDDEN calendar.not_ours unless rq's
 * organisation is the first one. */
err calendar_import(struct rq *rq, str text, i64 *years);

/* Whether rq's organisation keeps the calendar: days count for all organisations of the
 * installation, so only the first one imports them. */
err calendar_is_ours(struct rq *rq, bool *ours);

/* Pages and permission: /settings/calendar. */
extern const struct module calendar_module;
#endif
