/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What each page of figures shows, once for page, JSON, workbook and paper. */
#ifndef HT_DASHBOARDS_DASHBOARD_GATHER_H
#define HT_DASHBOARDS_DASHBOARD_GATHER_H
#include "modules/dashboards/dashboard_days.h"
#include "modules/dashboards/dashboard_pages.h"

enum { TABLES_MAX = 12, COMPARED_MAX = 5 };

/* One page: its figures, its tables, and of which session it is. */
struct figures {
    struct figure_set set;
    str session_name;
    struct figure_table tables[TABLES_MAX];
    size_t table_count;
};

/* Of the session that rq's form asks for (struct dashboard_figures_input): figures without tables;
 * by everything that tells proposals apart; of agencies; days by stage. figures_of_sessions: the
 * sessions asked for (struct dashboard_compare_input) side by side, the set of the first. Errors:
 * FORBIDDEN list.forbidden for who has less than the organisation; NOT_FOUND for a session that is
 * not there. */
err figures_begin(struct rq *rq, struct figures *f);
err figures_of_overview(struct rq *rq, struct figures *f);
err figures_of_units(struct rq *rq, struct figures *f);
err figures_of_days(struct rq *rq, struct figures *f);
err figures_of_sessions(struct rq *rq, struct figures *f);

/* Of the year that rq's form asks for (struct dashboard_year_input), else the present one:
 * without tables; by all that tells opinions apart; by member. Errors: FORBIDDEN list.forbidden. */
err figures_begin_opinions(struct rq *rq, struct figures *f);
err figures_of_opinions(struct rq *rq, struct figures *f);
err figures_of_writers(struct rq *rq, struct figures *f);

/* The same of letters: without tables; by all that tells them apart but places and units; by these;
 * with days. */
err figures_begin_letters(struct rq *rq, struct figures *f);
err figures_of_letters(struct rq *rq, struct figures *f);
err figures_of_letter_places(struct rq *rq, struct figures *f);
err figures_of_letter_units(struct rq *rq, struct figures *f);

/* The same of the organisation and of those right below it side by side: sums alone, without a list
 * behind any. Whoever reads them stands in the audit (the caller's). */
err figures_of_letter_counties(struct rq *rq, struct figures *f);

/* A count as a tile of a page: with the rate that follows from it (NULL = what it means instead).
 */
struct view_fact figure_fact(const struct figure_set *s, const char *count, const char *rate);

/* What every figure of a set means, and what it is now. */
void figure_definitions(const struct figure_set *s, struct dashboard_explain *v);

/* A page's workbook: its totals (NULL = none), then its tables. Errors: those of docs. */
err figures_write_book(struct rq *rq, const struct figures *f, const struct figure_table *totals,
                       struct res *res);

/* Lines of agencies, as rq's form asks: all, or those that answer. Errors: those of the database.
 */
err figures_agencies(struct rq *rq, const struct figures *f, const char *names,
                     struct table_ask *out);

/* The same as answers of the API: totals and lines by name of figure (of a year, name: of the
 * totals); any tables as they stand. */
err figures_json_overview(struct rq *rq, const struct figures *f, struct res *res);
err figures_json_units(struct rq *rq, const struct figures *f, struct res *res);
err figures_json_year(struct rq *rq, const struct figures *f, const char *name, struct res *res);
err figures_json_tables(struct rq *rq, const struct figures *f, struct res *res);
err figures_json_definitions(struct rq *rq, const struct figures *f,
                             const struct dashboard_explain *v, struct res *res);
#endif
