/* SPDX-License-Identifier: MulanPSL-2.0 */
/* How many promises were kept: 办成率 = met ÷ due (glossary, rates), by agency and by quarter of
 * the day first given, each number with the list behind it; and B → A. */
#include "modules/orgs/org.h"
#include "modules/outcomes/outcome_pages.h"
#include "modules/outcomes/outcome_rules.h"
#include "modules/outcomes/outcome_views.h"
#include "modules/proposals/proposal.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"
#include "views/outcomes.h"

enum { QUARTERS_MAX = 40, TABS_MAX = 8, MONTHS_OF_QUARTER = 3 };

err promise_figures_of(struct rq *rq, const char *collection, i64 session_id, struct rows *out)
{
    return promise_store_figures(rq->db,
                                 &(struct figures_ask){ str_of(collection), session_id, rq->today },
                                 rq->mem, out);
}

err tracking_figures_of(struct rq *rq, i64 session_id, struct tracking_figures *out)
{
    struct rows rows;
    *out = (struct tracking_figures){ 0 };
    TRY(proposal_tracking_counts(rq, session_id, &rows));
    const struct proposal_tracking_count *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        if (!outcome_has_code(rq, "outcomes.track_classes", all[i].class))
            continue;
        out->tracked += all[i].count;
        if (str_is(all[i].tracking, "solved"))
            out->solved += all[i].count;
        else if (str_is(all[i].tracking, "partly"))
            out->partly += all[i].count;
        else if (str_is(all[i].tracking, "unsolved"))
            out->unsolved += all[i].count;
    }
    return OK;
}

/* ---- gathering ---- */

struct quarter {
    i64 from_on, to_on;
    int year, number;
    struct promise_figures counts;
};

struct gathered {
    i64 session_id;
    struct rows agencies; /* struct promise_figures */
    struct promise_figures all;
    struct quarter quarters[QUARTERS_MAX];
    size_t quarter_count;
    struct tracking_figures tracking;
};

static void add(struct promise_figures *to, const struct promise_figures *from)
{
    to->promised += from->promised;
    to->due += from->due;
    to->met += from->met;
    to->unconfirmed += from->unconfirmed;
    to->missed += from->missed;
    to->open += from->open;
}

/* Days come in order, so that each quarter stands together; what is beyond the last one counts
 * there. */
static void add_day(struct gathered *g, const struct day_figures *d)
{
    int year, month, mday;
    day_to_civil(d->first_due_on, &year, &month, &mday);
    int number = (month - 1) / MONTHS_OF_QUARTER + 1;
    struct quarter *q = g->quarter_count > 0 ? &g->quarters[g->quarter_count - 1] : NULL;
    if (!q || ((q->year != year || q->number != number) && g->quarter_count < QUARTERS_MAX)) {
        q = &g->quarters[g->quarter_count++];
        *q = (struct quarter){ .year = year, .number = number };
        q->from_on = day_from_civil(year, (number - 1) * MONTHS_OF_QUARTER + 1, 1);
        q->to_on = day_add_months(q->from_on, MONTHS_OF_QUARTER) - 1;
    }
    add(&q->counts, &(struct promise_figures){ .promised = d->promised,
                                               .due = d->due,
                                               .met = d->met,
                                               .unconfirmed = d->unconfirmed,
                                               .missed = d->missed,
                                               .open = d->open });
}

static err gather(struct rq *rq, struct gathered *g)
{
    const struct outcome_figures_input *in = rq->input;
    struct rows days;
    if (actor_scope(rq->actor, "outcomes.read") != SCOPE_ORG)
        return err_make(ERR_FORBIDDEN, "list.forbidden");
    *g = (struct gathered){ .session_id = in->session_id };
    TRY(promise_figures_of(rq, "proposals", g->session_id, &g->agencies));
    TRY(promise_store_days(rq->db,
                           &(struct figures_ask){ str_of("proposals"), g->session_id, rq->today },
                           rq->mem, &days));
    TRY(tracking_figures_of(rq, g->session_id, &g->tracking));
    const struct promise_figures *agencies = g->agencies.items;
    const struct day_figures *all = days.items;
    for (size_t i = 0; i < g->agencies.count; i++)
        add(&g->all, &agencies[i]);
    for (size_t i = 0; i < days.count; i++)
        add_day(g, &all[i]);
    return OK;
}

