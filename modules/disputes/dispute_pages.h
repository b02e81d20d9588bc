/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Handlers of disputes, of the pages and under /api/v1, for the table in dispute_module.c. Each
 * answers the route that names it. */
#ifndef HT_DISPUTES_DISPUTE_PAGES_H
#define HT_DISPUTES_DISPUTE_PAGES_H
#include "platform/web/web.h"

/* dispute_pages.c */
err page_dispute_list(struct rq *rq, struct res *res);
err page_dispute_show(struct rq *rq, struct res *res);
#endif
