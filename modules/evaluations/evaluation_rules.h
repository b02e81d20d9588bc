/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of evaluations that pages and flow share within the module. Public face: evaluation.h. */
#ifndef HT_EVALUATIONS_EVALUATION_RULES_H
#define HT_EVALUATIONS_EVALUATION_RULES_H
#include "modules/evaluations/evaluation_store.h"

/* The questions of the form with the values that each may have; ends with a NULL name. */
enum { EVALUATION_VALUES_MAX = 5 };
struct evaluation_question {
    const char *name, *values[EVALUATION_VALUES_MAX];
};
extern const struct evaluation_question EVALUATION_QUESTIONS[];

/* What was answered to a question, by its number in the table; empty if nothing. */
str evaluation_answer(const struct evaluation *e, size_t question);

/* Whether the word is a collective proposer's: a body's, or on the proposal of a party. */
bool evaluation_is_collective(const struct assignment *a, const struct evaluation *e);

/* Whether rq's person may evaluate now; *out is what he was asked, as given so far. Errors:
 * FORBIDDEN assignments.not_asked; CONFLICT assignments.evaluated_already. */
err evaluation_may_give(struct rq *rq, const struct assignment *a, struct evaluation *out);

/* Verdicts that the office may write down now (代录): those of the present round that are not
 * given; struct evaluation rows. none = the office works for the agency itself, or is not asked. */
err evaluation_list_open(struct rq *rq, const struct assignment *a, struct rows *out);

/* Whether the office has to: somebody is asked who does not do it himself. */
err evaluation_is_wanted(struct rq *rq, const struct flow_subject *subject, bool *out);

/* What the steps evaluate and transcribe of assignments need and do: functions of a struct
 * flow_act. Errors: those of evaluation_may_give; FORBIDDEN assignments.not_asked, CONFLICT
 * assignments.all_given; INVALID with faults. */
err evaluation_guard_give(struct rq *rq, const struct flow_subject *subject);
err evaluation_effect_give(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err evaluation_guard_transcribe(struct rq *rq, const struct flow_subject *subject);
err evaluation_effect_transcribe(struct rq *rq, struct flow_subject *subject,
                                 struct flow_step *step);
#endif
