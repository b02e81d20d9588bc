/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See dashboard_figures_tables.h. Conditions of the counts stand in SQL in
 * proposal_counts_store.c and assignment_figures_store.c; each query here asks a list for the
 * same, which a test compares. */
#include "modules/dashboards/dashboard_figures_tables.h"

#include "modules/assignments/assignment.h"
#include "modules/outcomes/outcome.h"
#include "modules/proposals/proposal.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"

enum { URL_MAX = 4096 };

/* A day before every record: with it, "has a day at all". */
#define EVER "1990-01-01"

/* Its answer is there. */
#define ANSWERED "&outcome=docketed&state=evaluating,mediating,closed,tracking,fulfilled,archived"

static const struct figure_column CATEGORY_COLUMNS[] = {
    { "received", "", offsetof(struct proposal_count, received) },
    { "docketed", "&outcome=docketed", offsetof(struct proposal_count, docketed) },
    { "rejected", "&outcome=rejected", offsetof(struct proposal_count, rejected) },
    { "diverted", "&outcome=diverted", offsetof(struct proposal_count, diverted) },
    { "withdrawn", "&outcome=withdrawn", offsetof(struct proposal_count, withdrawn) },
    { "merged", "&outcome=merged", offsetof(struct proposal_count, merged) },
    { "assigned", "&outcome=docketed&assigned_at_from=" EVER,
      offsetof(struct proposal_count, assigned) },
    { "answered", ANSWERED, offsetof(struct proposal_count, answered) },
    { "on_time", ANSWERED "&was_late=0", offsetof(struct proposal_count, on_time) },
    { "closed", "&outcome=docketed&state=closed,tracking,fulfilled,archived",
      offsetof(struct proposal_count, closed) },
};

static const struct figure_column AGENCY_COLUMNS[] = {
    { "assigned", "&answers=1", offsetof(struct agency_figures, assigned) },
    { "due", "&answers=1&owed=1", offsetof(struct agency_figures, due) },
    { "answered", "&answers=1&answered=1", offsetof(struct agency_figures, answered) },
    { "on_time", "&answers=1&answered=1&was_late=0", offsetof(struct agency_figures, on_time) },
    { "closed", "&answers=1&state=closed", offsetof(struct agency_figures, closed) },
};

static const struct figure_rate AGENCY_RATES[] = {
    { "reply_rate", offsetof(struct agency_figures, answered),
      offsetof(struct agency_figures, answered), offsetof(struct agency_figures, due) },
    { "on_time_rate", offsetof(struct agency_figures, on_time),
      offsetof(struct agency_figures, on_time), offsetof(struct agency_figures, answered) },
};

static const struct figure_column FORM_COLUMNS[] = {
    { "sent", "&latest=1", offsetof(struct agency_figures, sent) },
    { "returned", "&latest=1&given=1", offsetof(struct agency_figures, returned) },
    { "handling_satisfied", "&latest=1&handling=satisfied",
      offsetof(struct agency_figures, handling_satisfied) },
    { "handling_fair", "&latest=1&handling=fair", offsetof(struct agency_figures, handling_fair) },
    { "handling_dissatisfied", "&latest=1&handling=dissatisfied",
      offsetof(struct agency_figures, handling_dissatisfied) },
    { "result_satisfied", "&latest=1&result=satisfied",
      offsetof(struct agency_figures, result_satisfied) },
    { "result_fair", "&latest=1&result=fair", offsetof(struct agency_figures, result_fair) },
    { "result_dissatisfied", "&latest=1&result=dissatisfied",
      offsetof(struct agency_figures, result_dissatisfied) },
};

static const struct figure_rate FORM_RATES[] = {
    { "return_rate", offsetof(struct agency_figures, returned),
      offsetof(struct agency_figures, returned), offsetof(struct agency_figures, sent) },
    { "handling_rate", offsetof(struct agency_figures, handling_satisfied),
      offsetof(struct agency_figures, handling_fair), offsetof(struct agency_figures, returned) },
    { "result_rate", offsetof(struct agency_figures, result_satisfied),
      offsetof(struct agency_figures, result_fair), offsetof(struct agency_figures, returned) },
};

