/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the files of outcomes share: rules of promises (promise.c), of looking back (followup.c), of
 * instructions. Public face: outcome.h. */
#ifndef HT_OUTCOMES_OUTCOME_RULES_H
#define HT_OUTCOMES_OUTCOME_RULES_H
#include "modules/outcomes/outcome.h"
#include "modules/outcomes/outcome_forms.h"
#include "modules/outcomes/outcome_store.h"
#include "platform/list/list.h"

extern const struct list PROMISE_LIST, FOLLOWUP_LIST;

/* ---- promise.c ---- */

/* Whether a code stands in a setting that lists codes with blanks between. */
bool outcome_has_code(struct rq *rq, const char *setting, str code);

/* Whether rq's actor acts in the name of the agency that promised. */
bool promise_is_own(const struct rq *rq, const struct promise *p);

/* Whether it is neither kept, missed nor replaced. */
bool promise_is_open(const struct promise *p);

/* Functions of the flow (flow.h). */
err promise_flow_load(struct rq *rq, i64 id, struct flow_subject *out);
err promise_flow_store(struct rq *rq, const struct flow_subject *subject, str to);
err promise_flow_holder(struct rq *rq, const struct flow_subject *subject,
                        const struct flow_todo *todo, ids *out);
err promise_is_unconfirmed(struct rq *rq, const struct flow_subject *subject, bool *out);
err promise_guard_own(struct rq *rq, const struct flow_subject *subject);
err promise_guard_renew(struct rq *rq, const struct flow_subject *subject);
err promise_guard_decide(struct rq *rq, const struct flow_subject *subject);
err promise_guard_confirm(struct rq *rq, const struct flow_subject *subject);
err promise_guard_miss(struct rq *rq, const struct flow_subject *subject);
err promise_guard_reopen(struct rq *rq, const struct flow_subject *subject);
err promise_effect_progress(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err promise_effect_meet(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err promise_effect_confirm(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err promise_effect_supplement(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err promise_effect_miss(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err promise_effect_renew(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err promise_effect_decide(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err promise_effect_reopen(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err promise_effect_supersede(struct rq *rq, struct flow_subject *subject, struct flow_step *step);

/* A reply has gone out: its promises begin, open ones of the rounds before are replaced. */
err on_reply_delivered(struct rq *rq, i64 id, const void *fact);

/* ---- followup.c ---- */

/* Functions of the flow (flow.h). */
err followup_flow_load(struct rq *rq, i64 id, struct flow_subject *out);
err followup_flow_store(struct rq *rq, const struct flow_subject *subject, str to);
err followup_flow_holder(struct rq *rq, const struct flow_subject *subject,
                         const struct flow_todo *todo, ids *out);
err followup_guard_office(struct rq *rq, const struct flow_subject *subject);
err followup_guard_recheck(struct rq *rq, const struct flow_subject *subject);
err followup_effect_record(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err followup_effect_postpone(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err followup_effect_recheck(struct rq *rq, struct flow_subject *subject, struct flow_step *step);

/* Plans a visit. Errors: NOT_FOUND; CONFLICT outcomes.not_closed, outcomes.planned_already; INVALID
 * outcomes.planned_day. */
err followup_plan(struct rq *rq, i64 proposal_id, i64 planned_on, i64 *id);

/* The day is near: the office gets its to-do, those who asked are asked again. */
err followup_ask(struct rq *rq, const struct followup *f);

/* What rq's actor may read of the answers: who reads evaluations and works for no agency, himself
 * neither while acting for another, all; others their own. struct recheck rows. */
err followup_rechecks(struct rq *rq, const struct followup *f, struct rows *out);

/* A proposal is closed, or a talk has closed it: tracked and planned by its class. */
err on_proposal_closed(struct rq *rq, i64 id, const void *fact);

/* A promise has ended, or somebody has looked: what is all done is fulfilled (落实). */
err on_promise_ended(struct rq *rq, i64 id, const void *fact);
err on_followup_recorded(struct rq *rq, i64 id, const void *fact);

/* ---- instruction.c ---- */

/* Writes one on a proposal down; who it is for is told. By collection: outcome.h. Errors:
 * NOT_FOUND; CONFLICT instructions.not_assigned; INVALID. */
err instruction_add(struct rq *rq, i64 proposal_id, const struct instruction_input *in);

/* ---- outcome_parts.c: on pages and in JSON of others ---- */

/* Each writes what rq's actor may see into the page or JSON that is being made. */
err on_section_shown(struct rq *rq, i64 id, const void *fact);
err on_case_shown(struct rq *rq, i64 id, const void *fact);

/* ---- outcome_jobs.c ---- */

/* Hourly and daily, in batches (jobs.h). */
err job_outcome_warn(struct rq *rq, bool *again);
err job_outcome_plan(struct rq *rq, bool *again);
#endif
