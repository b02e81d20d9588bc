/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What a row of the ledger would give a member that is not there yet: his year worked out without
 * and with it. Nothing is written. */
#include "modules/scores/scores.h"

/* The rule that gives the most more. */
static str rule_of(const struct ruleset *rules, const struct score *without,
                   const struct score *with)
{
    i64 most = 0;
    str name = { 0 };
    for (size_t i = 0; i < rules->rule_count; i++)
        if (with->rules[i] - without->rules[i] > most) {
            most = with->rules[i] - without->rules[i];
            name = rules->rules[i].text;
        }
    return name;
}

err scores_gain(struct rq *rq, const struct scores_period *period, i64 member_id,
                const struct rows *given, struct scores_gain *out)
{
    struct rows before = *given, without, with;
    *out = (struct scores_gain){ 0 };
    if (!period->rules || given->count == 0)
        return OK;
    before.count--;
    TRY(scores_list(rq,
                    &(struct scores_ask){ .period = period, .only = member_id, .extra = &before },
                    &without));
    TRY(scores_list(rq, &(struct scores_ask){ .period = period, .only = member_id, .extra = given },
                    &with));
    if (with.count == 0)
        return OK;
    const struct scores_row *a = without.items, *b = with.items;
    out->scored = b->score->scored;
    if (!out->scored)
        return OK;
    out->points = b->score->total - a->score->total;
    out->gates = scores_count(b->score->met & ~a->score->met);
    out->rule = rule_of(period->rules, a->score, b->score);
    return OK;
}
