/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of assignments that pages, API and flow share within the module. Public face:
 * assignment.h. */
#ifndef HT_ASSIGNMENTS_ASSIGNMENT_RULES_H
#define HT_ASSIGNMENTS_ASSIGNMENT_RULES_H
#include "modules/assignments/assignment.h"
#include "modules/assignments/assignment_desk.h"
#include "modules/assignments/assignment_forms.h"
#include "modules/assignments/assignment_store.h"

/* ---- assignment.c ---- */

/* The assignment if rq's actor may see it: staff all, an agency its own, a person one whose
 * answer he is asked to evaluate. Errors: NOT_FOUND assignments.not_found. */
err assignment_find(struct rq *rq, i64 id, struct assignment *out);

/* Whether rq's actor works for its agency; whether it answers the proposer (all roles but
 * cohost). */
bool assignment_is_own(const struct rq *rq, const struct assignment *a);
bool assignment_answers(const struct assignment *a);

/* Whom its answer is for, and whose verdict is wanted: struct assignment_person rows, in order.
 * Errors: those of the database. */
err assignment_list_persons(struct rq *rq, const struct assignment *a, struct rows *out);

/* What is to be answered, in order: struct assignment_item rows. Errors: those of the database. */
err assignment_list_items(struct rq *rq, const struct assignment *a, struct rows *out);

/* On how many days talks of it were held, in all rounds. Errors: those of the database. */
err assignment_count_talk_days(struct rq *rq, const struct assignment *a, i64 *out);

/* The matter that it is about. */
struct matter_key assignment_matter(const struct assignment *a);

/* The day of the host of a's matter, 0 if it has none: a cohost is never due behind it, because
 * the host needs its opinion (rules.md 2.3). Errors: those of the database. */
err assignment_host_due(struct rq *rq, const struct assignment *a, i64 *out);

/* A body that may be given assignments today. Errors: INVALID assignments.not_an_agency;
 * CONFLICT assignments.agency_twice when it already has the matter. */
struct org;
err assignment_check_agency(struct rq *rq, const struct matter_key *key, i64 agency_id,
                            struct org *out);

/* Inserts one in its first state and lets its clock run. a->id is set. */
err assignment_begin(struct rq *rq, struct assignment *a);

/* The whole of the matter in the reader's terms for notices: title; and number or empty. */
err assignment_tell_agency(struct rq *rq, const struct assignment *a, const char *text, str more);
err assignment_tell_permission(struct rq *rq, const struct assignment *a, const char *permission,
                               const char *text);

/* ---- assignment_days.c ---- */

/* Listener of settings.previewed. */
err on_settings_changing(struct rq *rq, i64 id, const void *fact);

/* The question for whoever takes a's place today. */
struct due_ask assignment_due_ask(const struct rq *rq, const struct assignment *a);

/* The days of whoever gets a plain matter in a's place: as many working days to take it, to answer
 * and for more time as a was given. Into next, begun today. */
void assignment_days_again(const struct rq *rq, const struct assignment *a,
                           struct assignment *next);

/* How far more time goes in a new round that is due on a day: as many working days behind it as in
 * the round before. Into a; nothing where its settings alone say. Errors: those of the database. */
err assignment_extend_again(struct rq *rq, struct assignment *a, i64 due_on);

/* The last day to say that it is not theirs (rules.md 2.3), by the rules of the day on which it was
 * handed out. */
i64 assignment_bounce_last(struct rq *rq, const struct assignment *a);

/* The last day to contest the refusal of a bounce (rules.md 2.3). */
i64 assignment_dispute_last(struct rq *rq, const struct request *refused);

/* The last day of the first talk of a matter handed out today; 0 = none is set, or the role does
 * not answer (rules.md 2.3: first contact within 15 working days). */
i64 assignment_contact_due(struct rq *rq, const struct assignment *a);

/* Whether it still has to come (for the to-do). */
err assignment_contact_is_due(struct rq *rq, const struct flow_subject *subject, bool *out);

/* The running clock "handle". Errors: CONFLICT flows.clock_stopped. */
err assignment_handle_clock(struct rq *rq, i64 id, struct flow_clock_row *out);

/* The last day that more time may be asked for: so many months behind the first day, and not more
 * in all than the total (rules.md 2.4); of a cohost not behind its host. Errors: those of the
 * database. */
err assignment_extend_last(struct rq *rq, const struct assignment *a,
                           const struct flow_clock_row *clock, i64 *out);

/* ---- assignment_request_steps.c ---- */

/* The last request of a kind of an assignment, or that one while it is undecided; id 0 when there
 * is none. Errors: those of the database. */
err assignment_request_last(struct rq *rq, i64 assignment_id, const char *kind,
                            struct request *out);
err assignment_request_open(struct rq *rq, i64 assignment_id, const char *kind,
                            struct request *out);

/* ---- assignment_views.c: what pages of steps begin with ---- */

/* The assignment of the path, if the verb may be done with it now: a page that cannot be sent is
 * not shown. Errors: those of assignment_find; those of flow_may. */
err assignment_find_for(struct rq *rq, const char *verb, struct assignment *out);

/* Where it is found, and the thing itself; the words of a verb. */
struct view_link;
const struct view_link *assignment_crumbs(struct rq *rq, const struct assignment *a);
str assignment_verb_label(struct rq *rq, const char *verb);

/* ---- assignment_steps.c, assignment_request_steps.c: loading, storing, holders; guards and
 * effects
 * ---- */

/* Whether a bounce can be decided now (for the to-do): one that is contested is heard first. */
err assignment_may_settle(struct rq *rq, const struct flow_subject *subject, bool *out);

/* What the house gives to its own steps. */
struct begin_input {
    str by;     /* who handed it out, for the trail */
    i64 due_on; /* of a new round */
};

/* Functions of the flow as platform/flow/flow.h wants them. */
err assignment_flow_load(struct rq *rq, i64 id, struct flow_subject *out);
err assignment_flow_store(struct rq *rq, const struct flow_subject *subject, str to);
err assignment_flow_holder(struct rq *rq, const struct flow_subject *subject,
                           const struct flow_todo *todo, ids *out);

/* Guards: whether this actor may take the step now. Errors: FORBIDDEN, CONFLICT assignments.… */
err assignment_guard_own(struct rq *rq, const struct flow_subject *subject);
err assignment_guard_bounce(struct rq *rq, const struct flow_subject *subject);
err assignment_guard_dispatch(struct rq *rq, const struct flow_subject *subject);
err assignment_guard_answer(struct rq *rq, const struct flow_subject *subject);
err assignment_guard_contact(struct rq *rq, const struct flow_subject *subject);
err assignment_guard_note_quality(struct rq *rq, const struct flow_subject *subject);
err assignment_guard_dispute(struct rq *rq, const struct flow_subject *subject);
err assignment_guard_settle(struct rq *rq, const struct flow_subject *subject);
err assignment_guard_extend(struct rq *rq, const struct flow_subject *subject);
err assignment_guard_decide(struct rq *rq, const struct flow_subject *subject);

/* Effects: what a step changes beside the state. Errors: INVALID with faults on rq. */
err assignment_effect_begin(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err assignment_effect_accept(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err assignment_effect_bounce(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err assignment_effect_reassign(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err assignment_effect_uphold(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err assignment_effect_note_quality(struct rq *rq, struct flow_subject *subject,
                                   struct flow_step *step);
err assignment_effect_contact(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err assignment_effect_dispute(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err assignment_effect_extend(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err assignment_effect_decide(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err assignment_effect_redo(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err assignment_effect_close(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err assignment_effect_cancel(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
#endif
