/* SPDX-License-Identifier: MulanPSL-2.0 */
/* First figures of a session: totals with their rates, and tables by category and by host agency.
 * Each number carries the address of the list that shows exactly what it counts. One set of figures
 * for page, JSON and workbook. Definitions: docs/glossary.md. */
#include "modules/orgs/org.h"
#include "modules/proposals/proposal_figures_store.h"
#include "modules/proposals/proposal_pages.h"
#include "modules/proposals/proposal_parts.h"
#include "platform/docs/docs.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"
#include "views/proposals.h"

enum { CLASSES_MAX = 8, COLUMNS_MAX = 20, TABS_MAX = 8, JSON_MAX = 4 << 20, URL_MAX = 4096 };

/* A column of the tables and, without a dimension, a total: its words, and what the list must be
 * asked for the same records. */
struct column {
    const char *name;
    const char *query;
    i64 (*count)(const struct figure_count *c);
};

static i64 received(const struct figure_count *c)
{
    return c->received;
}
static i64 docketed(const struct figure_count *c)
{
    return c->docketed;
}
static i64 rejected(const struct figure_count *c)
{
    return c->rejected;
}
static i64 assigned(const struct figure_count *c)
{
    return c->assigned;
}
static i64 answered(const struct figure_count *c)
{
    return c->answered;
}
static i64 on_time(const struct figure_count *c)
{
    return c->on_time;
}
static i64 closed(const struct figure_count *c)
{
    return c->closed;
}
static i64 satisfied(const struct figure_count *c)
{
    return str_is(c->satisfaction, "satisfied") ? c->received : 0;
}
static i64 fair(const struct figure_count *c)
{
    return str_is(c->satisfaction, "fair") ? c->received : 0;
}
static i64 dissatisfied(const struct figure_count *c)
{
    return str_is(c->satisfaction, "dissatisfied") ? c->received : 0;
}

/* A day before every record: with it, "has a day at all". */
#define EVER "1990-01-01"

static const struct column COLUMNS[] = {
    { "received", "", received },
    { "docketed", "&docket_no_from=1", docketed },
    { "rejected", "&state=rejected", rejected },
    { "assigned", "&assigned_at_from=" EVER, assigned },
    { "answered", "&replied_at_from=" EVER, answered },
    { "on_time", "&replied_at_from=" EVER "&was_late=0", on_time },
    { "closed", "&state=closed", closed },
    { "satisfied", "&satisfaction=satisfied", satisfied },
    { "fair", "&satisfaction=fair", fair },
    { "dissatisfied", "&satisfaction=dissatisfied", dissatisfied },
};
enum { COLUMN_COUNT = sizeof COLUMNS / sizeof *COLUMNS };

/* Columns 3 to 9 and the classes stand in the table by host: what was never assigned has none. */
enum { FIRST_OF_HOSTS = 3 };

/* All of one page, workbook or answer. */
struct figures {
    i64 session_id;
    str session_name;
    struct dictionary_row *classes;
    size_t class_count;
    struct rows by_category, by_host; /* figure_count */
    i64 totals[COLUMN_COUNT];
};

/* ---- gathering ---- */

/* The session asked for, else the one of today, else every one. */
static err session_choose(struct rq *rq, const struct proposal_figures_input *in, struct figures *f)
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
    f->session_id = session.id;
    f->session_name = session_name(rq->mem, &session);
    return OK;
}

static err gather(struct rq *rq, struct figures *f)
{
    struct rows classes;
    *f = (struct figures){ 0 };
    if (actor_scope(rq->actor, "proposals.figures") != SCOPE_ORG)
        return err_make(ERR_FORBIDDEN, "list.forbidden");
    TRY(session_choose(rq, rq->input, f));
    TRY(dictionary_list(rq, "assignments.classes", &classes));
    f->classes = classes.items;
    f->class_count = classes.count < CLASSES_MAX ? classes.count : CLASSES_MAX;
    TRY(figure_store_by_category(rq->db, f->session_id, rq->mem, &f->by_category));
    TRY(figure_store_by_host(rq->db, f->session_id, rq->mem, &f->by_host));
    const struct figure_count *counts = f->by_category.items;
    for (size_t i = 0; i < f->by_category.count; i++)
        for (size_t c = 0; c < COLUMN_COUNT; c++)
            f->totals[c] += COLUMNS[c].count(&counts[i]);
    return OK;
}

/* ---- addresses ---- */

static void put_encoded(struct buf *b, str text)
{
    for (size_t i = 0; i < text.len; i++)
        buf_printf(b, "%%%02X", (unsigned char)text.ptr[i]);
}