/* ---- words ---- */

/* In thousandths, half up; -1 = nothing to divide by. */
static i64 permille(i64 part, i64 whole)
{
    return whole > 0 ? (part * 2000 + whole) / (whole * 2) : -1;
}

static str percent(struct rq *rq, i64 thousandths)
{
    if (thousandths < 0)
        return str_of("\u2014");
    return arena_printf(rq->mem, "%lld.%lld%%", (long long)(thousandths / 10),
                        (long long)(thousandths % 10));
}

static struct view_link link_of(struct rq *rq, i64 count, str key, const char *query)
{
    struct view_link link = { .label = arena_printf(rq->mem, "%lld", (long long)count) };
    if (count > 0)
        link.url =
            arena_printf(rq->mem, "/promises?matter=proposals%.*s%s", (int)key.len, key.ptr, query);
    return link;
}

/* What counts stands in the list by these words: a test compares. */
#define COUNTED "&state=made,progressing,renewed,met,missed"

static struct outcome_line line_of(struct rq *rq, str label, str key,
                                   const struct promise_figures *c)
{
    return (struct outcome_line){ .label = label,
                                  .promised = link_of(rq, c->promised, key, COUNTED),
                                  .due = link_of(rq, c->due, key, "&is_due=1"),
                                  .met = link_of(rq, c->met, key, "&state=met"),
                                  .missed = link_of(rq, c->missed, key, "&state=missed"),
                                  .open = link_of(rq, c->open, key, "&is_open=1"),
                                  .unconfirmed = c->unconfirmed,
                                  .rate = percent(rq, permille(c->met, c->due)) };
}

static str session_key(struct rq *rq, const struct gathered *g)
{
    return g->session_id > 0 ? arena_printf(rq->mem, "&session_id=%lld", (long long)g->session_id)
                             : str_of("");
}

static void lines_make(struct rq *rq, const struct gathered *g, struct outcome_show *v)
{
    const struct promise_figures *agencies = g->agencies.items;
    struct outcome_line *of_agencies =
                            arena_array(rq->mem, g->agencies.count + 1, sizeof *of_agencies),
                        *of_quarters =
                            arena_array(rq->mem, g->quarter_count + 1, sizeof *of_quarters);
    str session = session_key(rq, g);
    for (size_t i = 0; i < g->agencies.count; i++)
        of_agencies[v->agency_count++] =
            line_of(rq, agencies[i].agency_name,
                    arena_printf(rq->mem, "%.*s&agency_id=%lld", (int)session.len, session.ptr,
                                 (long long)agencies[i].agency_id),
                    &agencies[i]);
    for (size_t i = 0; i < g->quarter_count; i++) {
        const struct quarter *q = &g->quarters[i];
        str from = text_day(rq->mem, q->from_on), to = text_day(rq->mem, q->to_on);
        str label = text_format(rq->mem, "outcomes.quarter", arena_printf(rq->mem, "%d", q->year),
                                arena_printf(rq->mem, "%d", q->number));
        str key = arena_printf(rq->mem, "%.*s&first_due_on_from=%.*s&first_due_on_to=%.*s",
                               (int)session.len, session.ptr, (int)from.len, from.ptr, (int)to.len,
                               to.ptr);
        of_quarters[v->quarter_count++] = line_of(rq, label, key, &q->counts);
    }
    v->agencies = of_agencies;
    v->quarters = of_quarters;
}

static void facts_make(struct rq *rq, const struct gathered *g, struct outcome_show *v)
{
    enum { FACTS = 4 };
    struct view_fact *facts = arena_array(rq->mem, FACTS, sizeof *facts);
    struct outcome_line all = line_of(rq, str_of(""), session_key(rq, g), &g->all);
    i64 found = permille(g->tracking.solved, g->tracking.tracked);
    facts[0] = (struct view_fact){ .label = text_find("outcomes.due"),
                                   .value = all.due.label,
                                   .url = all.due.url,
                                   .note = text_find("outcomes.means.due") };
    facts[1] = (struct view_fact){ .label = text_find("outcomes.met"),
                                   .value = all.met.label,
                                   .url = all.met.url,
                                   .note = text_format(rq->mem, "outcomes.unconfirmed",
                                                       arena_printf(rq->mem, "%lld",
                                                                    (long long)g->all.unconfirmed),
                                                       str_of("")) };
    facts[2] = (struct view_fact){ .label = text_find("outcomes.fulfil_rate"),
                                   .value = all.rate,
                                   .note = text_find("outcomes.means.fulfil_rate") };
    facts[3] = (struct view_fact){
        .label = text_find("outcomes.found_rate"),
        .value = percent(rq, found),
        .note = text_format(rq->mem, "outcomes.means.found_rate",
                            arena_printf(rq->mem, "%lld", (long long)g->tracking.solved),
                            arena_printf(rq->mem, "%lld", (long long)g->tracking.tracked))
    };
    v->facts = (struct view_facts){ facts, FACTS };
}

