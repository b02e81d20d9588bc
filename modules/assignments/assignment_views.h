/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the views of this module show. Filled by the pages files; all texts unescaped. */
#ifndef HT_ASSIGNMENTS_ASSIGNMENT_VIEWS_H
#define HT_ASSIGNMENTS_ASSIGNMENT_VIEWS_H
#include "modules/assignments/assignment_desk.h"
#include "modules/assignments/assignment_list.h"
#include "modules/assignments/assignment_sheet.h"

/* One assignment. matter: drawn by the module whose matter it is. */
struct assignment_show {
    const struct view_link *crumbs;
    const struct assignment *a;
    const struct assignment_sheet *sheet;
    struct flow_allowed allowed;
    struct view_steps steps;
    struct rows clocks; /* struct flow_clock_row */
    html matter;
    html end;                     /* what modules above put at the end of its part */
    const struct request *bounce; /* the open one, NULL if there is none */
    i64 bounce_last_on;  /* last day for a bounce; 0 = it is over, or not this actor's business */
    i64 dispute_last_on; /* the same to contest its refusal */
    i64 contacts_min;
};

/* Look of a state, of a result. */
const char *assignment_tone(str state);
const char *assignment_result_tone(str result);

/* Whether a clock of it ended behind its day: the first talk counts by the day it was held. */
bool assignment_clock_late(const struct assignment *a, const struct flow_clock_row *clock);

/* Whether an answer or contribution of it is still to come. */
bool assignment_is_open(const struct assignment *a);
bool sheet_is_open(const struct assignment_sheet *sheet, i64 assignment_id);
#endif
