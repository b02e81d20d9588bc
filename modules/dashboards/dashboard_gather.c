/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Gathering what a page of figures shows. Tables: dashboard_tables.c, dashboard_days.c; pages:
 * dashboard_figure_pages.c, files: dashboard_figure_files.c. */
#include "modules/dashboards/dashboard_gather.h"

#include <assert.h>

#include "modules/orgs/org.h"
#include "platform/calendar/calendar.h"
#include "platform/text/texts.h"

/* The session asked for, else the one of today, else every one (0). */
static err session_choose(struct rq *rq, const struct dashboard_figures_input *in, i64 *id,
                          str *name)
{
    struct session session;
    *id = 0;
    *name = text_find("proposals.figures.all");
    if (in->all)
        return OK;
    err e = in->session_id ? session_find(rq, in->session_id, &session)
                           : session_on(rq, rq->today, &session);
    if (e.code == ERR_NOT_FOUND && !in->session_id)
        return OK;
    TRY(e);
    *id = session.id;
    *name = session_name(rq->mem, &session);
    return OK;
}

err figures_begin(struct rq *rq, struct figures *f)
{
    i64 session_id;
    *f = (struct figures){ 0 };
    if (actor_scope(rq->actor, "proposals.figures") != SCOPE_ORG)
        return err_make(ERR_FORBIDDEN, "list.forbidden");
    TRY(session_choose(rq, rq->input, &session_id, &f->session_name));
    return figure_set_make(rq, session_id, &f->set);
}

err figures_of_overview(struct rq *rq, struct figures *f)
{
    TRY(figures_begin(rq, f));
    for (const struct figure_dimension *d = FIGURE_DIMENSIONS; d->name; d++) {
        struct table_ask ask;
        TRY(figure_lines_of(&f->set, d, &ask));
        if (ask.count == 0 && strcmp(d->name, "field") == 0) /* the place has none */
            continue;
        figure_table_make(&f->set, &ask, &f->tables[f->table_count++]);
    }
    return OK;
}

/* Names of the tables of agencies, and what stands in each. */
static const struct {
    const char *name, *figures;
} AGENCY_TABLES[] = {
    { "agency", AGENCY_FIGURES },   { "contact", CONTACT_FIGURES }, { "form", FORM_FIGURES },
    { "promise", PROMISE_FIGURES }, { "urging", URGING_FIGURES },
};

static bool is_shown(const struct figure_set *s, size_t table)
{
    const bool shown[] = { true, true, s->forms, s->kept, s->urged || s->disputed };
    return shown[table];
}

/* Of those that answer alone. */
static void hosts_keep(struct table_ask *ask)
{
    struct table_line *lines = (struct table_line *)ask->lines;
    size_t kept = 0;
    for (size_t i = 0; i < ask->count; i++)
        if (lines[i].counts->hosts)
            lines[kept++] = lines[i];
    ask->count = kept;
}

err figures_agencies(struct rq *rq, const struct figures *f, const char *names,
                     struct table_ask *out)
{
    const struct dashboard_figures_input *in = rq->input;
    TRY(figure_lines_of_agencies(&f->set, names, out));
    if (in->hosts)
        hosts_keep(out);
    return OK;
}

err figures_of_units(struct rq *rq, struct figures *f)
{
    TRY(figures_begin(rq, f));
    for (size_t i = 0; i < sizeof AGENCY_TABLES / sizeof *AGENCY_TABLES; i++) {
        struct table_ask ask;
        if (!is_shown(&f->set, i))
            continue;
        TRY(figures_agencies(rq, f, AGENCY_TABLES[i].figures, &ask));
        struct figure_table *t = &f->tables[f->table_count++];
        figure_table_make(&f->set, &ask, t);
        t->caption =
            text_find(arena_printf(rq->mem, "proposals.figures.by.%s", AGENCY_TABLES[i].name).ptr);
    }
    struct table_ask systems;
    TRY(figure_lines_of_systems(&f->set, &systems));
    figure_table_make(&f->set, &systems, &f->tables[f->table_count++]);
    return OK;
}

