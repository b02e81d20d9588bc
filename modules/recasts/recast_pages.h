/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Handlers of recasts, of the pages and under /api/v1, for the table in recast_module.c. Each
 * answers the route that names it. */
#ifndef HT_RECASTS_RECAST_PAGES_H
#define HT_RECASTS_RECAST_PAGES_H
#include "platform/web/web.h"

/* recast_pages.c */
err page_recast_make_opinion(struct rq *rq, struct res *res);
err page_recast_form(struct rq *rq, struct res *res);
err page_recast_ask(struct rq *rq, struct res *res);
err page_recast_agree(struct rq *rq, struct res *res);
err page_recast_decline(struct rq *rq, struct res *res);
err page_recast_recall(struct rq *rq, struct res *res);
err page_recast_make_proposal(struct rq *rq, struct res *res);
#endif
