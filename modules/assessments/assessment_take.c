/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the ledger and the rules say of a year, as gradings: worked out by modules/scores, put into
 * words that stay. Sums and quotas of grades. Reads only. */
#include <stdlib.h>

#include "modules/assessments/assessment_rules.h"
#include "platform/base/str.h"
#include "platform/text/texts.h"

enum { GRADES_MAX = RULESET_GRADES + 3, POINTS_PER_PERCENT = 100 * POINT };

/* ---- one member ---- */

static const char *stand_of(const struct scores_row *row)
{
    static const char *const NAMES[SCORES_STANDS] = { [SCORES_SERVING] = "serving",
                                                      [SCORES_SUSPENDED] = "suspended",
                                                      [SCORES_LEFT] = "left",
                                                      [SCORES_DIED] = "died",
                                                      [SCORES_EXEMPT] = "exempt" };
    const struct scores_person *p = row->person;
    if (p->stand == SCORES_SERVING && !row->score->scored)
        return "unscored";
    return p->stand == SCORES_SERVING && p->joined ? "joined" : NAMES[p->stand];
}

static str then(struct rq *rq, str words, str next)
{
    return words.len ? text_format(rq->mem, "assessments.then", words, next) : next;
}

static void gates_take(struct rq *rq, const struct ruleset *rules, const struct score *score,
                       struct grading *g)
{
    g->gates_due = scores_count(score->duties);
    g->gates_met = scores_count(score->met);
    g->missed = str_of("");
    for (size_t i = 0; i < rules->gate_count; i++)
        if ((score->duties & ~score->met) >> i & 1)
            g->missed = then(rq, g->missed, rules->gates[i].text);
    g->vetoes = str_of("");
    for (size_t i = 0; i < rules->veto_count; i++)
        if (score->vetoes >> i & 1)
            g->vetoes = then(rq, g->vetoes, rules->vetoes[i].text);
}

/* The grade that points alone reach, as score.c has it; -1 = none. */
static int by_points(const struct ruleset *rules, i64 total)
{
    size_t last = rules->grade_count - 1;
    for (size_t i = 0; i <= last; i++)
        if (rules->grades[i].known && total >= rules->grades[i].threshold)
            return (int)i;
    return rules->grades[last].known && rules->grades[last].threshold <= 0 ? (int)last : -1;
}

static int by_vetoes(const struct ruleset *rules, uint64_t vetoes)
{
    int worst = -1;
    for (size_t i = 0; i < rules->veto_count; i++)
        if (vetoes >> i & 1 && rules->vetoes[i].grade > worst)
            worst = rules->vetoes[i].grade;
    return worst;
}

/* Which rule settled it: of several the one that leads to the lowest. */
static void why_take(const struct ruleset *rules, const struct score *score, struct grading *g)
{
    int points = by_points(rules, score->total), vetoes = by_vetoes(rules, score->vetoes);
    bool gated = points >= 0 && score->met != score->duties && rules->without_gates > points;
    int settled = gated ? rules->without_gates : points;
    const char *why = gated ? "gates" : "points";
    if (vetoes > settled) {
        settled = vetoes;
        why = "veto";
    }
    if (settled >= 0 && score->grade > settled) {
        why = "quota";
        g->why_text = rules->grades[settled].name;
    }
    g->why = str_of(why);
}

static void grade_take(const struct ruleset *rules, const struct score *score, struct grading *g)
{
    bool passed = rules->has_pass ? score->passed : score->met == score->duties;
    if (rules->grade_count == 0) {
        g->proposed = text_find(passed ? "assessments.passed" : "assessments.failed");
        g->why = str_of(rules->has_pass ? "points" : "gates");
        return;
    }
    if (score->grade >= 0)
        g->proposed = rules->grades[score->grade].name;
    why_take(rules, score, g);
}

static void row_take(struct rq *rq, const struct ruleset *rules, const struct scores_row *row,
                     struct grading *g)
{
    const struct scores_person *p = row->person;
    *g = (struct grading){ .member_id = p->member_id,
                           .person_id = p->person_id,
                           .code = p->code,
                           .name = p->name,
                           .sector = p->sector,
                           .committee = p->committee,
                           .stand = str_of(stand_of(row)),
                           .assessed = row->assessed,
                           .entries = row->entries,
                           .points_x1000 = row->score->total };
    gates_take(rq, rules, row->score, g);
    if (row->assessed)
        grade_take(rules, row->score, g);
    g->grade = g->proposed;
}

/* ---- all ---- */

static int by_member(const void *a, const void *b)
{
    const struct grading *x = a, *y = b;
    return x->member_id < y->member_id ? -1 : x->member_id > y->member_id;
}

