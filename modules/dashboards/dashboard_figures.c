/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Figures of a session: totals with their rates, and tables by category and by agency, each number
 * with the list behind it. One set of figures for page, JSON and workbook. What stands in a table:
 * dashboard_figures_tables.c. Definitions: docs/glossary.md. */
#include "modules/assignments/assignment.h"
#include "modules/dashboards/dashboard_figures_tables.h"
#include "modules/dashboards/dashboard_pages.h"
#include "modules/orgs/org.h"
#include "modules/outcomes/outcome.h"
#include "modules/proposals/proposal.h"
#include "platform/docs/docs.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"
#include "views/dashboards.h"

enum { TABS_MAX = 8, KEY_MAX = 1000, KINDS = 4 };

/* All of one page, workbook or answer. */
struct figures {
    struct figure_frame frame;
    str session_name;
    bool forms; /* the actor may see what evaluations say */
    struct figure_source *categories, *agencies;
    size_t category_count, agency_count;
    struct proposal_count cases;                   /* of all categories */
    struct agency_figures handled;                 /* of all agencies */
    struct figure_source cases_line, handled_line; /* the two as lines */
    bool kept;                                     /* the actor may see what became of promises */
    struct figure_source *promises, kept_line;
    size_t promise_count;
    struct promise_figures promised; /* of all agencies */
    struct tracking_figures tracking;
};

/* ---- gathering ---- */

/* The session asked for, else the one of today, else every one. */
static err session_choose(struct rq *rq, const struct dashboard_figures_input *in,
                          struct figures *f)
{
    struct session session;
    f->session_name = text_find("proposals.figures.all");
    if (in->all)
        return OK;
    err e = in->session_id ? session_find(rq, in->session_id, &session)
                           : session_on(rq, rq->today, &session);
    if (e.code == ERR_NOT_FOUND && !in->session_id)
        return OK;
    TRY(e);
    f->frame.session_id = session.id;
    f->session_name = session_name(rq->mem, &session);
    return OK;
}

/* "&category=%E4%BA%A4": an empty filter would mean none. */
static str category_key(struct rq *rq, str category)
{
    struct buf *b = buf_new(rq->mem, KEY_MAX);
    if (category.len == 0)
        return str_of("&categorised=0");
    buf_put(b, "&category=");
    for (size_t i = 0; i < category.len; i++)
        buf_printf(b, "%%%02X", (unsigned char)category.ptr[i]);
    return buf_str(b);
}

/* The place of a class, class_count if the dictionary has it no more. */
static size_t class_place(const struct figure_frame *f, str class)
{
    size_t k = 0;
    while (k < f->class_count && !str_eq(f->classes[k].code, class))
        k++;
    return k;
}

static void add_counts(struct proposal_count *to, const struct proposal_count *from)
{
    to->received += from->received;
    to->docketed += from->docketed;
    to->rejected += from->rejected;
    to->diverted += from->diverted;
    to->withdrawn += from->withdrawn;
    to->merged += from->merged;
    to->assigned += from->assigned;
    to->answered += from->answered;
    to->on_time += from->on_time;
    to->closed += from->closed;
}

/* Counts of one category stand together, a row for each class. */
static err categories_make(struct rq *rq, struct figures *f)
{
    struct rows rows;
    struct proposal_count *sum = NULL;
    TRY(proposal_counts(rq, f->frame.session_id, &rows));
    const struct proposal_count *counts = rows.items;
    f->categories = arena_array(rq->mem, rows.count + 1, sizeof *f->categories);
    for (size_t i = 0; i < rows.count; i++) {
        str name = counts[i].name;
        if (!sum || !str_eq(name, counts[i - 1].name)) {
            sum = arena_zero(rq->mem, sizeof *sum);
            f->categories[f->category_count++] = (struct figure_source){
                .label = name.len ? dictionary_label(rq, "proposals.categories", name)
                                  : text_find("proposals.figures.none"),
                .key = category_key(rq, name),
                .counts = sum,
            };
        }
        size_t place = class_place(&f->frame, counts[i].class);
        if (place < f->frame.class_count) {
            f->categories[f->category_count - 1].classes[place] += counts[i].answered;
            f->cases_line.classes[place] += counts[i].answered;
        }
        add_counts(sum, &counts[i]);
        add_counts(&f->cases, &counts[i]);
    }
    return OK;
}