err figures_of_days(struct rq *rq, struct figures *f)
{
    TRY(figures_begin(rq, f));
    return days_tables_make(&f->set, AGENCY_FIGURES, f->tables, &f->table_count);
}

/* ---- opinions ---- */

/* The year asked for, else the present one. */
static i64 year_choose(struct rq *rq, const char *words, str *name)
{
    const struct dashboard_year_input *in = rq->input;
    int year, month, mday;
    day_to_civil(rq->today, &year, &month, &mday);
    i64 asked = in->year ? in->year : year;
    *name =
        text_format(rq->mem, words, arena_printf(rq->mem, "%lld", (long long)asked), str_of(""));
    return asked;
}

err figures_begin_opinions(struct rq *rq, struct figures *f)
{
    *f = (struct figures){ 0 };
    if (actor_scope(rq->actor, "opinions.figures") != SCOPE_ORG)
        return err_make(ERR_FORBIDDEN, "list.forbidden");
    i64 year = year_choose(rq, "opinions.figures.year_of", &f->session_name);
    return opinion_figures_make(rq, year, &f->set);
}

/* A table of each dimension. */
static err dimensions_put(struct figures *f, const struct figure_dimension *all)
{
    struct table_ask ask;
    for (const struct figure_dimension *d = all; d->name; d++) {
        TRY(figure_lines_of(&f->set, d, &ask));
        figure_table_make(&f->set, &ask, &f->tables[f->table_count++]);
    }
    return OK;
}

/* The last table of an overview. */
static err years_put(struct figures *f)
{
    struct figure_set years;
    struct table_ask ask;
    TRY(figure_lines_of_years(&f->set, &years, &ask));
    figure_table_make(&years, &ask, &f->tables[f->table_count++]);
    return OK;
}

err figures_of_opinions(struct rq *rq, struct figures *f)
{
    TRY(figures_begin_opinions(rq, f));
    TRY(dimensions_put(f, OPINION_DIMENSIONS));
    return years_put(f);
}

err figures_of_writers(struct rq *rq, struct figures *f)
{
    struct table_ask ask;
    TRY(figures_begin_opinions(rq, f));
    TRY(figure_lines_of_writers(&f->set, &ask));
    figure_table_make(&f->set, &ask, &f->tables[f->table_count++]);
    return OK;
}

/* ---- letters ---- */

err figures_begin_letters(struct rq *rq, struct figures *f)
{
    *f = (struct figures){ 0 };
    if (actor_scope(rq->actor, "letters.figures") != SCOPE_ORG)
        return err_make(ERR_FORBIDDEN, "list.forbidden");
    i64 year = year_choose(rq, "letters.figures.year_of", &f->session_name);
    return letter_figures_make(rq, year, &f->set);
}

err figures_of_letters(struct rq *rq, struct figures *f)
{
    TRY(figures_begin_letters(rq, f));
    TRY(dimensions_put(f, LETTER_DIMENSIONS));
    return years_put(f);
}

err figures_of_letter_places(struct rq *rq, struct figures *f)
{
    TRY(figures_begin_letters(rq, f));
    return dimensions_put(f, LETTER_PLACES);
}

err figures_of_letter_units(struct rq *rq, struct figures *f)
{
    struct table_ask ask;
    TRY(figures_begin_letters(rq, f));
    TRY(figure_lines_of_agencies(&f->set, LETTER_FIGURES, &ask));
    figure_table_make(&f->set, &ask, &f->tables[f->table_count++]);
    return days_tables_make(&f->set, LETTER_FIGURES, f->tables, &f->table_count);
}

/* ---- tiles and definitions ---- */

