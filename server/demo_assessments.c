/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Yearly assessments of the demo city: this year's is being prepared, last year's decided and told,
 * with a correction under way; the one before was corrected; the first is over. By real steps of a
 * clerk and a leader; after whatever writes the ledger. */
#include "modules/assessments/assessment_rules.h"
#include "platform/base/str.h"
#include "platform/settings/settings.h"
#include "server/demo_opinions.h"

enum { NINE_MS = 9 * 3600 * 1000, DECIDED_DAY = 20, LATELY = 6, BEST = 3 };

struct assessing {
    const struct demo *d;
    i64 today, year;
};

static void on_day(struct rq *rq, i64 day)
{
    rq->today = day;
    rq->now_ms = day_start_ms(day) + NINE_MS;
}

static err step(struct rq *rq, i64 id, const char *verb, const void *input)
{
    return demo_opinion_step(rq, &ASSESSMENTS_FLOW, id, verb, input);
}

/* In January of the next year, as far as that is there. */
static i64 january(const struct assessing *a, i64 year)
{
    i64 day = day_from_civil((int)year + 1, 1, DECIDED_DAY);
    return day < a->today ? day : a->today;
}

static err begin(struct rq *rq, const struct assessing *a, i64 year, i64 *id)
{
    const struct assessment_open_input in = { .year = year,
                                              .reason = demo_text("assessment_correct") };
    TRY(demo_opinion_be(rq, a->d, a->d->staff, NULL));
    return assessment_open(rq, &in, id);
}

/* Somebody gets the grade above the proposed one, as people see it. */
static err change_one(struct rq *rq, i64 id)
{
    const struct ruleset *rules;
    struct assessment a;
    struct rows gradings;
    TRY(assessment_store_find(rq->db, id, rq->mem, &a));
    TRY(assessment_rules(rq, &a, &rules));
    TRY(grading_store_list(rq->db, id, rq->mem, &gradings));
    const struct grading *all = gradings.items;
    for (size_t i = 0; i < gradings.count; i++) {
        if (!all[i].assessed || !str_eq(all[i].grade, rules->grades[2].name))
            continue;
        const struct grading_change_input in = { .version = all[i].version,
                                                 .grade = rules->grades[1].name,
                                                 .reason = demo_text("assessment_changed") };
        return grading_change(rq, all[i].id, &in);
    }
    return OK;
}

/* Up to so many in all who have a grade get the best one; *n: how many have by now. */
static err raise(struct rq *rq, const struct ruleset *rules, i64 id, str grade, size_t *n)
{
    struct rows gradings;
    TRY(grading_store_list(rq->db, id, rq->mem, &gradings));
    const struct grading *all = gradings.items;
    for (size_t i = 0; i < gradings.count && *n < BEST; i++) {
        if (!all[i].assessed || all[i].vetoes.len || !str_eq(all[i].grade, grade))
            continue;
        const struct grading_change_input in = { .version = all[i].version,
                                                 .grade = rules->grades[0].name,
                                                 .reason = demo_text("assessment_best") };
        TRY(grading_change(rq, all[i].id, &in));
        ++*n;
    }
    return OK;
}

/* The ledger of the demo's years is not rich enough for the best grade by points: people give it to
 * a few, so that somebody can be commended. */
static err change_best(struct rq *rq, i64 id)
{
    const struct ruleset *rules;
    struct assessment a;
    size_t n = 0;
    TRY(assessment_store_find(rq->db, id, rq->mem, &a));
    TRY(assessment_rules(rq, &a, &rules));
    for (size_t grade = 1; grade < rules->grade_count; grade++)
        TRY(raise(rq, rules, id, rules->grades[grade].name, &n));
    return OK;
}

static err decide(struct rq *rq, const struct assessing *a, i64 id, i64 on)
{
    const struct assessment_approve_input in = { .on_on = on,
                                                 .organ = str_of("chairs"),
                                                 .meeting = demo_text("assessment_chairs"),
                                                 .as_proposed = true };
    on_day(rq, on);
    TRY(change_one(rq, id));
    TRY(change_best(rq, id));
    TRY(step(rq, id, "propose", NULL));
    TRY(demo_opinion_be(rq, a->d, a->d->leader, NULL));
    TRY(step(rq, id, "approve", &in));
    return demo_opinion_be(rq, a->d, a->d->staff, NULL);
}

