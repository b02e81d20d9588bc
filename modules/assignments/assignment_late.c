/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See assignment_late.h. Warnings of the module itself: assignment_jobs.c. */
#include "modules/assignments/assignment_late.h"

#include "platform/calendar/calendar.h"

i64 late_last_day(i64 today, i64 least)
{
    i64 day = today, wanted = least > 1 ? least : 1;
    while (calendar_working_between(calendar_current(), day, today) < wanted)
        day--;
    return day;
}
