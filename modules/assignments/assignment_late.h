/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What is behind its day, for jobs that urge (rules.md 12.5). The row is the same for every module
 * that has such a list: proposals, outcomes. */
#ifndef HT_ASSIGNMENTS_ASSIGNMENT_LATE_H
#define HT_ASSIGNMENTS_ASSIGNMENT_LATE_H
#include "platform/web/web.h"

/* id: of the run of the clock, to page by. subject_id: of what moves in its flow, here the
 * assignment. days_late: working days gone by behind the day, at least 1. */
struct late_row {
    i64 id, subject_id, matter_id, agency_id, due_on, days_late;
    str stage, matter, title, number, agency_name;
};

/* stage: "accept" (not taken), "contact" (no talk yet), "handle" (not answered), "decide" (a bounce
 * that nobody has decided; late is the dispatcher, agency_id is the one that asks). least: working
 * days, not less than 1. after_on, after_id: due_on and id of the last row before, 0 at first. */
struct late_query {
    const char *stage;
    i64 least, after_on, after_id, limit;
};

/* The last day that is so many working days behind today: what was due then or before is that
 * late. */
i64 late_last_day(i64 today, i64 least);
#endif
