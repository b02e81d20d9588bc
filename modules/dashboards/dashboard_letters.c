/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of the yearly figures of letters (来信统计): overview, places, units, what they mean; the
 * same as JSON and workbooks. What stands in them: dashboard_gather.c, dashboard_tables.c. */
#include "modules/dashboards/dashboard_yearly.h"

static const struct yearly_page PAGES[] = {
    { "overview", "/letters/figures" },
    { "places", "/letters/figures/places" },
    { "units", "/letters/figures/units" },
    { "explain", "/letters/figures/explain" },
};
enum page { OVERVIEW, PLACES, UNITS, PAGE_COUNT = sizeof PAGES / sizeof *PAGES };

static const struct yearly YEARLY = { "letters", "letter_figures", PAGES, PAGE_COUNT };

err page_dashboard_letters(struct rq *rq, struct res *res)
{
    static const struct yearly_tile FACTS[][TILES] = {
        { { "letters", NULL }, { "waiting", NULL }, { "handed", NULL }, { "dismissed", NULL } },
        { { "answered", NULL },
          { "on_time", "on_time_rate" },
          { "late", NULL },
          { "overdue", NULL } },
        { { "solved", "solve_rate" },
          { "partly", NULL },
          { "unsolved", NULL },
          { "unjudged", NULL } },
        { { "again", NULL }, { "still_yes", "still_rate" }, { "routed", NULL }, { "fed", NULL } },
    };
    struct figures *f = arena_zero(rq->mem, sizeof *f);
    struct dashboard_figures v = { 0 };
    TRY(figures_of_letters(rq, f));
    if (rq->api)
        return figures_json_year(rq, f, "letters", res);
    yearly_tiles(f, FACTS, sizeof FACTS / sizeof *FACTS, &v);
    return yearly_show(&YEARLY, f, OVERVIEW, &v, res);
}

err page_dashboard_letter_places(struct rq *rq, struct res *res)
{
    struct figures *f = arena_zero(rq->mem, sizeof *f);
    struct dashboard_figures v = { 0 };
    TRY(figures_of_letter_places(rq, f));
    return rq->api ? figures_json_tables(rq, f, res) : yearly_show(&YEARLY, f, PLACES, &v, res);
}

err page_dashboard_letter_units(struct rq *rq, struct res *res)
{
    struct figures *f = arena_zero(rq->mem, sizeof *f);
    struct dashboard_figures v = { 0 };
    TRY(figures_of_letter_units(rq, f));
    return rq->api ? figures_json_tables(rq, f, res) : yearly_show(&YEARLY, f, UNITS, &v, res);
}

err page_dashboard_letters_explain(struct rq *rq, struct res *res)
{
    struct figures *f = arena_zero(rq->mem, sizeof *f);
    TRY(figures_begin_letters(rq, f));
    return yearly_explain(&YEARLY, f, res);
}

err file_dashboard_letters(struct rq *rq, struct res *res)
{
    struct figures *f = arena_zero(rq->mem, sizeof *f);
    struct figure_table totals;
    TRY(figures_of_letters(rq, f));
    const struct figure_set *set = &f->set;
    figure_table_compare(&set, 1, &totals);
    return figures_write_book(rq, f, &totals, res);
}

err file_dashboard_letter_places(struct rq *rq, struct res *res)
{
    struct figures *f = arena_zero(rq->mem, sizeof *f);
    TRY(figures_of_letter_places(rq, f));
    return figures_write_book(rq, f, NULL, res);
}

err file_dashboard_letter_units(struct rq *rq, struct res *res)
{
    struct figures *f = arena_zero(rq->mem, sizeof *f);
    TRY(figures_of_letter_units(rq, f));
    return figures_write_book(rq, f, NULL, res);
}
