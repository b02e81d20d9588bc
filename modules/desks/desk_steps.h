/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Handlers of the pages of steps of assignments, for the table in desk_module.c; each answers the
 * route that names it. Whether the step may be taken is said in modules/assignments. */
#ifndef HT_DESKS_DESK_STEPS_H
#define HT_DESKS_DESK_STEPS_H
#include "platform/web/web.h"

/* desk_step_pages.c: what is asked of the dispatcher, and his decision. */
err page_desk_bounce(struct rq *rq, struct res *res);
err page_desk_dispute(struct rq *rq, struct res *res);
err page_desk_reassign(struct rq *rq, struct res *res);
err page_desk_uphold(struct rq *rq, struct res *res);
err page_desk_extend(struct rq *rq, struct res *res);
err page_desk_decide(struct rq *rq, struct res *res);
#endif
