/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Handlers of assignments, for the table in assignment_module.c. Each answers the route that
 * names it; who may is said there, in assignment.c and assignment_sheet.c. Errors are those of
 * assignment_find and of the rules called. */
#ifndef HT_ASSIGNMENTS_ASSIGNMENT_PAGES_H
#define HT_ASSIGNMENTS_ASSIGNMENT_PAGES_H
#include "platform/web/web.h"

/* assignment_pages.c */
err page_assignment_show(struct rq *rq, struct res *res);

/* assignment_api.c */
err api_assignment_list(struct rq *rq, struct res *res);
err api_assignment_show(struct rq *rq, struct res *res);

/* assignment_jobs.c */
err job_assignment_warn(struct rq *rq, bool *again);
#endif
