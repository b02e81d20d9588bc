/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Handlers of receipts, for the table in receipt_module.c. Each answers the route that names it. */
#ifndef HT_RECEIPTS_RECEIPT_PAGES_H
#define HT_RECEIPTS_RECEIPT_PAGES_H
#include "platform/web/web.h"

/* The receipt of a proposal, for who signs it or typed it in. Errors: NOT_FOUND
 * proposals.no_receipt, and those of proposal_find. */
err page_receipt_show(struct rq *rq, struct res *res);

/* The public page, what it found, and the same as JSON. Errors: those of receipt_read. */
err page_receipt_check(struct rq *rq, struct res *res);
err page_receipt_find(struct rq *rq, struct res *res);
err api_receipt_find(struct rq *rq, struct res *res);
#endif
