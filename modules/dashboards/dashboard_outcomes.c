/* SPDX-License-Identifier: MulanPSL-2.0 */
/* How many promises were kept (办成率, glossary, rates), by agency and by quarter of the day first
 * given; and B to A. Promises themselves: modules/outcomes. */
#include "modules/dashboards/dashboard_gather.h"
#include "modules/orgs/org.h"
#include "modules/outcomes/outcome.h"
#include "platform/base/clock.h"
#include "platform/base/str.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"
#include "views/dashboards.h"

enum { TABS_MAX = 8, FACTS = 4, MONTHS_OF_QUARTER = 3, QUARTER_METRICS = 8 };

/* Days of one quarter together. */
struct quarter {
    i64 from_on, to_on;
    struct tally_line line;
    struct dashboard_count counts[QUARTER_METRICS];
};

struct kept {
    struct figure_set set;
    struct table_ask agencies, quarters;
    struct quarter *days;
};

/* ---- gathering ---- */

static void quarter_begin(struct quarter *q, i64 day)
{
    int year, month, mday;
    day_to_civil(day, &year, &month, &mday);
    int first = (month - 1) / MONTHS_OF_QUARTER * MONTHS_OF_QUARTER + 1;
    q->from_on = day_from_civil(year, first, 1);
    q->to_on = day_add_months(q->from_on, MONTHS_OF_QUARTER) - 1;
    q->line.counts = q->counts;
}

/* What is pending of a day that has come is due. */
static void quarter_add(struct quarter *q, const struct tally_line *day, bool has_come)
{
    for (size_t i = 0; i < day->count; i++) {
        const struct dashboard_count *c = &day->counts[i];
        size_t m = 0;
        while (m < q->line.count && !str_eq(q->counts[m].metric, c->metric))
            m++;
        if (m == QUARTER_METRICS)
            continue;
        if (m == q->line.count)
            q->counts[q->line.count++] = (struct dashboard_count){ .metric = c->metric };
        q->counts[m].value += c->value;
        if (has_come && str_is(c->metric, "pending"))
            q->line.due += c->value;
    }
}

static int by_day(const void *a, const void *b)
{
    i64 x = ((const struct tally_line *)a)->agency_id,
        y = ((const struct tally_line *)b)->agency_id;
    return (x > y) - (x < y);
}

static struct table_line quarter_line(struct rq *rq, const struct quarter *q)
{
    int year, month, mday;
    day_to_civil(q->from_on, &year, &month, &mday);
    str from = text_day(rq->mem, q->from_on), to = text_day(rq->mem, q->to_on);
    return (struct table_line){
        text_format(rq->mem, "proposals.figures.quarter_of", arena_printf(rq->mem, "%d", year),
                    arena_printf(rq->mem, "%d", (month - 1) / MONTHS_OF_QUARTER + 1)),
        arena_printf(rq->mem, "&first_due_on_from=%.*s&first_due_on_to=%.*s", (int)from.len,
                     from.ptr, (int)to.len, to.ptr),
        &q->line
    };
}

static err quarters_make(struct kept *k)
{
    struct rq *rq = k->set.rq;
    struct tally t;
    TRY(tally_make(&k->set, "promised_on", &t));
    qsort(t.lines, t.count, sizeof *t.lines, by_day); /* the code is the day */
    struct quarter *q = NULL;
    struct table_line *lines = arena_array(rq->mem, t.count + 1, sizeof *lines);
    k->days = arena_array(rq->mem, t.count + 1, sizeof *k->days);
    k->quarters = (struct table_ask){ "quarter", PROMISE_FIGURES, lines, 0 };
    for (size_t i = 0; i < t.count; i++) {
        i64 day = t.lines[i].agency_id;
        if (!q || day > q->to_on) {
            q = &k->days[k->quarters.count];
            quarter_begin(q, day);
            lines[k->quarters.count++] = quarter_line(rq, q);
        }
        quarter_add(q, &t.lines[i], day <= rq->today);
    }
    return OK;
}

static err kept_make(struct rq *rq, struct kept *k)
{
    const struct dashboard_outcomes_input *in = rq->input;
    if (actor_scope(rq->actor, "outcomes.read") != SCOPE_ORG)
        return err_make(ERR_FORBIDDEN, "list.forbidden");
    TRY(figure_set_make(rq, in->session_id, &k->set));
    TRY(figure_lines_of_agencies(&k->set, PROMISE_FIGURES, &k->agencies));
    k->agencies.name = "promise";
    return quarters_make(k);
}