static void add_handled(struct agency_figures *to, const struct agency_figures *from)
{
    for (size_t c = 0; c < FIGURES_BY_AGENCY.column_count + FIGURES_OF_FORMS.column_count; c++) {
        size_t first = FIGURES_BY_AGENCY.column_count;
        size_t at =
            c < first ? FIGURES_BY_AGENCY.columns[c].at : FIGURES_OF_FORMS.columns[c - first].at;
        i64 sum = figure_value(to, at) + figure_value(from, at);
        memcpy((char *)to + at, &sum, sizeof sum);
    }
}

static err agencies_make(struct rq *rq, struct figures *f)
{
    struct assignment_figures all;
    TRY(assignment_figures(rq, "proposals", f->frame.session_id, &all));
    const struct agency_figures *agencies = all.agencies.items;
    const struct class_figure *classes = all.classes.items;
    f->forms = all.forms;
    f->agency_count = all.agencies.count;
    f->agencies = arena_array(rq->mem, f->agency_count + 1, sizeof *f->agencies);
    for (size_t i = 0; i < f->agency_count; i++) {
        f->agencies[i] = (struct figure_source){
            .label = agencies[i].agency_name,
            .key = arena_printf(rq->mem, "&agency_id=%lld", (long long)agencies[i].agency_id),
            .agency_id = agencies[i].agency_id,
            .counts = &agencies[i],
        };
        add_handled(&f->handled, &agencies[i]);
        for (size_t k = 0; k < all.classes.count; k++) {
            size_t place = class_place(&f->frame, classes[k].class);
            if (classes[k].agency_id == agencies[i].agency_id && place < f->frame.class_count) {
                f->agencies[i].classes[place] += classes[k].count;
                f->handled_line.classes[place] += classes[k].count;
            }
        }
    }
    return OK;
}

static void add_promised(struct promise_figures *to, const struct promise_figures *from)
{
    for (size_t c = 0; c < FIGURES_OF_PROMISES.column_count; c++) {
        size_t at = FIGURES_OF_PROMISES.columns[c].at;
        i64 sum = figure_value(to, at) + figure_value(from, at);
        memcpy((char *)to + at, &sum, sizeof sum);
    }
}

/* Whoever promised, also who has answered nothing of this session since. */
static err promises_make(struct rq *rq, struct figures *f)
{
    struct rows rows;
    f->kept = actor_scope(rq->actor, "outcomes.read") == SCOPE_ORG;
    f->kept_line.counts = &f->promised;
    if (!f->kept)
        return OK;
    TRY(promise_figures_of(rq, "proposals", f->frame.session_id, &rows));
    TRY(tracking_figures_of(rq, f->frame.session_id, &f->tracking));
    const struct promise_figures *all = rows.items;
    f->promises = arena_array(rq->mem, rows.count + 1, sizeof *f->promises);
    for (size_t i = 0; i < rows.count; i++) {
        f->promises[f->promise_count++] = (struct figure_source){
            .label = all[i].agency_name,
            .key = arena_printf(rq->mem, "&agency_id=%lld", (long long)all[i].agency_id),
            .agency_id = all[i].agency_id,
            .counts = &all[i],
        };
        add_promised(&f->promised, &all[i]);
    }
    return OK;
}

static err gather(struct rq *rq, struct figures *f)
{
    struct rows classes;
    *f = (struct figures){ .frame = { .rq = rq } };
    if (actor_scope(rq->actor, "proposals.figures") != SCOPE_ORG)
        return err_make(ERR_FORBIDDEN, "list.forbidden");
    TRY(session_choose(rq, rq->input, f));
    /* Also those that can no longer be chosen: they were answered with. */
    TRY(dictionary_list_all(rq, "assignments.classes", &classes));
    f->frame.classes = classes.items;
    f->frame.class_count = classes.count < FIGURE_CLASSES_MAX ? classes.count : FIGURE_CLASSES_MAX;
    f->cases_line.counts = &f->cases;
    f->handled_line.counts = &f->handled;
    TRY(categories_make(rq, f));
    TRY(promises_make(rq, f));
    return agencies_make(rq, f);
}

