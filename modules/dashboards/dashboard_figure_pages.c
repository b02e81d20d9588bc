/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of figures: overview, agencies, days, sessions compared, what each figure means. What
 * stands in them: dashboard_gather.c. */
#include "modules/dashboards/dashboard_gather.h"
#include "modules/orgs/org.h"
#include "modules/proposals/proposal.h"
#include "platform/text/texts.h"
#include "views/dashboards.h"

enum { TABS_MAX = 8, FACTS = 4, GROUPS = 8, FILE_MAX = 1000 };

/* ---- where to go ---- */

/* Pages beside each other; the session goes along where there is one. */
static const struct {
    const char *name, *path;
    bool of_session;
} PAGES[] = {
    { "overview", "/proposals/figures", true },
    { "units", "/proposals/figures/units", true },
    { "days", "/proposals/figures/days", true },
    { "compare", "/proposals/figures/compare", false },
    { "explain", "/proposals/figures/explain", false },
};
enum page { OVERVIEW, UNITS, DAYS, COMPARE, EXPLAIN, PAGE_COUNT };

static str with_session(struct rq *rq, const char *path, i64 session_id)
{
    return session_id ? arena_printf(rq->mem, "%s?session_id=%lld", path, (long long)session_id)
                      : arena_printf(rq->mem, "%s?all=1", path);
}

static struct view_tabs pages_of(struct rq *rq, i64 session_id, enum page page)
{
    struct view_tab *tabs = arena_array(rq->mem, PAGE_COUNT, sizeof *tabs);
    for (size_t i = 0; i < PAGE_COUNT; i++)
        tabs[i] = (struct view_tab){
            .label =
                text_find(arena_printf(rq->mem, "proposals.figures.page.%s", PAGES[i].name).ptr),
            .url = PAGES[i].of_session && page < COMPARE
                       ? with_session(rq, PAGES[i].path, session_id)
                       : str_of(PAGES[i].path),
            .count = -1,
            .active = i == page,
        };
    return (struct view_tabs){ text_find("menu.proposal_figures"), tabs, PAGE_COUNT };
}

static err sessions_of(struct rq *rq, const struct figures *f, const char *path,
                       struct view_tabs *out)
{
    struct rows rows;
    TRY(session_list(rq, &rows));
    const struct session *sessions = rows.items;
    struct view_tab *tabs = arena_array(rq->mem, TABS_MAX + 1, sizeof *tabs);
    size_t n = 0;
    for (size_t i = 0; i < rows.count && n < TABS_MAX; i++)
        tabs[n++] = (struct view_tab){ session_name(rq->mem, &sessions[i]),
                                       with_session(rq, path, sessions[i].id), -1,
                                       sessions[i].id == f->set.session_id };
    tabs[n++] = (struct view_tab){ text_find("proposals.figures.all"), with_session(rq, path, 0),
                                   -1, f->set.session_id == 0 };
    *out = (struct view_tabs){ text_find("proposals.figures.session_id"), tabs, n };
    return OK;
}

/* ---- totals ---- */

/* Counts that stand out, with the rate that follows from each; NULL = what it means instead. */
static const struct {
    const char *count, *rate;
} TILES[GROUPS][FACTS] = {
    { { "received", NULL }, { "docketed", NULL }, { "rejected", NULL }, { "merged", NULL } },
    { { "due", NULL },
      { "replied", "reply_rate" },
      { "strict", "strict_rate" },
      { "on_time", "on_time_rate" } },
    { { "agencies", NULL },
      { "unit_contacted", "contact_rate" },
      { "unit_met", "meet_rate" },
      { "adopted", "adoption_rate" } },
    { { "publishable", NULL },
      { "published", "publish_rate" },
      { "flagship", NULL },
      { "commended", NULL } },
    { { "reminded", NULL },
      { "slips", NULL },
      { "slips_on_time", "slips_rate" },
      { "disputes", NULL } },
    { { "promises_due", NULL },
      { "kept", "fulfil_rate" },
      { "missed", NULL },
      { "found", "found_rate" } },
    { { "case_satisfied", NULL },
      { "case_fair", NULL },
      { "case_dissatisfied", "case_rate" },
      { "sent", NULL } },
    { { "returned", "return_rate" },
      { "handling_satisfied", "handling_rate" },
      { "result_satisfied", "result_rate" },
      { "result_dissatisfied", NULL } },
};

static void facts_make(const struct figure_set *s, struct dashboard_figures *v)
{
    struct view_facts *groups = arena_array(s->rq->mem, GROUPS, sizeof *groups);
    for (size_t g = 0; g < GROUPS; g++) {
        struct view_fact *facts = arena_array(s->rq->mem, FACTS, sizeof *facts);
        size_t shown = 0;
        for (size_t i = 0; i < FACTS; i++)
            if (figure_is_shown(s, figure_find(s, TILES[g][i].count)))
                facts[shown++] = figure_fact(s, TILES[g][i].count, TILES[g][i].rate);
        if (shown)
            groups[v->fact_count++] = (struct view_facts){ facts, shown };
    }
    v->facts = groups;
}

