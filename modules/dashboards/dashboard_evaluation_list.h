/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The declared list of evaluation forms (征询意见表), for the office: who has been asked, who has
 * answered, and what. Of one matter's page: assignment_sheet.c. */
#ifndef HT_DASHBOARDS_DASHBOARD_EVALUATION_LIST_H
#define HT_DASHBOARDS_DASHBOARD_EVALUATION_LIST_H
#include "platform/list/list.h"

/* A row; given_at 0 = not returned yet. */
struct evaluation_row {
    i64 id, assignment_id, agency_id, session_id, round, asked_at, due_on, given_at;
    bool given, latest;
    str matter, matter_number, matter_title, agency_name, person_name, handling, result, basis;
};

extern const struct list EVALUATION_LIST;
#endif