/* ---- tables ---- */

static size_t tables_make(const struct figures *f, struct figure_table tables[KINDS])
{
    figure_table_make(&f->frame, &FIGURES_BY_CATEGORY, f->categories, f->category_count,
                      &tables[0]);
    size_t n = 2;
    figure_table_make(&f->frame, &FIGURES_BY_AGENCY, f->agencies, f->agency_count, &tables[1]);
    if (f->forms)
        figure_table_make(&f->frame, &FIGURES_OF_FORMS, f->agencies, f->agency_count, &tables[n++]);
    if (f->kept)
        figure_table_make(&f->frame, &FIGURES_OF_PROMISES, f->promises, f->promise_count,
                          &tables[n++]);
    return n;
}

static str word(struct rq *rq, const char *prefix, const char *name)
{
    return text_find(arena_printf(rq->mem, "%s.%s", prefix, name).ptr);
}

/* ---- page ---- */

/* A total with what it means, or with the rate that follows from it. */
struct tile {
    const struct figure_kind *kind;
    size_t column, rate;
};
enum { NO_RATE = 99, TILES = 4 };

static const struct tile COME[TILES] = { { &FIGURES_BY_CATEGORY, 0, NO_RATE },
                                         { &FIGURES_BY_CATEGORY, 1, NO_RATE },
                                         { &FIGURES_BY_CATEGORY, 2, NO_RATE },
                                         { &FIGURES_BY_CATEGORY, 5, NO_RATE } };
static const struct tile GONE[TILES] = { { &FIGURES_BY_AGENCY, 1, NO_RATE },
                                         { &FIGURES_BY_AGENCY, 2, 0 },
                                         { &FIGURES_BY_AGENCY, 3, 1 },
                                         { &FIGURES_BY_CATEGORY, 8, NO_RATE } };
static const struct tile SAID[TILES] = { { &FIGURES_OF_FORMS, 0, NO_RATE },
                                         { &FIGURES_OF_FORMS, 1, 0 },
                                         { &FIGURES_OF_FORMS, 2, 1 },
                                         { &FIGURES_OF_FORMS, 5, 2 } };

static const struct tile KEPT[TILES - 1] = { { &FIGURES_OF_PROMISES, 1, NO_RATE },
                                             { &FIGURES_OF_PROMISES, 2, 0 },
                                             { &FIGURES_OF_PROMISES, 4, NO_RATE } };

static const void *counts_of(const struct figures *f, const struct figure_kind *kind)
{
    return kind == &FIGURES_BY_CATEGORY   ? (const void *)&f->cases
           : kind == &FIGURES_OF_PROMISES ? (const void *)&f->promised
                                          : &f->handled;
}

static struct view_fact fact_of(const struct figures *f, const struct tile *tile)
{
    struct rq *rq = f->frame.rq;
    const struct figure_column *column = &tile->kind->columns[tile->column];
    const void *counts = counts_of(f, tile->kind);
    struct view_fact fact = {
        .label = word(rq, "proposals.figures", column->name),
        .value = arena_printf(rq->mem, "%lld", (long long)figure_value(counts, column->at)),
        .note = word(rq, "proposals.figures.means", column->name),
        .url = figure_url(&f->frame, tile->kind, str_of(""), column->query),
    };
    if (tile->rate == NO_RATE)
        return fact;
    const struct figure_rate *rate = &tile->kind->rates[tile->rate];
    fact.note = text_format(rq->mem, "proposals.figures.with",
                            text_format(rq->mem, "proposals.figures.rate",
                                        word(rq, "proposals.figures", rate->name),
                                        figure_percent(rq, figure_permille(counts, rate))),
                            word(rq, "proposals.figures.means", rate->name));
    return fact;
}

