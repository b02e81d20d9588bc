/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Handlers of outcomes, of the pages and under /api/v1, for the table in outcome_module.c. Each
 * answers the route that names it. */
#ifndef HT_OUTCOMES_OUTCOME_PAGES_H
#define HT_OUTCOMES_OUTCOME_PAGES_H
#include "platform/web/web.h"

/* promise_pages.c */
extern const struct list_look PROMISE_LOOK;
err page_promise_list(struct rq *rq, struct res *res);
err page_promise_show(struct rq *rq, struct res *res);
err page_promise_evidence(struct rq *rq, struct res *res);
err file_promise_evidence(struct rq *rq, struct res *res);

/* followup_pages.c */
extern const struct list_look FOLLOWUP_LOOK;
err page_followup_list(struct rq *rq, struct res *res);
err page_followup_show(struct rq *rq, struct res *res);
err page_followup_form(struct rq *rq, struct res *res);
err page_followup_plan(struct rq *rq, struct res *res);
err page_instruction_form(struct rq *rq, struct res *res);
err page_instruction_add(struct rq *rq, struct res *res);

/* Choices of the form: agencies that have the case of the path. */
err instruction_agencies(struct rq *rq, struct rows *out);

#endif
