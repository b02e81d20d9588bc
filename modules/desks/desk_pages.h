/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Handlers of desks, for the table in desk_module.c. Each answers the route that names it; what may
 * be shown is said in modules/assignments. */
#ifndef HT_DESKS_DESK_PAGES_H
#define HT_DESKS_DESK_PAGES_H
#include "platform/web/web.h"

/* desk_pages.c */
err page_desk_inbox(struct rq *rq, struct res *res);
err page_desk_waiting(struct rq *rq, struct res *res);
err page_desk_feedback(struct rq *rq, struct res *res);

/* desk_api.c */
err api_desk_waiting(struct rq *rq, struct res *res);
err api_desk_feedback(struct rq *rq, struct res *res);
#endif