static struct view_facts facts_of(const struct figures *f, const struct tile tiles[TILES])
{
    struct view_fact *facts = arena_array(f->frame.rq->mem, TILES, sizeof *facts);
    for (size_t i = 0; i < TILES; i++)
        facts[i] = fact_of(f, &tiles[i]);
    return (struct view_facts){ facts, TILES };
}

/* The promises, and how many tracked cases were found solved since (B to A). */
static struct view_facts facts_of_kept(const struct figures *f)
{
    struct rq *rq = f->frame.rq;
    struct view_fact *facts = arena_array(rq->mem, TILES, sizeof *facts);
    i64 whole = f->tracking.tracked, part = f->tracking.solved;
    for (size_t i = 0; i < TILES - 1; i++)
        facts[i] = fact_of(f, &KEPT[i]);
    str rate = figure_percent(rq, whole ? (part * 2000 + whole) / (whole * 2) : -1);
    facts[TILES - 1] = (struct view_fact){
        .label = word(rq, "proposals.figures", "found"),
        .value = arena_printf(rq->mem, "%lld", (long long)part),
        .note = text_format(rq->mem, "proposals.figures.with",
                            text_format(rq->mem, "proposals.figures.rate",
                                        word(rq, "proposals.figures", "found_rate"), rate),
                            word(rq, "proposals.figures.means", "found_rate")),
    };
    return (struct view_facts){ facts, TILES };
}

static err tabs_make(struct rq *rq, const struct figures *f, struct dashboard_figures *v)
{
    struct rows rows;
    TRY(session_list(rq, &rows));
    const struct session *sessions = rows.items;
    struct view_tab *tabs = arena_array(rq->mem, TABS_MAX + 1, sizeof *tabs);
    for (size_t i = 0; i < rows.count && v->session_count < TABS_MAX; i++)
        tabs[v->session_count++] = (struct view_tab){
            .label = session_name(rq->mem, &sessions[i]),
            .url = arena_printf(rq->mem, "/proposals/figures?session_id=%lld",
                                (long long)sessions[i].id),
            .count = -1,
            .active = sessions[i].id == f->frame.session_id,
        };
    tabs[v->session_count++] = (struct view_tab){ .label = text_find("proposals.figures.all"),
                                                  .url = str_of("/proposals/figures?all=1"),
                                                  .count = -1,
                                                  .active = f->frame.session_id == 0 };
    v->sessions = tabs;
    return OK;
}

err page_dashboard_figures(struct rq *rq, struct res *res)
{
    struct figures f;
    struct dashboard_figures v = { 0 };
    struct figure_table tables[KINDS];
    TRY(gather(rq, &f));
    TRY(tabs_make(rq, &f, &v));
    v.come = facts_of(&f, COME);
    v.gone = facts_of(&f, GONE);
    if (f.forms)
        v.said = facts_of(&f, SAID);
    if (f.kept)
        v.kept = facts_of_kept(&f);
    v.table_count = tables_make(&f, tables);
    v.tables = tables;
    v.crumbs = proposal_crumbs(rq, NULL, "menu.proposal_figures");
    v.export_url = f.frame.session_id
                       ? arena_printf(rq->mem, "/proposals/figures.xlsx?session_id=%lld",
                                      (long long)f.frame.session_id)
                       : str_of("/proposals/figures.xlsx?all=1");
    struct out *out = page_begin(rq, text_find("menu.proposal_figures"), "proposal_figures");
    view_dashboards_figures(out, &v);
    page_end(res, out);
    return OK;
}

/* ---- JSON ---- */

static void line_json(const struct figures *f, const struct figure_source *line, bool agency,
                      struct json *j)
{
    json_object(j, NULL);
    json_str(j, "label", line->label);
    if (agency)
        json_i64(j, "agency_id", line->agency_id);
    figure_json(&f->frame, agency ? &FIGURES_BY_AGENCY : &FIGURES_BY_CATEGORY, line, j);
    if (agency && f->forms)
        figure_json(&f->frame, &FIGURES_OF_FORMS, line, j);
    json_object_end(j);
}