/* ---- page ---- */

static void facts_make(const struct figure_set *s, struct dashboard_figures *v)
{
    static const char *const NAMES[FACTS] = { "promises_due", "kept", "fulfil_rate", "found_rate" };
    struct view_fact *facts = arena_array(s->rq->mem, FACTS, sizeof *facts);
    struct view_facts *group = arena_zero(s->rq->mem, sizeof *group);
    for (size_t i = 0; i < FACTS; i++) {
        const struct figure *f = figure_find(s, NAMES[i]);
        const struct tally_line *total = figure_total(s, f);
        facts[i] = (struct view_fact){ .label = figure_label(s, f),
                                       .value = figure_words(s, total, f),
                                       .note = figure_meaning(s, f) };
        if (!f->whole && figure_value(total, f))
            facts[i].url = figure_url(s, f, str_of(""));
    }
    *group = (struct view_facts){ facts, FACTS };
    v->facts = group;
    v->fact_count = 1;
}

static err tabs_make(const struct figure_set *s, struct dashboard_figures *v)
{
    struct rq *rq = s->rq;
    struct rows rows;
    TRY(session_list(rq, &rows));
    const struct session *all = rows.items;
    struct view_tab *tabs = arena_array(rq->mem, TABS_MAX + 1, sizeof *tabs);
    size_t n = 0;
    tabs[n++] = (struct view_tab){ text_find("proposals.figures.all"), str_of("/outcomes"), -1,
                                   s->session_id == 0 };
    for (size_t i = 0; i < rows.count && n < TABS_MAX; i++)
        tabs[n++] = (struct view_tab){ session_name(rq->mem, &all[i]),
                                       arena_printf(rq->mem, "/outcomes?session_id=%lld",
                                                    (long long)all[i].id),
                                       -1, all[i].id == s->session_id };
    v->sessions = (struct view_tabs){ text_find("proposals.figures.session_id"), tabs, n };
    return OK;
}

/* ---- JSON ---- */

static void line_json(const struct figure_set *s, const struct tally_line *line, struct json *j)
{
    figure_json(s, line, PROMISE_FIGURES, j);
}

static err kept_json(const struct kept *k, struct res *res)
{
    const struct figure_set *s = &k->set;
    struct json j = json_begin(s->rq);
    json_i64(&j, "session_id", s->session_id);
    json_object(&j, "promises");
    line_json(s, &s->handled, &j);
    json_object_end(&j);
    json_object(&j, "tracking");
    figure_json(s, figure_total(s, figure_find(s, "found")),
                "tracked found found_partly found_rate", &j);
    json_object_end(&j);
    json_array(&j, "agencies");
    for (size_t i = 0; i < k->agencies.count; i++) {
        json_object(&j, NULL);
        json_i64(&j, "agency_id", k->agencies.lines[i].counts->agency_id);
        json_str(&j, "agency_name", k->agencies.lines[i].label);
        line_json(s, k->agencies.lines[i].counts, &j);
        json_object_end(&j);
    }
    json_array_end(&j);
    json_array(&j, "quarters");
    for (size_t i = 0; i < k->quarters.count; i++) {
        json_object(&j, NULL);
        json_day(&j, "from_on", k->days[i].from_on);
        json_day(&j, "to_on", k->days[i].to_on);
        line_json(s, k->quarters.lines[i].counts, &j);
        json_object_end(&j);
    }
    json_array_end(&j);
    json_send(&j, res);
    return OK;
}

err page_dashboard_outcomes(struct rq *rq, struct res *res)
{
    struct kept *k = arena_zero(rq->mem, sizeof *k);
    struct figure_table tables[2];
    struct dashboard_figures v = { .title = text_find("menu.outcomes"),
                                   .intro = text_find("proposals.figures.intro.outcomes"),
                                   .tables = tables,
                                   .table_count = 2 };
    TRY(kept_make(rq, k));
    if (rq->api)
        return kept_json(k, res);
    TRY(tabs_make(&k->set, &v));
    facts_make(&k->set, &v);
    figure_table_make(&k->set, &k->agencies, &tables[0]);
    figure_table_make(&k->set, &k->quarters, &tables[1]);
    struct out *out = page_begin(rq, text_find("menu.outcomes"), "outcomes");
    view_dashboards_figures(out, &v);
    page_end(res, out);
    return OK;
}
