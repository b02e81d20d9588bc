/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Handlers of dashboards and what their forms fill, for the table in dashboard_module.c. Each
 * answers the route that names it; only for who reads the whole organisation. */
#ifndef HT_DASHBOARDS_DASHBOARD_PAGES_H
#define HT_DASHBOARDS_DASHBOARD_PAGES_H
#include "platform/web/web.h"

/* session_id 0: the present one; all: every session together. */
struct dashboard_figures_input {
    i64 session_id;
    bool all;
};

/* dashboard_figures.c. Errors: FORBIDDEN list.forbidden for who has less than the organisation;
 * NOT_FOUND for a session that is not there. */
err page_dashboard_figures(struct rq *rq, struct res *res);
err api_dashboard_figures(struct rq *rq, struct res *res);
err file_dashboard_figures(struct rq *rq, struct res *res); /* slow */

/* dashboard_evaluations.c. Errors: those of the list. */
err page_dashboard_evaluations(struct rq *rq, struct res *res);
err api_dashboard_evaluations(struct rq *rq, struct res *res);
err file_dashboard_evaluations_csv(struct rq *rq, struct res *res);  /* slow */
err file_dashboard_evaluations_xlsx(struct rq *rq, struct res *res); /* slow */
#endif