err api_dashboard_figures(struct rq *rq, struct res *res)
{
    struct figures f;
    struct json j = json_begin(rq);
    TRY(gather(rq, &f));
    json_i64(&j, "session_id", f.frame.session_id);
    json_str(&j, "session", f.session_name);
    json_object(&j, "proposals");
    figure_json(&f.frame, &FIGURES_BY_CATEGORY, &f.cases_line, &j);
    json_object_end(&j);
    json_object(&j, "assignments");
    figure_json(&f.frame, &FIGURES_BY_AGENCY, &f.handled_line, &j);
    json_object_end(&j);
    if (f.forms) {
        json_object(&j, "evaluations");
        figure_json(&f.frame, &FIGURES_OF_FORMS, &f.handled_line, &j);
        json_object_end(&j);
    }
    if (f.kept) {
        json_object(&j, "promises");
        figure_json(&f.frame, &FIGURES_OF_PROMISES, &f.kept_line, &j);
        json_i64(&j, "tracked", f.tracking.tracked);
        json_i64(&j, "solved", f.tracking.solved);
        json_object_end(&j);
    }
    json_array(&j, "categories");
    for (size_t i = 0; i < f.category_count; i++)
        line_json(&f, &f.categories[i], false, &j);
    json_array_end(&j);
    json_array(&j, "agencies");
    for (size_t i = 0; i < f.agency_count; i++)
        line_json(&f, &f.agencies[i], true, &j);
    json_array_end(&j);
    json_send(&j, res);
    return OK;
}

/* ---- workbook ---- */

static void totals_sheet(const struct view_facts *facts, struct workbook *w)
{
    for (size_t i = 0; i < facts->count; i++) {
        i64 value = 0;
        workbook_text(w, facts->items[i].label);
        (void)str_to_i64(facts->items[i].value, &value);
        workbook_number(w, value);
        workbook_text(w, facts->items[i].note);
        workbook_row_end(w);
    }
}

static void table_sheet(const struct figure_table *t, struct workbook *w)
{
    workbook_row_end(w);
    workbook_text(w, t->caption);
    workbook_row_end(w);
    workbook_text(w, t->first);
    for (size_t i = 0; i < t->head_count; i++)
        workbook_text(w, t->heads[i]);
    workbook_row_end(w);
    for (size_t i = 0; i < t->count; i++) {
        workbook_text(w, t->lines[i].label);
        for (size_t c = 0; c < t->head_count; c++) {
            const struct figure_cell *cell = &t->lines[i].cells[c];
            if (cell->rate.len)
                workbook_text(w, cell->rate);
            else
                workbook_number(w, cell->value);
        }
        workbook_row_end(w);
    }
}

err file_dashboard_figures(struct rq *rq, struct res *res)
{
    struct figures f;
    struct figure_table tables[KINDS];
    struct workbook *w;
    int fd = -1;
    TRY(gather(rq, &f));
    size_t count = tables_make(&f, tables);
    TRY(workbook_open(rq->mem, text_find("proposals.figures.sheet"), &w));
    workbook_text(w, text_find("proposals.figures.item"));
    workbook_text(w, f.session_name);
    workbook_text(w, text_find("proposals.figures.meaning"));
    workbook_header_end(w);
    const struct view_facts come = facts_of(&f, COME), gone = facts_of(&f, GONE);
    totals_sheet(&come, w);
    totals_sheet(&gone, w);
    if (f.forms) {
        const struct view_facts said = facts_of(&f, SAID);
        totals_sheet(&said, w);
    }
    if (f.kept) {
        const struct view_facts kept = facts_of_kept(&f);
        totals_sheet(&kept, w);
    }
    for (size_t i = 0; i < count; i++)
        table_sheet(&tables[i], w);
    TRY(workbook_finish(w, &fd));
    res_file(res, fd, text_find("proposals.figures.file"),
             "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", false);
    return OK;
}
