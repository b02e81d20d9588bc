/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Evaluations for other modules: where a matter stands by them, and what an agency may know. Who is
 * asked, when and by whom it is given: README.md. Rules: rules.md 2.6. */
#ifndef HT_EVALUATIONS_EVALUATION_H
#define HT_EVALUATIONS_EVALUATION_H
#include "platform/web/web.h"

/* Where a matter stands as a whole, derived. stand: "assigned" while any answering assignment
 * (sole, host, split) has not replied in its round, "replied" when all have, "evaluated_well"
 * when every wanted evaluation (by the setting assignments.close_rule) is in and none is
 * dissatisfied with the result, "evaluated_badly" when all are in and one is; until then it stays
 * "replied". class: of the latest reply of the sole or host (of the first split). satisfaction: the
 * worst with the result in the last round, empty while none is in. It is the whole truth: who shows
 * it must keep it from the agencies. Errors: those of the database. */
struct evaluation_outcome {
    str stand, class, satisfaction;
    bool was_late;
};
err evaluation_outcome(struct rq *rq, const char *collection, i64 matter_id,
                       struct evaluation_outcome *out);

/* Sends the answering assignments whose evaluation was bad into a new round; new evaluations are
 * wanted of the same persons afterwards. rules.md 2.6. Errors: those of assignment_redo. */
err evaluation_redo(struct rq *rq, const char *collection, i64 matter_id);

enum { EVALUATION_SUMS_MIN = 5 };

/* How often each answer was given; shown to the agency in steps of EVALUATION_SUMS_MIN. */
struct evaluation_sum {
    const char *question, *value;
    i64 count;
};
struct evaluation_sums {
    i64 given; /* evaluations in the sums; 0 = too few to be shown */
    const struct evaluation_sum *items;
    size_t count;
};

/* What the agency may know of the evaluations of its closed assignments: as many whole groups of
 * EVALUATION_SUMS_MIN as there are. */
err evaluation_sums_of(struct rq *rq, i64 agency_id, struct evaluation_sums *out);
#endif
