/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules tried on a year's ledger (试算): scores_trial.c. */
#ifndef HT_SCORES_SCORES_TRIAL_H
#define HT_SCORES_SCORES_TRIAL_H
#include "modules/scores/scores_views.h"

enum { SCORES_REASONS = 3, SCORES_GRADES = 2 * RULESET_GRADES + 1, SCORES_MOVERS_SHOWN = 50 };

/* A rule that gives somebody another sum than before. */
struct scores_reason {
    str rule;
    i64 before, after;
};

/* Whose total or grade is another one. was, is: grades. */
struct scores_mover {
    const struct scores_row *before, *after;
    str was, is;
    struct scores_reason reasons[SCORES_REASONS];
    size_t reason_count;
};
struct scores_trial_grade {
    str name; /* empty = none */
    i64 before, after;
};

/* A group that earns by itself, by the rules before and after; thousandths. */
struct scores_trial_group {
    str label;
    i64 before, after;
};

/* before: the year by the rules that held, rules NULL = none did; after: by those that are tried.
 * movers: who moves most first. up, down: of their totals. */
struct scores_trial {
    struct scores_period before, after;
    struct scores_mover *movers;
    size_t count, grade_count;
    struct scores_trial_grade grades[SCORES_GRADES];
    i64 assessed, up, down, before_sum, after_sum;
    struct scores_trial_group *groups; /* those that move, by sector, then by committee */
    size_t moved_groups;
};

/* year 0 = the last one that is over. Errors: NOT_FOUND rulesets.not_found; as scores_list. */
err scores_trial_make(struct rq *rq, i64 ruleset_id, i64 year, struct scores_trial *out);

struct scores_trial_view {
    const struct scores_trial *t;
    struct view_tabs years;
    struct rq *rq;
    const struct view_link *crumbs;
};

/* Handler of its route. */
err page_scores_trial(struct rq *rq, struct res *res);
#endif
