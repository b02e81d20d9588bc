/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of the yearly figures of opinions (采用统计): overview, members, what they mean; the same
 * as JSON and workbooks. What stands in them: dashboard_gather.c, dashboard_tables.c. */
#include "modules/dashboards/dashboard_gather.h"
#include "platform/text/texts.h"
#include "views/dashboards.h"

enum { YEARS_MAX = 6, FACTS = 4 };

static const struct {
    const char *name, *path;
} PAGES[] = {
    { "overview", "/opinions/figures" },
    { "members", "/opinions/figures/members" },
    { "explain", "/opinions/figures/explain" },
};
enum page { OVERVIEW, MEMBERS, EXPLAIN, PAGE_COUNT };

static str with_year(struct rq *rq, const char *path, i64 year)
{
    return arena_printf(rq->mem, "%s?year=%lld", path, (long long)year);
}

static str words_of(struct rq *rq, const char *what, enum page page, str more)
{
    const char *key = arena_printf(rq->mem, "opinions.figures.%s.%s", what, PAGES[page].name).ptr;
    return text_format(rq->mem, key, more, str_of(""));
}

static struct view_tabs pages_of(const struct figures *f, enum page page)
{
    struct rq *rq = f->set.rq;
    struct view_tab *tabs = arena_array(rq->mem, PAGE_COUNT, sizeof *tabs);
    for (size_t i = 0; i < PAGE_COUNT; i++)
        tabs[i] = (struct view_tab){ .label = words_of(rq, "page", i, str_of("")),
                                     .url = with_year(rq, PAGES[i].path, f->set.session_id),
                                     .count = -1,
                                     .active = i == page };
    return (struct view_tabs){ text_find("menu.opinion_figures"), tabs, PAGE_COUNT };
}

/* The newest years of which something is counted. */
static err years_of(const struct figures *f, enum page page, struct view_tabs *out)
{
    struct rq *rq = f->set.rq;
    struct tally t;
    TRY(tally_make_years(&f->set, &t));
    struct view_tab *tabs = arena_array(rq->mem, YEARS_MAX, sizeof *tabs);
    size_t n = 0;
    for (; n < t.count && n < YEARS_MAX; n++) {
        str year = t.lines[n].code;
        tabs[n] =
            (struct view_tab){ text_format(rq->mem, "opinions.figures.year_of", year, str_of("")),
                               arena_printf(rq->mem, "%s?year=%.*s", PAGES[page].path,
                                            (int)year.len, year.ptr),
                               -1, t.lines[n].agency_id == f->set.session_id };
    }
    *out = (struct view_tabs){ text_find("opinions.figures.year"), tabs, n };
    return OK;
}

static void facts_make(const struct figures *f, struct dashboard_figures *v)
{
    static const struct {
        const char *count, *rate;
    } TILES[][FACTS] = {
        { { "opinions", NULL },
          { "chosen", "choose_rate" },
          { "stored", NULL },
          { "issued", "issue_rate" } },
        { { "waiting", NULL },
          { "revising", NULL },
          { "composites", NULL },
          { "composites_issued", NULL } },
    };
    enum { GROUPS = sizeof TILES / sizeof *TILES };
    struct arena *mem = f->set.rq->mem;
    struct view_facts *groups = arena_array(mem, GROUPS, sizeof *groups);
    for (size_t g = 0; g < GROUPS; g++) {
        struct view_fact *facts = arena_array(mem, FACTS, sizeof *facts);
        for (size_t i = 0; i < FACTS; i++)
            facts[i] = figure_fact(&f->set, TILES[g][i].count, TILES[g][i].rate);
        groups[g] = (struct view_facts){ facts, FACTS };
    }
    v->facts = groups;
    v->fact_count = GROUPS;
}

static err figures_show(const struct figures *f, enum page page, struct dashboard_figures *v,
                        struct res *res)
{
    struct rq *rq = f->set.rq;
    v->title = words_of(rq, "title", page, str_of(""));
    v->intro = words_of(rq, "intro", page, f->session_name);
    v->foot = text_find("opinions.figures.foot");
    v->crumbs = view_crumbs(rq->mem, "opinions", v->title);
    v->pages = pages_of(f, page);
    TRY(years_of(f, page, &v->sessions));
    v->tables = f->tables;
    v->table_count = f->table_count;
    v->xlsx_url =
        with_year(rq, arena_printf(rq->mem, "%s.xlsx", PAGES[page].path).ptr, f->set.session_id);
    struct out *out = page_begin(rq, v->title, "opinion_figures");
    view_dashboards_figures(out, v);
    page_end(res, out);
    return OK;
}

err page_dashboard_opinions(struct rq *rq, struct res *res)
{
    struct figures *f = arena_zero(rq->mem, sizeof *f);
    struct dashboard_figures v = { 0 };
    TRY(figures_of_opinions(rq, f));
    if (rq->api)
        return figures_json_opinions(rq, f, res);
    facts_make(f, &v);
    return figures_show(f, OVERVIEW, &v, res);
}

err page_dashboard_writers(struct rq *rq, struct res *res)
{
    struct figures *f = arena_zero(rq->mem, sizeof *f);
    struct dashboard_figures v = { 0 };
    TRY(figures_of_writers(rq, f));
    return rq->api ? figures_json_tables(rq, f, res) : figures_show(f, MEMBERS, &v, res);
}

err page_dashboard_opinions_explain(struct rq *rq, struct res *res)
{
    struct figures *f = arena_zero(rq->mem, sizeof *f);
    struct dashboard_explain v = { 0 };
    TRY(figures_begin_opinions(rq, f));
    figure_definitions(&f->set, &v);
    if (rq->api)
        return figures_json_definitions(rq, f, &v, res);
    str title = words_of(rq, "title", EXPLAIN, str_of(""));
    v.crumbs = view_crumbs(rq->mem, "opinions", title);
    v.pages = pages_of(f, EXPLAIN);
    v.intro = words_of(rq, "intro", EXPLAIN, f->session_name);
    v.of = f->session_name;
    struct out *out = page_begin(rq, title, "opinion_figures");
    view_dashboards_explain(out, &v);
    page_end(res, out);
    return OK;
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
