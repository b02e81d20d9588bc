/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Figures of letters of an organisation and of those right below it (a city's counties) side by
 * side. What is read of another organisation are its counters and how many are overdue: sums, no
 * row of a case, and no link leads to one. */
#include "modules/dashboards/dashboard_gather.h"
#include "modules/orgs/org.h"
#include "platform/app.h"
#include "platform/settings/settings.h"

/* One organisation: its counters, the days to its first answers; nothing where it does not share
 * them. */
struct county {
    bool shared;
    struct table_line line;
    struct stage_days days;
};

/* A request of that organisation's, as the house itself. */
static struct rq rq_of(struct rq *rq, i64 org_id)
{
    struct rq own;
    app_system_rq(rq->app, rq->db, rq->mem, org_id, &own);
    own.now_ms = rq->now_ms;
    own.today = rq->today;
    return own;
}

static err county_read(struct rq *own, i64 year, struct county *out)
{
    static const struct tally_line NOTHING;
    struct figure_set *set = arena_zero(own->mem, sizeof *set);
    if (!out->shared)
        return OK;
    TRY(letter_figures_make(own, year, set));
    out->line.counts = set->cases.count ? &set->cases.lines[0] : &NOTHING;
    return days_of_stage(set, "answer_days", &out->days);
}

/* The statements that follow are of rq's own organisation again, whatever becomes of it. */
static err county_make(struct rq *rq, const struct org *org, i64 year, struct county *out)
{
    struct rq own = rq_of(rq, org->id);
    *out = (struct county){ .line = { .label = org->name, .key = str_of("") } };
    out->shared = org->id == rq->actor->org_id || setting_on(&own, "dashboards.letters_shared");
    err e = county_read(&own, year, out);
    db_set_org(rq->db, rq->actor->org_id);
    return e;
}

/* The same figures without the lists behind them. */
static struct figure_set unlinked(const struct figure_set *s)
{
    struct figure_set out = *s;
    struct figure *figures = arena_array(s->rq->mem, s->figure_count, sizeof *figures);
    for (size_t i = 0; i < s->figure_count; i++) {
        figures[i] = s->figures[i];
        figures[i].query = NULL;
    }
    out.figures = figures;
    return out;
}

err figures_of_letter_counties(struct rq *rq, struct figures *f)
{
    struct rows rows;
    struct county one;
    TRY(figures_begin_letters(rq, f));
    TRY(org_list_below(rq, &rows));
    const struct org *below = rows.items,
                     self = { .id = rq->actor->org_id, .name = rq->actor->org_name };
    struct table_line *lines = arena_array(rq->mem, rows.count + 1, sizeof *lines);
    struct stage_days *days = arena_array(rq->mem, rows.count + 1, sizeof *days);
    size_t count = 0;
    for (size_t i = 0; i <= rows.count; i++) {
        TRY(county_make(rq, i ? &below[i - 1] : &self, f->set.session_id, &one));
        if (!one.shared)
            continue;
        lines[count] = one.line;
        days[count++] = one.days;
    }
    const struct table_ask ask = { "letter_below", COUNTY_FIGURES, lines, count };
    const struct figure_set set = unlinked(&f->set);
    figure_table_make(&set, &ask, &f->tables[0]);
    days_columns_add(&set, days, &f->tables[0]);
    f->table_count = 1;
    return OK;
}