static err commend(struct rq *rq, const struct assessing *a, i64 id, i64 on)
{
    const struct assessment_honour_input in = { .title = demo_text("assessment_honour"),
                                                .organ = str_of("standing"),
                                                .meeting = demo_text("assessment_standing"),
                                                .on_on = on };
    i64 count;
    TRY(grading_store_count_proposed(rq->db, id, &count));
    if (count == 0)
        return OK;
    TRY(demo_opinion_be(rq, a->d, a->d->leader, NULL));
    TRY(step(rq, id, "honour", &in));
    return demo_opinion_be(rq, a->d, a->d->staff, NULL);
}

/* One who is proposed is taken out, the others are commended, then he is put back: a later meeting
 * decides on him. */
static err commend_but_one(struct rq *rq, const struct assessing *a, i64 id, i64 on)
{
    struct rows gradings;
    struct grading_honour_input in = { .honour = str_of("withheld"),
                                       .reason = demo_text("assessment_later") };
    size_t i = 0;
    TRY(grading_store_list(rq->db, id, rq->mem, &gradings));
    const struct grading *all = gradings.items;
    while (i < gradings.count && !str_is(all[i].honour, "proposed"))
        i++;
    if (i == gradings.count)
        return OK;
    in.version = all[i].version;
    TRY(grading_withhold(rq, all[i].id, &in));
    TRY(commend(rq, a, id, on));
    in.honour = str_of("proposed");
    in.version++;
    return grading_withhold(rq, all[i].id, &in);
}

static err past(struct rq *rq, const struct assessing *a, i64 year, i64 *id)
{
    on_day(rq, january(a, year));
    TRY(begin(rq, a, year, id));
    TRY(decide(rq, a, *id, january(a, year)));
    return step(rq, *id, "notify", NULL);
}

/* The ledger before last year is not whole: by it nearly everybody would have to be talked to. So
 * the committee has its first talks for this year's grades. */
static err talks_from_now(struct rq *rq, const struct assessing *a)
{
    TRY(setting_store(rq, "assessments.talk_grades", str_of("0"), 1));
    return setting_store(rq, "assessments.talk_grades", str_of("1"), a->today);
}

static err first(struct rq *rq, const struct assessing *a)
{
    i64 id;
    TRY(talks_from_now(rq, a));
    TRY(past(rq, a, a->year - 3, &id));
    TRY(commend(rq, a, id, january(a, a->year - 3)));
    return step(rq, id, "close", NULL);
}

static err second(struct rq *rq, const struct assessing *a)
{
    i64 id;
    return past(rq, a, a->year - 2, &id);
}

static err second_corrected(struct rq *rq, const struct assessing *a)
{
    i64 id;
    on_day(rq, a->today - LATELY);
    TRY(begin(rq, a, a->year - 2, &id));
    TRY(decide(rq, a, id, a->today - LATELY));
    return commend(rq, a, id, a->today - LATELY);
}

static err last(struct rq *rq, const struct assessing *a)
{
    i64 id;
    TRY(past(rq, a, a->year - 1, &id));
    return commend_but_one(rq, a, id, january(a, a->year - 1));
}

static err last_corrected(struct rq *rq, const struct assessing *a)
{
    i64 id;
    TRY(begin(rq, a, a->year - 1, &id));
    TRY(change_one(rq, id));
    return step(rq, id, "propose", NULL);
}

static err present(struct rq *rq, const struct assessing *a)
{
    i64 id;
    TRY(begin(rq, a, a->year, &id));
    TRY(step(rq, id, "drop", NULL));
    TRY(begin(rq, a, a->year, &id));
    return change_one(rq, id);
}

static err (*const PARTS[])(struct rq *rq,
                            const struct assessing *a) = { first, second,         second_corrected,
                                                           last,  last_corrected, present };

bool demo_assessments_done(const struct demo *d)
{
    return d->assessed == sizeof PARTS / sizeof *PARTS;
}

err demo_make_assessments(struct rq *rq, void *demo)
{
    struct demo *d = demo;
    const struct assessing a = { .d = d, .today = d->today, .year = scores_year_of(rq, d->today) };
    on_day(rq, d->today);
    return PARTS[d->assessed++](rq, &a);
}