static const struct figure_column PROMISE_COLUMNS[] = {
    { "promised", "&state=made,progressing,renewed,met,missed",
      offsetof(struct promise_figures, promised) },
    { "promises_due", "&is_due=1", offsetof(struct promise_figures, due) },
    { "met", "&state=met", offsetof(struct promise_figures, met) },
    { "unconfirmed", "&unconfirmed=1", offsetof(struct promise_figures, unconfirmed) },
    { "missed", "&state=missed", offsetof(struct promise_figures, missed) },
};

static const struct figure_rate PROMISE_RATES[] = {
    { "fulfil_rate", offsetof(struct promise_figures, met), offsetof(struct promise_figures, met),
      offsetof(struct promise_figures, due) },
};

const struct figure_kind FIGURES_BY_CATEGORY = {
    .caption = "proposals.figures.by_category",
    .first = "proposals.figures.category",
    .path = "/proposals",
    .classes = ANSWERED,
    .columns = CATEGORY_COLUMNS,
    .column_count = sizeof CATEGORY_COLUMNS / sizeof *CATEGORY_COLUMNS,
};

const struct figure_kind FIGURES_BY_AGENCY = {
    .caption = "proposals.figures.by_agency",
    .first = "proposals.figures.agency",
    .path = "/assignments",
    .classes = "&answers=1&answered=1",
    .columns = AGENCY_COLUMNS,
    .column_count = sizeof AGENCY_COLUMNS / sizeof *AGENCY_COLUMNS,
    .rates = AGENCY_RATES,
    .rate_count = sizeof AGENCY_RATES / sizeof *AGENCY_RATES,
};

const struct figure_kind FIGURES_OF_PROMISES = {
    .caption = "proposals.figures.by_promise",
    .first = "proposals.figures.agency",
    .path = "/promises",
    .columns = PROMISE_COLUMNS,
    .column_count = sizeof PROMISE_COLUMNS / sizeof *PROMISE_COLUMNS,
    .rates = PROMISE_RATES,
    .rate_count = sizeof PROMISE_RATES / sizeof *PROMISE_RATES,
};

const struct figure_kind FIGURES_OF_FORMS = {
    .caption = "proposals.figures.by_form",
    .first = "proposals.figures.agency",
    .path = "/evaluations",
    .columns = FORM_COLUMNS,
    .column_count = sizeof FORM_COLUMNS / sizeof *FORM_COLUMNS,
    .rates = FORM_RATES,
    .rate_count = sizeof FORM_RATES / sizeof *FORM_RATES,
};

/* ---- counts, rates, addresses ---- */

i64 figure_value(const void *counts, size_t at)
{
    i64 value;
    memcpy(&value, (const char *)counts + at, sizeof value);
    return value;
}

i64 figure_permille(const void *counts, const struct figure_rate *rate)
{
    i64 part = figure_value(counts, rate->part), whole = figure_value(counts, rate->whole);
    if (rate->more != rate->part)
        part += figure_value(counts, rate->more);
    return whole ? (part * 2000 + whole) / (whole * 2) : -1;
}

str figure_percent(struct rq *rq, i64 permille)
{
    if (permille < 0)
        return str_of("\u2014");
    return text_format(rq->mem, "proposals.figures.percent",
                       arena_printf(rq->mem, "%lld", (long long)(permille / 10)),
                       arena_printf(rq->mem, "%lld", (long long)(permille % 10)));
}

str figure_url(const struct figure_frame *f, const struct figure_kind *kind, str key,
               const char *query)
{
    struct buf *b = buf_new(f->rq->mem, URL_MAX);
    bool of_agencies = kind != &FIGURES_BY_CATEGORY; /* their lists hold more than proposals */
    if (of_agencies)
        buf_put(b, "&matter=proposals");
    if (f->session_id)
        buf_printf(b, "&session_id=%lld", (long long)f->session_id);
    buf_add(b, key);
    buf_put(b, query);
    str rest = buf_str(b);
    return arena_printf(f->rq->mem, "%s%s%.*s", kind->path, rest.len ? "?" : "",
                        rest.len ? (int)rest.len - 1 : 0, rest.ptr + (rest.len ? 1 : 0));
}

