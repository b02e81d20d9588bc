/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See dashboard_yearly.h. Which pages there are: dashboard_opinions.c, dashboard_letters.c. */
#include "modules/dashboards/dashboard_yearly.h"
#include "platform/text/texts.h"
#include "views/dashboards.h"

enum { YEARS_MAX = 6 };

static str with_year(struct rq *rq, const char *path, i64 year)
{
    return arena_printf(rq->mem, "%s?year=%lld", path, (long long)year);
}

/* A text of these figures, "opinions.figures.title.overview"; page NULL = without it. */
static str words_of(const struct figures *f, const char *what, const struct yearly_page *page,
                    str more)
{
    struct arena *mem = f->set.rq->mem;
    const char *key = arena_printf(mem, "%s%s%s%s", f->set.world->words, what, page ? "." : "",
                                   page ? page->name : "")
                          .ptr;
    return text_format(mem, key, more, str_of(""));
}

static struct view_tabs pages_of(const struct yearly *y, const struct figures *f, size_t page)
{
    struct rq *rq = f->set.rq;
    struct view_tab *tabs = arena_array(rq->mem, y->count, sizeof *tabs);
    for (size_t i = 0; i < y->count; i++)
        tabs[i] = (struct view_tab){ .label = words_of(f, "page", &y->pages[i], str_of("")),
                                     .url = with_year(rq, y->pages[i].path, f->set.session_id),
                                     .count = -1,
                                     .active = i == page };
    return (struct view_tabs){ text_find(arena_printf(rq->mem, "menu.%s", y->menu).ptr), tabs,
                               y->count };
}

/* The newest years of which something is counted. */
static err years_of(const struct figures *f, const struct yearly_page *page, struct view_tabs *out)
{
    struct rq *rq = f->set.rq;
    struct tally t;
    TRY(tally_make_years(&f->set, &t));
    struct view_tab *tabs = arena_array(rq->mem, YEARS_MAX, sizeof *tabs);
    size_t n = 0;
    for (; n < t.count && n < YEARS_MAX; n++) {
        str year = t.lines[n].code;
        tabs[n] = (struct view_tab){ words_of(f, "year_of", NULL, year),
                                     arena_printf(rq->mem, "%s?year=%.*s", page->path,
                                                  (int)year.len, year.ptr),
                                     -1, t.lines[n].agency_id == f->set.session_id };
    }
    *out = (struct view_tabs){ words_of(f, "year", NULL, str_of("")), tabs, n };
    return OK;
}

void yearly_tiles(const struct figures *f, const struct yearly_tile (*tiles)[TILES], size_t groups,
                  struct dashboard_figures *v)
{
    struct arena *mem = f->set.rq->mem;
    struct view_facts *all = arena_array(mem, groups, sizeof *all);
    for (size_t g = 0; g < groups; g++) {
        struct view_fact *facts = arena_array(mem, TILES, sizeof *facts);
        for (size_t i = 0; i < TILES; i++)
            facts[i] = figure_fact(&f->set, tiles[g][i].count, tiles[g][i].rate);
        all[g] = (struct view_facts){ facts, TILES };
    }
    v->facts = all;
    v->fact_count = groups;
}

err yearly_show(const struct yearly *y, const struct figures *f, size_t page,
                struct dashboard_figures *v, struct res *res)
{
    struct rq *rq = f->set.rq;
    const struct yearly_page *own = &y->pages[page];
    v->title = words_of(f, "title", own, str_of(""));
    v->intro = words_of(f, "intro", own, f->session_name);
    if (!v->foot.len)
        v->foot = words_of(f, "foot", NULL, str_of(""));
    v->crumbs = view_crumbs(rq->mem, y->collection, v->title);
    v->pages = pages_of(y, f, page);
    TRY(years_of(f, own, &v->sessions));
    v->tables = f->tables;
    v->table_count = f->table_count;
    v->xlsx_url = with_year(rq, arena_printf(rq->mem, "%s.xlsx", own->path).ptr, f->set.session_id);
    struct out *out = page_begin(rq, v->title, y->menu);
    view_dashboards_figures(out, v);
    page_end(res, out);
    return OK;
}

err yearly_explain(const struct yearly *y, const struct figures *f, struct res *res)
{
    struct rq *rq = f->set.rq;
    const struct yearly_page *own = &y->pages[y->count - 1];
    struct dashboard_explain v = { 0 };
    figure_definitions(&f->set, &v);
    if (rq->api)
        return figures_json_definitions(rq, f, &v, res);
    str title = words_of(f, "title", own, str_of(""));
    v.crumbs = view_crumbs(rq->mem, y->collection, title);
    v.pages = pages_of(y, f, y->count - 1);
    v.intro = words_of(f, "intro", own, f->session_name);
    v.of = f->session_name;
    struct out *out = page_begin(rq, title, y->menu);
    view_dashboards_explain(out, &v);
    page_end(res, out);
    return OK;
}