static err tabs_make(struct rq *rq, const struct gathered *g, struct outcome_show *v)
{
    struct rows rows;
    TRY(session_list(rq, &rows));
    const struct session *sessions = rows.items;
    struct view_tab *tabs = arena_array(rq->mem, TABS_MAX + 1, sizeof *tabs);
    tabs[v->session_count++] = (struct view_tab){ .label = text_find("outcomes.all_sessions"),
                                                  .url = str_of("/outcomes"),
                                                  .count = -1,
                                                  .active = g->session_id == 0 };
    for (size_t i = 0; i < rows.count && v->session_count < TABS_MAX; i++)
        tabs[v->session_count++] =
            (struct view_tab){ .label = session_name(rq->mem, &sessions[i]),
                               .url = arena_printf(rq->mem, "/outcomes?session_id=%lld",
                                                   (long long)sessions[i].id),
                               .count = -1,
                               .active = sessions[i].id == g->session_id };
    v->sessions = tabs;
    return OK;
}

/* ---- JSON ---- */

static void counts_json(const struct promise_figures *c, struct json *j)
{
    i64 rate = permille(c->met, c->due);
    json_i64(j, "promised", c->promised);
    json_i64(j, "due", c->due);
    json_i64(j, "met", c->met);
    json_i64(j, "unconfirmed", c->unconfirmed);
    json_i64(j, "missed", c->missed);
    json_i64(j, "open", c->open);
    if (rate < 0)
        json_null(j, "fulfil_rate_permille");
    else
        json_i64(j, "fulfil_rate_permille", rate);
}

static err figures_json(struct rq *rq, const struct gathered *g, struct res *res)
{
    struct json j = json_begin(rq);
    const struct promise_figures *agencies = g->agencies.items;
    json_i64(&j, "session_id", g->session_id);
    json_object(&j, "promises");
    counts_json(&g->all, &j);
    json_object_end(&j);
    json_object(&j, "tracking");
    json_i64(&j, "tracked", g->tracking.tracked);
    json_i64(&j, "solved", g->tracking.solved);
    json_i64(&j, "partly", g->tracking.partly);
    json_i64(&j, "unsolved", g->tracking.unsolved);
    json_object_end(&j);
    json_array(&j, "agencies");
    for (size_t i = 0; i < g->agencies.count; i++) {
        json_object(&j, NULL);
        json_i64(&j, "agency_id", agencies[i].agency_id);
        json_str(&j, "agency_name", agencies[i].agency_name);
        counts_json(&agencies[i], &j);
        json_object_end(&j);
    }
    json_array_end(&j);
    json_array(&j, "quarters");
    for (size_t i = 0; i < g->quarter_count; i++) {
        json_object(&j, NULL);
        json_day(&j, "from_on", g->quarters[i].from_on);
        json_day(&j, "to_on", g->quarters[i].to_on);
        counts_json(&g->quarters[i].counts, &j);
        json_object_end(&j);
    }
    json_array_end(&j);
    json_send(&j, res);
    return OK;
}

err page_outcome_figures(struct rq *rq, struct res *res)
{
    struct gathered *g = arena_zero(rq->mem, sizeof *g);
    struct outcome_show v = { 0 };
    TRY(gather(rq, g));
    if (rq->api)
        return figures_json(rq, g, res);
    TRY(tabs_make(rq, g, &v));
    facts_make(rq, g, &v);
    lines_make(rq, g, &v);
    struct out *out = page_begin(rq, text_find("menu.outcomes"), "outcomes");
    view_outcomes_figures(out, &v);
    page_end(res, out);
    return OK;
}
