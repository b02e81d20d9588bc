/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What-if: a set of rules, most often a draft, on the ledger of a year beside those that held then:
 * who moves, why, and how many there are of each grade. Nothing is written. */
#include "modules/scores/scores_trial.h"

#include "platform/base/str.h"

#include <stdlib.h>

/* ---- one member ---- */

static int rule_find(const struct ruleset *rules, str id)
{
    for (size_t i = 0; i < rules->rule_count; i++)
        if (str_eq(rules->rules[i].id, id))
            return (int)i;
    return -1;
}

static void reason_add(struct scores_mover *m, str rule, i64 before, i64 after)
{
    if (before == after)
        return;
    struct scores_reason reason = { rule, before, after };
    size_t at = m->reason_count < SCORES_REASONS ? m->reason_count++ : SCORES_REASONS;
    for (; at > 0 &&
           llabs(m->reasons[at - 1].after - m->reasons[at - 1].before) < llabs(after - before);
         at--)
        if (at < SCORES_REASONS)
            m->reasons[at] = m->reasons[at - 1];
    if (at < SCORES_REASONS)
        m->reasons[at] = reason;
}

/* Rules by their names, those that made most of the difference first. */
static void reasons_find(const struct scores_trial *t, struct scores_mover *m)
{
    const struct ruleset *old = t->before.rules, *new = t->after.rules;
    for (size_t i = 0; i < new->rule_count; i++) {
        int was = old ? rule_find(old, new->rules[i].id) : -1;
        reason_add(m, new->rules[i].text, was < 0 ? 0 : m->before->score->rules[was],
                   m->after->score->rules[i]);
    }
    for (size_t i = 0; old && i < old->rule_count; i++)
        if (rule_find(new, old->rules[i].id) < 0)
            reason_add(m, old->rules[i].text, m->before->score->rules[i], 0);
}

static int by_move(const void *a, const void *b)
{
    const struct scores_mover *x = a, *y = b;
    i64 p = llabs(x->after->score->total - x->before->score->total);
    i64 q = llabs(y->after->score->total - y->before->score->total);
    if (p != q)
        return p > q ? -1 : 1;
    return str_cmp(x->after->person->code, y->after->person->code);
}

/* ---- all ---- */

static void grade_count(struct scores_trial *t, str grade, bool after)
{
    size_t i = 0;
    for (; i < t->grade_count && !str_eq(t->grades[i].name, grade);)
        i++;
    if (i == SCORES_GRADES)
        return;
    if (i == t->grade_count)
        t->grades[t->grade_count++] = (struct scores_trial_grade){ .name = grade };
    *(after ? &t->grades[i].after : &t->grades[i].before) += 1;
}

/* In the order of the new rules; what only the old ones have comes last. */
static void grades_begin(struct scores_trial *t)
{
    const struct ruleset *rules = t->after.rules;
    for (size_t i = 0; i < rules->grade_count; i++)
        t->grades[t->grade_count++] = (struct scores_trial_grade){ .name = rules->grades[i].name };
}

static void row_take(struct scores_trial *t, const struct scores_row *before,
                     const struct scores_row *after)
{
    str was = scores_grade(&t->before, before), is = scores_grade(&t->after, after);
    t->assessed += after->assessed;
    t->before_sum += before->assessed ? before->score->total : 0;
    t->after_sum += after->assessed ? after->score->total : 0;
    if (before->assessed)
        grade_count(t, was, false);
    if (after->assessed)
        grade_count(t, is, true);
    i64 move = after->score->total - before->score->total;
    if (!after->assessed && !before->assessed)
        return;
    if (move == 0 && str_eq(was, is))
        return;
    t->up += move > 0;
    t->down += move < 0;
    struct scores_mover *m = &t->movers[t->count++];
    *m = (struct scores_mover){ .before = before, .after = after, .was = was, .is = is };
    reasons_find(t, m);
}

/* ---- groups ---- */

/* One way to tell groups apart. The same people are in both, so their groups are, too. */
static err groups_try(struct rq *rq, struct scores_trial *t, const struct rows *before,
                      const struct rows *after, enum scores_by by)
{
    struct scores_group whole;
    struct rows old = scores_groups(rq, before, by, &whole);
    struct rows new = scores_groups(rq, after, by, &whole);
    TRY(scores_groups_score(rq, &t->before, before, by, &old));
    TRY(scores_groups_score(rq, &t->after, after, by, &new));
    const struct scores_group *was = old.items, *is = new.items;
    struct scores_trial_group *moved =
        arena_array(rq->mem, t->moved_groups + new.count + 1, sizeof *moved);
    for (size_t i = 0; i < t->moved_groups; i++)
        moved[i] = t->groups[i];
    for (size_t i = 0; i < new.count; i++) {
        i64 a = was[i].own ? was[i].own->total : 0, b = is[i].own ? is[i].own->total : 0;
        if (a != b)
            moved[t->moved_groups++] = (struct scores_trial_group){ is[i].label, a, b };
    }
    t->groups = moved;
    return OK;
}

err scores_trial_make(struct rq *rq, i64 ruleset_id, i64 year, struct scores_trial *t)
{
    struct rows before, after;
    *t = (struct scores_trial){ 0 };
    TRY(scores_period_find(rq, year ? year : scores_year_of(rq, rq->today) - 1, &t->before));
    t->after = t->before;
    TRY(duty_set_find(rq, ruleset_id, &t->after.set));
    TRY(ruleset_read(rq->mem, t->after.set.document, &t->after.rules));
    if (t->after.rules->of_others)
        return err_make(ERR_CONFLICT, "rulesets.of_others");
    TRY(scores_list(rq, &(struct scores_ask){ .period = &t->before }, &before));
    TRY(scores_list(rq, &(struct scores_ask){ .period = &t->after }, &after));
    const struct scores_row *old = before.items, *new = after.items;
    t->movers = arena_array(rq->mem, after.count + 1, sizeof *t->movers);
    grades_begin(t);
    for (size_t i = 0; i < after.count; i++)
        row_take(t, &old[i], &new[i]);
    qsort(t->movers, t->count, sizeof *t->movers, by_move);
    TRY(groups_try(rq, t, &before, &after, SCORES_BY_SECTOR));
    return groups_try(rq, t, &before, &after, SCORES_BY_COMMITTEE);
}
