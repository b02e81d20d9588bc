/* SPDX-License-Identifier: MulanPSL-2.0 */
/* SQL of errands and of what is written for them. Who may see them: errand.c. */
#ifndef HT_DESKS_ERRAND_STORE_H
#define HT_DESKS_ERRAND_STORE_H
#include "modules/desks/errand.h"

/* One of the organisation (NOT_FOUND db.no_row); those of an assignment in the order of giving,
 * also only those that are open; the open ones of a desk, or of an account and its desks; adding;
 * all that steps change, by id and version (CONFLICT db.version). */
err errand_store_find(struct rq *rq, i64 id, struct errand *out);
enum { ERRANDS_MOST = 500 }; /* of an assignment: all that a listing gives */
err errand_store_list(struct rq *rq, i64 assignment_id, bool only_open, struct rows *out);
err errand_store_list_open(struct rq *rq, i64 desk_id, i64 account_id, struct rows *out);
err errand_store_add(struct rq *rq, const struct errand *e, i64 *id);
err errand_store_update(struct rq *rq, const struct errand *e, str state);

/* When it was told of as late, by id and version, which stays: who is writing keeps his page
 * (CONFLICT db.version). */
err errand_store_warn(struct rq *rq, const struct errand *e);

/* What is typed besides the answers, by id, version and draft_version, which it raises (CONFLICT
 * db.version). */
err errand_store_type(struct rq *rq, const struct errand *e);

/* The parts: struct errand_answer rows of one; adding or replacing one. */
err errand_store_list_answers(struct rq *rq, i64 errand_id, struct rows *out);
err errand_store_put_answer(struct rq *rq, i64 errand_id, const struct errand_answer *a);
#endif
