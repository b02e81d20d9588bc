/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of the yearly figures of letters (来信统计): overview, places, units, those below side by
 * side, what they mean; the same as JSON and workbooks. What stands in them: dashboard_gather.c,
 * dashboard_tables.c. */
#include "modules/dashboards/dashboard_yearly.h"
#include "modules/orgs/org.h"
#include "platform/audit/audit.h"
#include "platform/text/texts.h"

static const struct yearly_page PAGES[] = {
    { "overview", "/letters/figures" },
    { "places", "/letters/figures/places" },
    { "units", "/letters/figures/units" },
    { "explain", "/letters/figures/explain" },
};
/* Where others stand below. */
static const struct yearly_page PAGES_ABOVE[] = {
    { "overview", "/letters/figures" },        { "places", "/letters/figures/places" },
    { "units", "/letters/figures/units" },     { "counties", "/letters/figures/counties" },
    { "explain", "/letters/figures/explain" },
};
enum page { OVERVIEW, PLACES, UNITS, COUNTIES };

static const struct yearly YEARLY = { "letters", "letter_figures", PAGES,
                                      sizeof PAGES / sizeof *PAGES };
static const struct yearly YEARLY_ABOVE = { "letters", "letter_figures", PAGES_ABOVE,
                                            sizeof PAGES_ABOVE / sizeof *PAGES_ABOVE };

static err show(struct figures *f, enum page page, struct dashboard_figures *v, struct res *res)
{
    struct rows below;
    TRY(org_list_below(f->set.rq, &below));
    return yearly_show(below.count || page == COUNTIES ? &YEARLY_ABOVE : &YEARLY, f, page, v, res);
}

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
    return show(f, OVERVIEW, &v, res);
}

err page_dashboard_letter_places(struct rq *rq, struct res *res)
{
    struct figures *f = arena_zero(rq->mem, sizeof *f);
    struct dashboard_figures v = { 0 };
    TRY(figures_of_letter_places(rq, f));
    return rq->api ? figures_json_tables(rq, f, res) : show(f, PLACES, &v, res);
}

err page_dashboard_letter_units(struct rq *rq, struct res *res)
{
    struct figures *f = arena_zero(rq->mem, sizeof *f);
    struct dashboard_figures v = { 0 };
    TRY(figures_of_letter_units(rq, f));
    return rq->api ? figures_json_tables(rq, f, res) : show(f, UNITS, &v, res);
}

static struct audit_entry looked_at(const struct figures *f)
{
    return (struct audit_entry){ .act = "letters.figures",
                                 .object = "orgs",
                                 .object_id = f->set.rq->actor->org_id,
                                 .after = f->session_name };
}

err page_dashboard_letter_counties(struct rq *rq, struct res *res)
{
    struct figures *f = arena_zero(rq->mem, sizeof *f);
    struct dashboard_figures v = { .foot = text_find("letters.figures.foot_below") };
    TRY(figures_of_letter_counties(rq, f));
    const struct audit_entry entry = looked_at(f);
    TRY(audit_leaving(rq, &entry));
    return rq->api ? figures_json_tables(rq, f, res) : show(f, COUNTIES, &v, res);
}

err page_dashboard_letters_explain(struct rq *rq, struct res *res)
{
    struct figures *f = arena_zero(rq->mem, sizeof *f);
    struct rows below;
    TRY(figures_begin_letters(rq, f));
    TRY(org_list_below(rq, &below));
    return yearly_explain(below.count ? &YEARLY_ABOVE : &YEARLY, f, res);
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

err file_dashboard_letter_counties(struct rq *rq, struct res *res)
{
    struct figures *f = arena_zero(rq->mem, sizeof *f);
    TRY(figures_of_letter_counties(rq, f));
    const struct audit_entry entry = looked_at(f);
    TRY(audit_leaving(rq, &entry));
    return figures_write_book(rq, f, NULL, res);
}