/* The list of one cell. dimension NULL: of all. */
static str url_of(struct rq *rq, const struct figures *f, const char *dimension, str value,
                  const char *query)
{
    struct buf *b = buf_new(rq->mem, URL_MAX);
    if (f->session_id)
        buf_printf(b, "&session_id=%lld", (long long)f->session_id);
    if (dimension && value.len == 0)
        buf_put(b, "&categorised=0"); /* an empty filter means none */
    else if (dimension) {
        buf_printf(b, "&%s=", dimension);
        put_encoded(b, value);
    }
    buf_put(b, query);
    str rest = buf_str(b);
    return arena_printf(rq->mem, "/proposals%s%.*s", rest.len ? "?" : "",
                        rest.len ? (int)rest.len - 1 : 0, rest.ptr + (rest.len ? 1 : 0));
}

/* ---- tables ---- */

struct dimension {
    const char *name;            /* filter of the list */
    const char *caption, *first; /* text keys */
    const char *dictionary;      /* words of its values, NULL = themselves */
    const struct rows *counts;
    size_t from; /* first of COLUMNS that is shown */
};

static size_t column_count(const struct figures *f, const struct dimension *d)
{
    return COLUMN_COUNT - d->from + f->class_count;
}

/* Counts first, then classes, then the verdicts. */
enum { VERDICTS = 3 };

static const str *heads_make(struct rq *rq, const struct figures *f, const struct dimension *d)
{
    str *heads = arena_array(rq->mem, column_count(f, d), sizeof *heads);
    size_t n = 0;
    for (size_t c = d->from; c < COLUMN_COUNT; c++) {
        if (c == COLUMN_COUNT - VERDICTS)
            for (size_t k = 0; k < f->class_count; k++)
                heads[n++] = text_format(rq->mem, "proposals.figures.class",
                                         proposal_class(rq, f->classes[k].code), str_of(""));
        heads[n++] = text_find(arena_printf(rq->mem, "proposals.figures.%s", COLUMNS[c].name).ptr);
    }
    return heads;
}

static struct figure_line line_new(struct rq *rq, const struct figures *f,
                                   const struct dimension *d, str value)
{
    str label = value.len == 0  ? text_find("proposals.figures.none")
                : d->dictionary ? dictionary_label(rq, d->dictionary, value)
                                : value;
    struct figure_cell *cells = arena_array(rq->mem, column_count(f, d), sizeof *cells);
    size_t n = 0;
    for (size_t c = d->from; c < COLUMN_COUNT; c++) {
        if (c == COLUMN_COUNT - VERDICTS)
            for (size_t k = 0; k < f->class_count; k++)
                cells[n++].url =
                    url_of(rq, f, d->name, value,
                           arena_printf(rq->mem, "&class=%.*s", (int)f->classes[k].code.len,
                                        f->classes[k].code.ptr)
                               .ptr);
        cells[n++].url = url_of(rq, f, d->name, value, COLUMNS[c].query);
    }
    return (struct figure_line){ label, cells };
}

static void line_add(const struct figures *f, const struct dimension *d,
                     const struct figure_count *count, struct figure_line *line)
{
    size_t n = 0;
    for (size_t c = d->from; c < COLUMN_COUNT; c++) {
        if (c == COLUMN_COUNT - VERDICTS)
            for (size_t k = 0; k < f->class_count; k++)
                line->cells[n++].value +=
                    str_eq(f->classes[k].code, count->class) ? count->received : 0;
        line->cells[n++].value += COLUMNS[c].count(count);
    }
}

/* Counts of one value stand together. */
static void table_make(struct rq *rq, const struct figures *f, const struct dimension *d,
                       struct figure_table *out)
{
    const struct figure_count *counts = d->counts->items;
    struct figure_line *lines = arena_array(rq->mem, d->counts->count, sizeof *lines);
    *out = (struct figure_table){ .caption = text_find(d->caption),
                                  .first = text_find(d->first),
                                  .heads = heads_make(rq, f, d),
                                  .head_count = column_count(f, d),
                                  .lines = lines };
    for (size_t i = 0; i < d->counts->count; i++) {
        if (i == 0 || !str_eq(counts[i].name, counts[i - 1].name))
            lines[out->count++] = line_new(rq, f, d, counts[i].name);
        line_add(f, d, &counts[i], &lines[out->count - 1]);
    }
}

static struct dimension by_category(const struct figures *f)
{
    return (struct dimension){ "category",
                               "proposals.figures.by_category",
                               "proposals.figures.category",
                               "proposals.categories",
                               &f->by_category,
                               0 };
}

static struct dimension by_host(const struct figures *f)
{
    return (struct dimension){
        "host_name",   "proposals.figures.by_host", "proposals.figures.host", NULL, &f->by_host,
        FIRST_OF_HOSTS
    };
}

static void tables_make(struct rq *rq, const struct figures *f, struct figure_table *categories,
                        struct figure_table *hosts)
{
    const struct dimension category = by_category(f), host = by_host(f);
    table_make(rq, f, &category, categories);
    table_make(rq, f, &host, hosts);
}