static err work_out(struct rq *rq, i64 year, struct assessment_take *out)
{
    struct rows rows;
    *out = (struct assessment_take){ .rows = { .size = sizeof(struct grading) } };
    TRY(scores_period_find(rq, year, &out->period));
    if (!out->period.rules)
        return OK;
    TRY(scores_list(rq, &(struct scores_ask){ .period = &out->period }, &rows));
    const struct scores_row *all = rows.items;
    struct grading *gradings = arena_array(rq->mem, rows.count + 1, sizeof *gradings);
    for (size_t i = 0; i < rows.count; i++) {
        row_take(rq, out->period.rules, &all[i], &gradings[i]);
        gradings[i].position = (i64)i + 1;
    }
    qsort(gradings, rows.count, sizeof *gradings, by_member);
    out->rows.items = gradings;
    out->rows.count = rows.count;
    return OK;
}

err assessment_take(struct rq *rq, i64 year, const struct assessment_take **out)
{
    const struct assessment_take *found = rq->found;
    if (found && found->period.year == year) {
        *out = found;
        return OK;
    }
    struct assessment_take *take = arena_zero(rq->mem, sizeof *take);
    TRY(work_out(rq, year, take));
    *out = take;
    return OK;
}

err slow_assessment_take(struct rq *rq, struct res *res)
{
    struct assessment a;
    struct assessment_take *take = arena_zero(rq->mem, sizeof *take);
    (void)res;
    TRY(list_find(rq, &ASSESSMENT_LIST, rq->path_id, &a));
    TRY(work_out(rq, a.year, take));
    rq->found = take;
    return OK;
}

/* ---- what is otherwise now ---- */

bool grading_is_same(const struct grading *a, const struct grading *b)
{
    return a->assessed == b->assessed && a->points_x1000 == b->points_x1000 &&
           a->gates_due == b->gates_due && a->gates_met == b->gates_met &&
           str_eq(a->stand, b->stand) && str_eq(a->missed, b->missed) &&
           str_eq(a->vetoes, b->vetoes) && str_eq(a->proposed, b->proposed);
}

struct rows grading_differences(struct arena *mem, const struct rows *stored,
                                const struct rows *now)
{
    const struct grading *old = stored->items, *new = now->items;
    size_t most = stored->count + now->count + 1, n = 0, i = 0, k = 0;
    struct grading_difference *out = arena_array(mem, most, sizeof *out);
    while (i < stored->count || k < now->count) {
        bool gone = k == now->count || (i < stored->count && old[i].member_id < new[k].member_id);
        bool came = i == stored->count || (k < now->count && new[k].member_id < old[i].member_id);
        struct grading_difference d = { came ? NULL : &old[i], gone ? NULL : &new[k] };
        if (gone || came || !grading_is_same(d.before, d.after))
            out[n++] = d;
        i += !came;
        k += !gone;
    }
    return (struct rows){ out, n, sizeof *out };
}

/* ---- grades ---- */

struct rows grading_grades(struct rq *rq, const struct ruleset *rules)
{
    struct grading_sum *sums = arena_array(rq->mem, GRADES_MAX, sizeof *sums);
    size_t n = 0;
    for (; n < rules->grade_count; n++)
        sums[n] = (struct grading_sum){ .name = rules->grades[n].name, .most = -1 };
    if (n == 0) {
        sums[n++] = (struct grading_sum){ .name = text_find("assessments.passed"), .most = -1 };
        sums[n++] = (struct grading_sum){ .name = text_find("assessments.failed"), .most = -1 };
    }
    return (struct rows){ sums, n, sizeof *sums };
}

static void sum_take(struct grading_sum *sums, size_t count, const struct grading *g)
{
    for (size_t i = 0; i < count; i++) {
        sums[i].proposed += str_eq(sums[i].name, g->proposed);
        sums[i].count += str_eq(sums[i].name, g->grade);
        sums[i].earlier += str_eq(sums[i].name, g->earlier);
    }
}

struct rows grading_sums(struct rq *rq, const struct ruleset *rules, const struct rows *gradings)
{
    struct rows out = grading_grades(rq, rules);
    struct grading_sum *sums = (struct grading_sum *)out.items;
    const struct grading *all = gradings->items;
    i64 assessed = 0;
    sums[out.count++] = (struct grading_sum){ .name = str_of(""), .most = -1 };
    for (size_t i = 0; i < gradings->count; i++)
        if (all[i].assessed) {
            sum_take(sums, out.count, &all[i]);
            assessed++;
        }
    for (size_t i = 0; i < rules->grade_count; i++)
        if (rules->grades[i].quota)
            sums[i].most = assessed * rules->grades[i].quota / POINTS_PER_PERCENT;
    return out;
}

static int by_position(const void *a, const void *b)
{
    const struct grading *x = a, *y = b;
    return x->position < y->position ? -1 : x->position > y->position;
}

void gradings_order(struct rows *gradings)
{
    if (gradings->count)
        qsort((void *)gradings->items, gradings->count, gradings->size, by_position);
}
