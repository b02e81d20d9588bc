/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Handlers of assignments, for the table in assignment_module.c. Each answers the route that
 * names it; who may is said there, in assignment.c and assignment_sheet.c. Errors are those of
 * assignment_find and of the rules called. */
#ifndef HT_ASSIGNMENTS_ASSIGNMENT_PAGES_H
#define HT_ASSIGNMENTS_ASSIGNMENT_PAGES_H
#include "platform/web/web.h"

/* assignment_pages.c: one assignment, saved views of the list. */
err page_assignment_show(struct rq *rq, struct res *res);
err page_assignment_save_view(struct rq *rq, struct res *res);
err page_assignment_remove_view(struct rq *rq, struct res *res);
err api_assignment_view_list(struct rq *rq, struct res *res);

/* assignment_step_pages.c: steps whose page needs choices or a layout of its own; saving an
 * answer. */
err page_assignment_bounce(struct rq *rq, struct res *res);
err page_assignment_reassign(struct rq *rq, struct res *res);
err page_assignment_uphold(struct rq *rq, struct res *res);
err page_assignment_reply(struct rq *rq, struct res *res);
err page_assignment_draft(struct rq *rq, struct res *res);
err page_assignment_vet(struct rq *rq, struct res *res);
err page_assignment_deliver(struct rq *rq, struct res *res);
err page_assignment_dispute(struct rq *rq, struct res *res);
err page_assignment_sign(struct rq *rq, struct res *res);
err page_assignment_evaluate(struct rq *rq, struct res *res);
err page_assignment_transcribe(struct rq *rq, struct res *res);
err page_assignment_extend(struct rq *rq, struct res *res);
err page_assignment_decide(struct rq *rq, struct res *res);

/* assignment_list.c: the ledger as a file, slow lane. */
err file_assignment_csv(struct rq *rq, struct res *res);
err file_assignment_xlsx(struct rq *rq, struct res *res);

/* assignment_api.c */
err api_assignment_list(struct rq *rq, struct res *res);
err api_assignment_show(struct rq *rq, struct res *res);
err api_assignment_draft(struct rq *rq, struct res *res);

/* assignment_jobs.c */
err job_assignment_warn(struct rq *rq, bool *again);
#endif