/* ---- rates ---- */

enum {
    ASSIGNED = 3,
    ANSWERED = 4,
    ON_TIME = 5,
    CLOSED = 6,
    SATISFIED = 7,
    FAIR = 8,
    DISSATISFIED = 9
};

struct rate {
    const char *name;
    i64 part, whole;
};
enum { RATE_COUNT = 3 };

static void rates_of(const struct figures *f, struct rate out[RATE_COUNT])
{
    i64 good = f->totals[SATISFIED] + f->totals[FAIR];
    out[0] = (struct rate){ "reply_rate", f->totals[ANSWERED], f->totals[ASSIGNED] };
    out[1] = (struct rate){ "on_time_rate", f->totals[ON_TIME], f->totals[ANSWERED] };
    out[2] = (struct rate){ "satisfaction_rate", good, good + f->totals[DISSATISFIED] };
}

/* In thousandths, half up; -1 = nothing to divide by. */
static i64 permille_of(const struct rate *rate)
{
    return rate->whole ? (rate->part * 2000 + rate->whole) / (rate->whole * 2) : -1;
}

static str percent(struct rq *rq, const struct rate *rate)
{
    i64 permille = permille_of(rate);
    if (permille < 0)
        return str_of("\u2014");
    return text_format(rq->mem, "proposals.figures.percent",
                       arena_printf(rq->mem, "%lld", (long long)(permille / 10)),
                       arena_printf(rq->mem, "%lld", (long long)(permille % 10)));
}

static str word(struct rq *rq, const char *prefix, const char *name)
{
    return text_find(arena_printf(rq->mem, "%s.%s", prefix, name).ptr);
}

/* ---- page ---- */

/* A total with what it means, or with the rate that follows from it. */
static struct view_fact tile(struct rq *rq, const struct figures *f, size_t column,
                             const struct rate *rate)
{
    const char *name = COLUMNS[column].name;
    struct view_fact fact = { .label = word(rq, "proposals.figures", name),
                              .value = arena_printf(rq->mem, "%lld", (long long)f->totals[column]),
                              .note = word(rq, "proposals.figures.means", name),
                              .url = url_of(rq, f, NULL, str_of(""), COLUMNS[column].query) };
    str means = rate ? word(rq, "proposals.figures.means", rate->name) : str_of("");
    if (rate)
        fact.note =
            text_format(rq->mem, arena_printf(rq->mem, "proposals.figures.with.%s", rate->name).ptr,
                        percent(rq, rate), means);
    return fact;
}

/* Two lines of four: what came in, and what became of it. */
static void tiles_make(struct rq *rq, const struct figures *f, struct proposal_figures *v)
{
    struct view_fact *come = arena_array(rq->mem, 4, sizeof *come);
    struct view_fact *gone = arena_array(rq->mem, 4, sizeof *gone);
    struct rate rates[RATE_COUNT];
    rates_of(f, rates);
    for (size_t c = 0; c < 4; c++)
        come[c] = tile(rq, f, c, NULL);
    gone[0] = tile(rq, f, ANSWERED, &rates[0]);
    gone[1] = tile(rq, f, ON_TIME, &rates[1]);
    gone[2] = tile(rq, f, CLOSED, NULL);
    gone[3] = tile(rq, f, SATISFIED, &rates[2]);
    v->come = (struct view_facts){ come, 4 };
    v->gone = (struct view_facts){ gone, 4 };
}

static err tabs_make(struct rq *rq, const struct figures *f, struct proposal_figures *v)
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
            .active = sessions[i].id == f->session_id,
        };
    tabs[v->session_count++] = (struct view_tab){ .label = text_find("proposals.figures.all"),
                                                  .url = str_of("/proposals/figures?all=1"),
                                                  .count = -1,
                                                  .active = f->session_id == 0 };
    v->sessions = tabs;
    return OK;
}

err page_proposal_figures(struct rq *rq, struct res *res)
{
    struct figures f;
    struct proposal_figures v = { 0 };
    TRY(gather(rq, &f));
    TRY(tabs_make(rq, &f, &v));
    tiles_make(rq, &f, &v);
    tables_make(rq, &f, &v.categories, &v.agencies);
    v.crumbs = proposal_crumbs(rq, NULL, "menu.proposal_figures");
    v.export_url = f.session_id ? arena_printf(rq->mem, "/proposals/figures.xlsx?session_id=%lld",
                                               (long long)f.session_id)
                                : str_of("/proposals/figures.xlsx?all=1");
    struct out *out = page_begin(rq, text_find("menu.proposal_figures"), "proposal_figures");
    view_proposals_figures(out, &v);
    page_end(res, out);
    return OK;
}

/* ---- JSON ---- */