/* ---- the page ---- */

static str words_of(struct rq *rq, const char *what, enum page page)
{
    return text_find(arena_printf(rq->mem, "proposals.figures.%s.%s", what, PAGES[page].name).ptr);
}

static err figures_show(struct rq *rq, const struct figures *f, enum page page,
                        struct dashboard_figures *v, struct res *res)
{
    str file = arena_printf(rq->mem, "%s.xlsx", PAGES[page].path);
    v->title = words_of(rq, "title", page);
    v->intro = words_of(rq, "intro", page);
    v->foot = text_find("proposals.figures.foot");
    v->crumbs = proposal_crumbs(rq, NULL, "menu.proposal_figures");
    v->pages = pages_of(rq, f->set.session_id, page);
    v->tables = f->tables;
    v->table_count = f->table_count;
    if (!v->xlsx_url.len)
        v->xlsx_url = with_session(rq, file.ptr, f->set.session_id);
    struct out *out = page_begin(rq, v->title, "proposal_figures");
    view_dashboards_figures(out, v);
    page_end(res, out);
    return OK;
}

/* ---- handlers ---- */

err page_dashboard_figures(struct rq *rq, struct res *res)
{
    struct figures *f = arena_zero(rq->mem, sizeof *f);
    struct dashboard_figures v = { 0 };
    TRY(figures_of_overview(rq, f));
    if (rq->api)
        return figures_json_overview(rq, f, res);
    TRY(sessions_of(rq, f, PAGES[OVERVIEW].path, &v.sessions));
    facts_make(&f->set, &v);
    v.pdf_url = with_session(rq, "/proposals/figures.pdf", f->set.session_id);
    return figures_show(rq, f, OVERVIEW, &v, res);
}

err page_dashboard_units(struct rq *rq, struct res *res)
{
    struct figures *f = arena_zero(rq->mem, sizeof *f);
    struct dashboard_figures v = { 0 };
    TRY(figures_of_units(rq, f));
    if (rq->api)
        return figures_json_units(rq, f, res);
    TRY(sessions_of(rq, f, PAGES[UNITS].path, &v.sessions));
    return figures_show(rq, f, UNITS, &v, res);
}

err page_dashboard_days(struct rq *rq, struct res *res)
{
    struct figures *f = arena_zero(rq->mem, sizeof *f);
    struct dashboard_figures v = { 0 };
    TRY(figures_of_days(rq, f));
    if (rq->api)
        return figures_json_tables(rq, f, res);
    TRY(sessions_of(rq, f, PAGES[DAYS].path, &v.sessions));
    return figures_show(rq, f, DAYS, &v, res);
}

static bool is_compared(const struct figure_table *t, str name)
{
    for (size_t i = 0; i < t->head_count; i++)
        if (str_eq(t->heads[i].label, name))
            return true;
    return false;
}

err page_dashboard_compare(struct rq *rq, struct res *res)
{
    const struct dashboard_compare_input *in = rq->input;
    struct figures *f = arena_zero(rq->mem, sizeof *f);
    struct dashboard_figures v = { 0 };
    struct buf *file = buf_new(rq->mem, FILE_MAX);
    struct rows rows;
    TRY(figures_of_sessions(rq, f));
    if (rq->api)
        return figures_json_tables(rq, f, res);
    TRY(session_list(rq, &rows));
    const struct session *all = rows.items;
    struct view_choice *choices = arena_array(rq->mem, rows.count + 1, sizeof *choices);
    for (size_t i = 0; i < rows.count; i++) {
        str name = session_name(rq->mem, &all[i]);
        choices[i] =
            (struct view_choice){ .value = arena_printf(rq->mem, "%lld", (long long)all[i].id),
                                  .label = name,
                                  .chosen = is_compared(&f->tables[0], name) };
    }
    v.choices = choices;
    v.choice_count = rows.count;
    buf_put(file, "/proposals/figures/compare.xlsx");
    for (size_t i = 0; i < in->session_id.count && i < COMPARED_MAX; i++)
        buf_printf(file, "%csession_id=%lld", i ? '&' : '?', (long long)in->session_id.items[i]);
    v.xlsx_url = buf_str(file);
    return figures_show(rq, f, COMPARE, &v, res);
}

err page_dashboard_explain(struct rq *rq, struct res *res)
{
    struct figures *f = arena_zero(rq->mem, sizeof *f);
    struct dashboard_explain v = { 0 };
    TRY(figures_begin(rq, f));
    figure_definitions(&f->set, &v);
    if (rq->api)
        return figures_json_definitions(rq, f, &v, res);
    v.crumbs = proposal_crumbs(rq, NULL, "menu.proposal_figures");
    v.pages = pages_of(rq, f->set.session_id, EXPLAIN);
    v.intro = text_find("proposals.figures.intro.explain");
    v.of = text_find("proposals.figures.of_session");
    struct out *out = page_begin(rq, words_of(rq, "title", EXPLAIN), "proposal_figures");
    view_dashboards_explain(out, &v);
    page_end(res, out);
    return OK;
}