/* ---- the table: counts, then classes, then rates ---- */

static str word(struct rq *rq, const char *name)
{
    return text_find(arena_printf(rq->mem, "proposals.figures.%s", name).ptr);
}

static size_t width(const struct figure_frame *f, const struct figure_kind *kind)
{
    return kind->column_count + (kind->classes ? f->class_count : 0) + kind->rate_count;
}

static const str *heads_make(const struct figure_frame *f, const struct figure_kind *kind)
{
    str *heads = arena_array(f->rq->mem, width(f, kind), sizeof *heads);
    size_t n = 0;
    for (size_t c = 0; c < kind->column_count; c++)
        heads[n++] = word(f->rq, kind->columns[c].name);
    for (size_t k = 0; kind->classes && k < f->class_count; k++)
        heads[n++] = text_format(f->rq->mem, "proposals.figures.class",
                                 proposal_class(f->rq, f->classes[k].code, 0), str_of(""));
    for (size_t r = 0; r < kind->rate_count; r++)
        heads[n++] = word(f->rq, kind->rates[r].name);
    return heads;
}

static const struct figure_cell *cells_make(const struct figure_frame *f,
                                            const struct figure_kind *kind,
                                            const struct figure_source *line)
{
    struct figure_cell *cells = arena_array(f->rq->mem, width(f, kind), sizeof *cells);
    size_t n = 0;
    for (size_t c = 0; c < kind->column_count; c++)
        cells[n++] =
            (struct figure_cell){ .value = figure_value(line->counts, kind->columns[c].at),
                                  .url = figure_url(f, kind, line->key, kind->columns[c].query) };
    for (size_t k = 0; kind->classes && k < f->class_count; k++) {
        str query = arena_printf(f->rq->mem, "%s&class=%.*s", kind->classes,
                                 (int)f->classes[k].code.len, f->classes[k].code.ptr);
        cells[n++] = (struct figure_cell){ .value = line->classes[k],
                                           .url = figure_url(f, kind, line->key, query.ptr) };
    }
    for (size_t r = 0; r < kind->rate_count; r++)
        cells[n++].rate = figure_percent(f->rq, figure_permille(line->counts, &kind->rates[r]));
    return cells;
}

void figure_table_make(const struct figure_frame *f, const struct figure_kind *kind,
                       const struct figure_source *lines, size_t count, struct figure_table *out)
{
    struct figure_line *made = arena_array(f->rq->mem, count + 1, sizeof *made);
    for (size_t i = 0; i < count; i++)
        made[i] = (struct figure_line){ lines[i].label, cells_make(f, kind, &lines[i]) };
    *out = (struct figure_table){ .caption = text_find(kind->caption),
                                  .first = text_find(kind->first),
                                  .heads = heads_make(f, kind),
                                  .head_count = width(f, kind),
                                  .lines = made,
                                  .count = count };
}

void figure_json(const struct figure_frame *f, const struct figure_kind *kind,
                 const struct figure_source *line, struct json *j)
{
    for (size_t c = 0; c < kind->column_count; c++)
        json_i64(j, kind->columns[c].name, figure_value(line->counts, kind->columns[c].at));
    if (kind->classes) {
        json_object(j, "classes");
        for (size_t k = 0; k < f->class_count; k++)
            json_i64(j, arena_cstr(f->rq->mem, f->classes[k].code), line->classes[k]);
        json_object_end(j);
    }
    for (size_t r = 0; r < kind->rate_count; r++) {
        const char *name = arena_printf(f->rq->mem, "%s_permille", kind->rates[r].name).ptr;
        i64 permille = figure_permille(line->counts, &kind->rates[r]);
        if (permille < 0)
            json_null(j, name);
        else
            json_i64(j, name, permille);
    }
}
