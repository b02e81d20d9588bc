/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What a member can ask about in his year: each minimum duty of his and each line of a rule, as his
 * page shows them; and what such an item gives now. */
#include "modules/scores/scores_views.h"

#include "platform/base/str.h"
#include "platform/text/text_date.h"
#include "platform/text/texts.h"

static str key_of(struct rq *rq, const struct scores_period *period, const char *kind, i64 entry_id)
{
    return arena_printf(rq->mem, "%lld.%lld.%s.%lld", (long long)period->year,
                        (long long)period->set.id, kind, (long long)entry_id);
}

static void gates_put(struct rq *rq, const struct scores_member_view *v, struct rows *out)
{
    struct scores_item *all = (struct scores_item *)out->items;
    for (size_t i = 0; i < v->gate_count; i++) {
        const struct scores_gate *g = &v->gates[i];
        const char *kind = arena_printf(rq->mem, "gate%zu", g->at).ptr;
        all[out->count++] = (struct scores_item){
            .year = v->period->year,
            .happened_on = v->period->running ? rq->today : v->period->to,
            .points = g->has,
            .key = key_of(rq, v->period, kind, 0),
            .name = text_format(rq->mem, "scores.gate_item", g->text, str_of("")),
            .words = text_format(rq->mem, "scores.gate_words", ruleset_points(rq->mem, g->need),
                                 ruleset_points(rq->mem, g->has)),
            .is_gate = true,
        };
    }
}

static void line_put(struct rq *rq, const struct scores_member_view *v,
                     const struct scores_line *line, struct rows *out)
{
    struct scores_item *all = (struct scores_item *)out->items;
    const char *kind = arena_printf(rq->mem, "rule%d", line->at).ptr;
    i64 entry_id = line->record ? line->record->id : 0;
    str words = text_format(rq->mem, "scores.line_words", line->words,
                            ruleset_points(rq->mem, line->points));
    all[out->count++] = (struct scores_item){
        .year = v->period->year,
        .entry_id = entry_id,
        .happened_on = line->record         ? line->record->happened_on
                       : v->period->running ? rq->today
                                            : v->period->to,
        .points = v->row->score->rules[line->at],
        .key = key_of(rq, v->period, kind, entry_id),
        .name = line->rule,
        .words = line->record ? text_format(rq->mem, "scores.line_on", words,
                                            text_date(rq->mem, line->record->happened_on))
                              : words,
    };
}

/* The first line of a rule and record stands for all of them. */
static bool has_key(const struct rows *rows, str key)
{
    const struct scores_item *all = rows->items;
    for (size_t i = 0; i < rows->count; i++)
        if (str_eq(all[i].key, key))
            return true;
    return false;
}

static void lines_put(struct rq *rq, const struct scores_member_view *v, struct rows *out)
{
    for (size_t p = 0; p < v->part_count; p++)
        for (size_t i = 0; i < v->parts[p].count; i++) {
            if (v->parts[p].lines[i].at < 0)
                continue;
            line_put(rq, v, &v->parts[p].lines[i], out);
            const struct scores_item *last = &((struct scores_item *)out->items)[--out->count];
            out->count += !has_key(out, last->key);
        }
}

err scores_items(struct rq *rq, const struct scores_period *period, struct rows *out)
{
    struct scores_member_view v = { .period = period, .shows = scores_shows_own(rq), .rq = rq };
    struct rows rows;
    *out = (struct rows){ .size = sizeof(struct scores_item) };
    if (!rq->actor->member_id || !period->rules)
        return OK;
    TRY(scores_list(rq, &(struct scores_ask){ .period = period, .only = rq->actor->member_id },
                    &rows));
    v.row = rows.items;
    if (rows.count == 0 || !v.row->score->scored)
        return OK;
    TRY(scores_gates_make(rq, period, v.row, &v));
    if (v.shows.points)
        TRY(scores_parts_make(rq, period, v.row, &v));
    out->items = arena_array(rq->mem, v.gate_count + v.row->score->line_count + 1, out->size);
    gates_put(rq, &v, out);
    lines_put(rq, &v, out);
    return OK;
}

/* ---- what it gives now ---- */

static i64 now_of(const struct rq *rq, const struct scores_period *period,
                  const struct score *score, const struct scores_item *item)
{
    const struct ruleset *rules = period->rules;
    for (size_t i = 0; !item->is_gate && i < rules->rule_count; i++)
        if (str_eq(rules->rules[i].text, item->name))
            return score->rules[i];
    for (size_t i = 0; item->is_gate && i < rules->gate_count; i++)
        if (str_eq(text_format(rq->mem, "scores.gate_item", rules->gates[i].text, str_of("")),
                   item->name))
            return score->gates[i];
    return 0;
}

err scores_item_points(struct rq *rq, i64 member_id, const struct scores_item *item, i64 *points)
{
    struct scores_period period;
    struct rows rows;
    *points = 0;
    TRY(scores_period_find(rq, item->year, &period));
    TRY(scores_list(rq, &(struct scores_ask){ .period = &period, .only = member_id }, &rows));
    const struct scores_row *row = rows.items;
    if (rows.count && period.rules)
        *points = now_of(rq, &period, row->score, item);
    return OK;
}
