/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the files of pages about whole cases share. */
#ifndef HT_TRANSFERS_TRANSFER_CASE_PARTS_H
#define HT_TRANSFERS_TRANSFER_CASE_PARTS_H
#include "modules/transfers/transfer_case_pages.h"

struct json;

/* The list page's own part: what was sent and received, the choices of both forms. Errors: those of
 * the database. */
err transfer_list_make(struct rq *rq, struct transfer_list_view *v);

/* What was done, in words. */
str transfer_what(struct rq *rq, const struct transfer *t);

/* Members of one file. */
void transfer_json(struct json *j, const struct transfer *t);

/* Whether rq's actor may send cases: for the whole house, single evaluations too, no agency. */
bool transfer_may_send(const struct rq *rq);
#endif
