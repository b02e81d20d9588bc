/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Handlers of errands' routes in desk_module.c; pages and their JSON. */
#ifndef HT_DESKS_ERRAND_PAGES_H
#define HT_DESKS_ERRAND_PAGES_H
#include "platform/web/web.h"

/* The agency's list; one; splitting an assignment. */
err page_errand_list(struct rq *rq, struct res *res);
err page_errand_show(struct rq *rq, struct res *res);
err page_errand_of(struct rq *rq, struct res *res);
err page_errand_give(struct rq *rq, struct res *res);

/* Writing: the page of the step "finish"; keeping what is typed, by hand and by itself. The page of
 * "pass": both texts side by side. The page of "reassign". */
err page_errand_finish(struct rq *rq, struct res *res);
err page_errand_draft(struct rq *rq, struct res *res);
err api_errand_draft(struct rq *rq, struct res *res);
err page_errand_pass(struct rq *rq, struct res *res);
err page_errand_reassign(struct rq *rq, struct res *res);
#endif
