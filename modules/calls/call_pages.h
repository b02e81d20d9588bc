/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Handlers of calls, for the table in call_module.c: pages, and with rq->api the same as JSON.
 * Errors are those of the rules called. */
#ifndef HT_CALLS_CALL_PAGES_H
#define HT_CALLS_CALL_PAGES_H
#include "platform/web/web.h"

/* All of them; one with its topics. */
err page_call_list(struct rq *rq, struct res *res);
err page_call_show(struct rq *rq, struct res *res);

/* The form of a new one, of one that is there; what it says is saved. */
err page_call_new(struct rq *rq, struct res *res);
err page_call_edit(struct rq *rq, struct res *res);
err page_call_save(struct rq *rq, struct res *res);
#endif