static void line_json(struct json *j, const struct figures *f, const struct dimension *d,
                      const struct figure_line *line)
{
    const struct figure_cell *cell = line->cells;
    json_str(j, "label", line->label);
    for (size_t c = d->from; c < COLUMN_COUNT - VERDICTS; c++)
        json_i64(j, COLUMNS[c].name, (cell++)->value);
    json_object(j, "classes");
    for (size_t k = 0; k < f->class_count; k++)
        json_i64(j, arena_cstr(j->buf->mem, f->classes[k].code), (cell++)->value);
    json_object_end(j);
    for (size_t c = COLUMN_COUNT - VERDICTS; c < COLUMN_COUNT; c++)
        json_i64(j, COLUMNS[c].name, (cell++)->value);
}

static void counts_json(struct json *j, const struct figures *f, const struct dimension *d,
                        const struct figure_table *table)
{
    const struct figure_count *all = d->counts->items;
    size_t line = 0;
    for (size_t i = 0; i < d->counts->count; i++) {
        if (i > 0 && str_eq(all[i].name, all[i - 1].name))
            continue;
        json_object(j, NULL);
        json_str(j, "name", all[i].name);
        line_json(j, f, d, &table->lines[line++]);
        json_object_end(j);
    }
}

err api_proposal_figures(struct rq *rq, struct res *res)
{
    struct figures f;
    struct figure_table categories, hosts;
    struct rate rates[RATE_COUNT];
    struct buf *b = buf_new(rq->mem, JSON_MAX);
    struct json j = json_on(b);
    TRY(gather(rq, &f));
    tables_make(rq, &f, &categories, &hosts);
    rates_of(&f, rates);
    json_object(&j, NULL);
    json_i64(&j, "session_id", f.session_id);
    json_str(&j, "session", f.session_name);
    json_object(&j, "totals");
    for (size_t c = 0; c < COLUMN_COUNT; c++)
        json_i64(&j, COLUMNS[c].name, f.totals[c]);
    json_object_end(&j);
    json_object(&j, "permille");
    for (size_t i = 0; i < RATE_COUNT; i++)
        if (permille_of(&rates[i]) < 0)
            json_null(&j, rates[i].name);
        else
            json_i64(&j, rates[i].name, permille_of(&rates[i]));
    json_object_end(&j);
    const struct dimension category = by_category(&f), host = by_host(&f);
    json_array(&j, "categories");
    counts_json(&j, &f, &category, &categories);
    json_array_end(&j);
    json_array(&j, "hosts");
    counts_json(&j, &f, &host, &hosts);
    json_array_end(&j);
    json_object_end(&j);
    res_json(res, b);
    return OK;
}

/* ---- workbook ---- */

static void totals_sheet(struct rq *rq, const struct figures *f, struct workbook *w)
{
    struct rate rates[RATE_COUNT];
    rates_of(f, rates);
    for (size_t c = 0; c < COLUMN_COUNT; c++) {
        workbook_text(w, word(rq, "proposals.figures", COLUMNS[c].name));
        workbook_number(w, f->totals[c]);
        workbook_row_end(w);
    }
    for (size_t i = 0; i < RATE_COUNT; i++) {
        workbook_text(w, word(rq, "proposals.figures", rates[i].name));
        workbook_text(w, percent(rq, &rates[i]));
        workbook_text(w, word(rq, "proposals.figures.means", rates[i].name));
        workbook_row_end(w);
    }
}

static void table_sheet(const struct figure_table *t, struct workbook *w)
{
    workbook_row_end(w);
    workbook_text(w, t->first);
    for (size_t i = 0; i < t->head_count; i++)
        workbook_text(w, t->heads[i]);
    workbook_row_end(w);
    for (size_t i = 0; i < t->count; i++) {
        workbook_text(w, t->lines[i].label);
        for (size_t c = 0; c < t->head_count; c++)
            workbook_number(w, t->lines[i].cells[c].value);
        workbook_row_end(w);
    }
}

err file_proposal_figures(struct rq *rq, struct res *res)
{
    struct figures f;
    struct figure_table categories, hosts;
    struct workbook *w;
    int fd = -1;
    TRY(gather(rq, &f));
    tables_make(rq, &f, &categories, &hosts);
    TRY(workbook_open(rq->mem, text_find("proposals.figures.sheet"), &w));
    workbook_text(w, text_find("proposals.figures.item"));
    workbook_text(w, f.session_name);
    workbook_text(w, text_find("proposals.figures.meaning"));
    workbook_header_end(w);
    totals_sheet(rq, &f, w);
    table_sheet(&categories, w);
    table_sheet(&hosts, w);
    TRY(workbook_finish(w, &fd));
    res_file(res, fd, text_find("proposals.figures.file"),
             "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", false);
    return OK;
}
