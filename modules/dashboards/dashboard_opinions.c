/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of the yearly figures of opinions (采用统计): overview, members, what they mean; the same
 * as JSON and workbooks. What stands in them: dashboard_gather.c, dashboard_tables.c. */
#include "modules/dashboards/dashboard_yearly.h"

static const struct yearly_page PAGES[] = {
    { "overview", "/opinions/figures" },
    { "members", "/opinions/figures/members" },
    { "explain", "/opinions/figures/explain" },
};
enum page { OVERVIEW, MEMBERS, PAGE_COUNT = sizeof PAGES / sizeof *PAGES };

static const struct yearly YEARLY = { "opinions", "opinion_figures", PAGES, PAGE_COUNT };

err page_dashboard_opinions(struct rq *rq, struct res *res)
{
    static const struct yearly_tile FACTS[][TILES] = {
        { { "opinions", NULL },
          { "chosen", "choose_rate" },
          { "stored", NULL },
          { "issued", "issue_rate" } },
        { { "waiting", NULL },
          { "revising", NULL },
          { "composites", NULL },
          { "composites_issued", NULL } },
    };
    struct figures *f = arena_zero(rq->mem, sizeof *f);
    struct dashboard_figures v = { 0 };
    TRY(figures_of_opinions(rq, f));
    if (rq->api)
        return figures_json_year(rq, f, "opinions", res);
    yearly_tiles(f, FACTS, sizeof FACTS / sizeof *FACTS, &v);
    return yearly_show(&YEARLY, f, OVERVIEW, &v, res);
}

err page_dashboard_writers(struct rq *rq, struct res *res)
{
    struct figures *f = arena_zero(rq->mem, sizeof *f);
    struct dashboard_figures v = { 0 };
    TRY(figures_of_writers(rq, f));
    return rq->api ? figures_json_tables(rq, f, res) : yearly_show(&YEARLY, f, MEMBERS, &v, res);
}

err page_dashboard_opinions_explain(struct rq *rq, struct res *res)
{
    struct figures *f = arena_zero(rq->mem, sizeof *f);
    TRY(figures_begin_opinions(rq, f));
    return yearly_explain(&YEARLY, f, res);
}

err file_dashboard_opinions(struct rq *rq, struct res *res)
{
    struct figures *f = arena_zero(rq->mem, sizeof *f);
    struct figure_table totals;
    TRY(figures_of_opinions(rq, f));
    const struct figure_set *set = &f->set;
    figure_table_compare(&set, 1, &totals);
    return figures_write_book(rq, f, &totals, res);
}

err file_dashboard_writers(struct rq *rq, struct res *res)
{
    struct figures *f = arena_zero(rq->mem, sizeof *f);
    TRY(figures_of_writers(rq, f));
    return figures_write_book(rq, f, NULL, res);
}