struct view_fact figure_fact(const struct figure_set *s, const char *count, const char *rate)
{
    struct rq *rq = s->rq;
    const struct figure *f = figure_find(s, count), *r = rate ? figure_find(s, rate) : NULL;
    const struct tally_line *line = figure_total(s, f);
    struct view_fact fact = { .label = figure_label(s, f), .value = figure_words(s, line, f) };
    if (figure_value(line, f))
        fact.url = figure_url(s, f, str_of(""));
    fact.note = r ? text_format(rq->mem, "proposals.figures.with",
                                text_format(rq->mem, "proposals.figures.rate", figure_label(s, r),
                                            figure_words(s, figure_total(s, r), r)),
                                figure_meaning(s, r))
                  : figure_meaning(s, f);
    return fact;
}

/* Days are no figure of the set, and are explained beside them. */
static struct figure_definition days_definition(const struct figure_set *s)
{
    return (struct figure_definition){ .name = str_of("days"),
                                       .label = text_find(figure_key(s, "page.days")),
                                       .meaning = text_find(figure_key(s, "means.days")) };
}

void figure_definitions(const struct figure_set *s, struct dashboard_explain *v)
{
    struct figure_definition *items = arena_array(s->rq->mem, s->figure_count + 1, sizeof *items);
    v->items = items;
    for (size_t i = 0; i < s->figure_count; i++) {
        const struct figure *f = &s->figures[i];
        const struct tally_line *total = figure_total(s, f);
        struct figure_definition *d = &items[v->count];
        if (!figure_is_shown(s, f))
            continue;
        *d = (struct figure_definition){ .name = str_of(f->name),
                                         .label = figure_label(s, f),
                                         .meaning = figure_meaning(s, f),
                                         .value = figure_words(s, total, f) };
        if (!f->whole && figure_value(total, f))
            d->url = figure_url(s, f, str_of(""));
        v->count++;
    }
    if (s->world->stages)
        items[v->count++] = days_definition(s);
}

/* ---- sessions side by side ---- */

/* The sessions asked for, else the newest; each once, at most COMPARED_MAX. */
static err compared_choose(struct rq *rq, struct session out[COMPARED_MAX], size_t *count)
{
    const struct dashboard_compare_input *in = rq->input;
    struct rows rows;
    TRY(session_list(rq, &rows));
    const struct session *all = rows.items;
    *count = 0;
    for (size_t i = 0; i < rows.count && *count < COMPARED_MAX; i++) {
        bool asked = in->session_id.count == 0;
        for (size_t k = 0; k < in->session_id.count; k++)
            asked = asked || in->session_id.items[k] == all[i].id;
        if (asked)
            out[(*count)++] = all[i];
    }
    return *count ? OK : err_make(ERR_NOT_FOUND, "orgs.no_session");
}

err figures_of_sessions(struct rq *rq, struct figures *f)
{
    struct session sessions[COMPARED_MAX];
    const struct figure_set *sets[COMPARED_MAX];
    struct figure_table *t = &f->tables[0];
    size_t count;
    *f = (struct figures){ .session_name = text_find("proposals.figures.compare") };
    if (actor_scope(rq->actor, "proposals.figures") != SCOPE_ORG)
        return err_make(ERR_FORBIDDEN, "list.forbidden");
    TRY(compared_choose(rq, sessions, &count));
    struct figure_head *heads = arena_array(rq->mem, count, sizeof *heads);
    for (size_t i = 0; i < count; i++) {
        struct figure_set *set = arena_zero(rq->mem, sizeof *set);
        TRY(figure_set_make(rq, sessions[i].id, set));
        heads[i].label = session_name(rq->mem, &sessions[i]);
        sets[i] = set;
    }
    assert(count > 0); /* or there is no session, which compared_choose has said */
    f->set = *sets[0];
    *t = (struct figure_table){ .caption = text_find("proposals.figures.by.session"),
                                .first = text_find("proposals.figures.item"),
                                .heads = heads,
                                .head_count = count };
    figure_table_compare(sets, count, t);
    f->table_count = 1;
    return OK;
}
