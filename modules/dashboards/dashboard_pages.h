/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Handlers of dashboards and what their forms fill, for the table in dashboard_module.c. Each
 * answers the route that names it; only for who reads the whole organisation. */
#ifndef HT_DASHBOARDS_DASHBOARD_PAGES_H
#define HT_DASHBOARDS_DASHBOARD_PAGES_H
#include "platform/web/web.h"

/* session_id 0: the present one; all: every session together; hosts: of agencies, only those that
 * answer. */
struct dashboard_figures_input {
    i64 session_id;
    bool all, hosts;
};

/* None: the newest. */
struct dashboard_compare_input {
    ids session_id;
};

/* year 0: the present one. */
struct dashboard_year_input {
    i64 year;
};

/* session_id 0 = every. */
struct dashboard_outcomes_input {
    i64 session_id;
};

/* dashboard_outcomes.c. Errors: FORBIDDEN list.forbidden. */
err page_dashboard_outcomes(struct rq *rq, struct res *res);

/* dashboard_figure_pages.c; those with .api answer as JSON too. Errors: those of figures_begin. */
err page_dashboard_figures(struct rq *rq, struct res *res);
err page_dashboard_units(struct rq *rq, struct res *res);
err page_dashboard_days(struct rq *rq, struct res *res);
err page_dashboard_compare(struct rq *rq, struct res *res);
err page_dashboard_explain(struct rq *rq, struct res *res);

/* dashboard_opinions.c: figures of opinions, by member, what they mean; both first as workbooks
 * (slow). Errors: those of figures_begin_opinions. */
err page_dashboard_opinions(struct rq *rq, struct res *res);
err page_dashboard_writers(struct rq *rq, struct res *res);
err page_dashboard_opinions_explain(struct rq *rq, struct res *res);
err file_dashboard_opinions(struct rq *rq, struct res *res);
err file_dashboard_writers(struct rq *rq, struct res *res);

/* dashboard_letters.c: figures of letters, by place, by unit, what they mean; the first three as
 * workbooks (slow). Errors: those of figures_begin_letters. */
err page_dashboard_letters(struct rq *rq, struct res *res);
err page_dashboard_letter_places(struct rq *rq, struct res *res);
err page_dashboard_letter_units(struct rq *rq, struct res *res);
err page_dashboard_letter_counties(struct rq *rq, struct res *res);
err page_dashboard_letters_explain(struct rq *rq, struct res *res);
err file_dashboard_letters(struct rq *rq, struct res *res);
err file_dashboard_letter_places(struct rq *rq, struct res *res);
err file_dashboard_letter_units(struct rq *rq, struct res *res);
err file_dashboard_letter_counties(struct rq *rq, struct res *res);

/* dashboard_figure_files.c; all slow. Errors: the same, and those of docs. */
err file_dashboard_figures(struct rq *rq, struct res *res);
err file_dashboard_units(struct rq *rq, struct res *res);
err file_dashboard_days(struct rq *rq, struct res *res);
err file_dashboard_compare(struct rq *rq, struct res *res);
err doc_dashboard_figures(struct rq *rq, struct res *res);

/* dashboard_evaluations.c. Errors: those of the list. */
extern const struct list_look EVALUATION_LOOK;
err page_dashboard_evaluations(struct rq *rq, struct res *res);
err api_dashboard_evaluations(struct rq *rq, struct res *res);
#endif
