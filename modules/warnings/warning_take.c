/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the rules about absences say today: the vetoes of the running year that count nothing but
 * missed duties. Reads only. */
#include "modules/warnings/warning.h"

#include "platform/base/str.h"
#include "platform/settings/settings.h"

static i64 from_of(const struct scores_period *period, enum ruleset_span span)
{
    return span == SPAN_TERM          ? period->term_from
           : span == SPAN_TWO_PERIODS ? period->before_from
                                      : period->from;
}

static const char *span_name(enum ruleset_span span)
{
    return span == SPAN_TERM ? "term" : span == SPAN_TWO_PERIODS ? "two_periods" : "period";
}

/* Whom rules about absences concern: who serves, scored or not. */
static bool is_concerned(const struct scores_row *row)
{
    return row->person->stand == SCORES_SERVING || row->person->stand == SCORES_EXEMPT;
}

/* What one rule says of one member; false = he is not near it. */
static bool due_take(const struct scores_period *period, const struct scores_row *row, size_t veto,
                     i64 before, struct warning *out)
{
    const struct ruleset_veto *v = &period->rules->vetoes[veto];
    i64 count = row->score->counts[veto];
    if (count <= 0 || count < v->bound - before * POINT)
        return false;
    *out = (struct warning){ .member_id = row->person->member_id,
                             .person_id = row->person->person_id,
                             .from_on = from_of(period, v->span),
                             .count_x1000 = count,
                             .bound_x1000 = v->bound,
                             .version = 1,
                             .state = str_of("open"),
                             .stage = str_of(count >= v->bound ? "reached" : "near"),
                             .name = row->person->name,
                             .rule = v->text,
                             .span = str_of(span_name(v->span)) };
    return true;
}

/* How many there are; written where there is room for them. */
static size_t due_all(const struct warning_take *take, i64 before, struct warning *out)
{
    const struct scores_row *rows = take->people.items;
    const struct ruleset *rules = take->period.rules;
    struct warning one;
    size_t n = 0;
    for (size_t i = 0; i < take->people.count; i++)
        for (size_t v = 0; is_concerned(&rows[i]) && v < rules->veto_count; v++)
            if (rules->vetoes[v].of_absences)
                n += due_take(&take->period, &rows[i], v, before, out ? &out[n] : &one);
    return n;
}

err warning_take(struct rq *rq, i64 only, struct warning_take *out)
{
    i64 before = setting_number(rq, "warnings.before");
    *out = (struct warning_take){ .due = { .size = sizeof(struct warning) } };
    TRY(scores_period_find(rq, 0, &out->period));
    if (!out->period.rules)
        return OK;
    TRY(scores_list(rq, &(struct scores_ask){ .period = &out->period, .only = only },
                    &out->people));
    out->due.count = due_all(out, before, NULL);
    struct warning *due = arena_array(rq->mem, out->due.count + 1, sizeof *due);
    due_all(out, before, due);
    out->due.items = due;
    return OK;
}

static const struct ruleset_veto *rule_of(const struct scores_period *period,
                                          const struct warning *w)
{
    for (size_t v = 0; period->rules && v < period->rules->veto_count; v++) {
        const struct ruleset_veto *veto = &period->rules->vetoes[v];
        if (str_eq(veto->text, w->rule) && from_of(period, veto->span) == w->from_on)
            return veto;
    }
    return NULL;
}

bool warning_is_current(const struct warning_take *take, const struct warning *w)
{
    const struct scores_row *rows = take->people.items;
    if (!rule_of(&take->period, w))
        return false;
    for (size_t i = 0; i < take->people.count; i++)
        if (rows[i].person->member_id == w->member_id)
            return is_concerned(&rows[i]);
    return false;
}

static bool is_counted(const struct scores_row *row, const struct ruleset_veto *veto, i64 from,
                       i64 id)
{
    for (size_t i = 0; i < row->count; i++)
        if (row->list[i].id == id)
            return row->list[i].happened_on >= from && score_fits(&veto->match, &row->seen[i]);
    return false;
}

err warning_records(struct rq *rq, const struct warning *w, struct rows *out)
{
    struct warning_take take;
    struct rows told;
    *out = (struct rows){ .size = sizeof(struct entry_told) };
    TRY(warning_take(rq, w->member_id, &take));
    const struct ruleset_veto *veto = rule_of(&take.period, w);
    if (!veto || take.people.count == 0)
        return OK;
    TRY(entry_list_told(rq, w->member_id, w->from_on, take.period.to, &told));
    struct entry_told *all = (struct entry_told *)told.items;
    for (size_t i = 0; i < told.count; i++)
        if (is_counted(take.people.items, veto, w->from_on, all[i].id))
            all[out->count++] = all[i];
    out->items = all;
    return OK;
}
