/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Handlers of evaluations, for the table in evaluation_module.c; each answers the route, event or
 * timer that names it. Errors are those of the rules called. */
#ifndef HT_EVALUATIONS_EVALUATION_PAGES_H
#define HT_EVALUATIONS_EVALUATION_PAGES_H
#include "platform/web/web.h"

/* evaluation_pages.c: the pages of two steps of assignments. */
err page_evaluation_give(struct rq *rq, struct res *res);
err page_evaluation_transcribe(struct rq *rq, struct res *res);

/* evaluation_shown.c: on the page and in the JSON of a matter and of an assignment. */
err on_evaluation_part_shown(struct rq *rq, i64 id, const void *fact);
err on_evaluation_section_shown(struct rq *rq, i64 id, const void *fact);

/* evaluation.c: an answer is delivered: its persons are asked; a member has left: the office writes
 * down what he did not give. */
err on_evaluation_replied(struct rq *rq, i64 id, const void *fact);
err on_evaluation_left(struct rq *rq, i64 id, const void *fact);

/* evaluation_jobs.c */
err job_evaluation_remind(struct rq *rq, bool *again);
#endif
