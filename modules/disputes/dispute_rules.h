/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A contested refusal of a bounce as its module has it. Life and words: README.md; what it is to
 * the assignment: modules/assignments. */
#ifndef HT_DISPUTES_DISPUTE_RULES_H
#define HT_DISPUTES_DISPUTE_RULES_H
#include "platform/flow/flow.h"
#include "platform/list/list.h"

struct dispute {
    i64 id, assignment_id, matter_id, agency_id, better_agency_id, opened_at, opened_by, held_on,
        decided_at, session_id, version;
    str matter, matter_title, matter_number, agency_name, better_name, reason, state, present,
        record, decision, decider;
};

/* The coordination meeting. */
struct hear_input {
    i64 id, held_on;
    str present, record;
};

/* What the house writes down when it is over. */
struct decide_input {
    str decision, decider;
};

extern const struct flow DISPUTES_FLOW;
extern const struct list DISPUTE_LIST;
extern const struct list_look DISPUTE_LOOK;

/* ---- dispute.c ---- */

/* Functions of the flow as platform/flow/flow.h wants them. */
err dispute_flow_load(struct rq *rq, i64 id, struct flow_subject *out);
err dispute_flow_store(struct rq *rq, const struct flow_subject *subject, str to);
err dispute_is_to_be_heard(struct rq *rq, const struct flow_subject *subject, bool *out);

/* Who hands out, and does not work for the agency. Errors: FORBIDDEN disputes.own_agency. */
err dispute_guard_office(struct rq *rq, const struct flow_subject *subject);
err dispute_effect_hear(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err dispute_effect_decide(struct rq *rq, struct flow_subject *subject, struct flow_step *step);

/* Listeners of assignments: contested; given to another; upheld, among other days that move; over.
 */
err on_assignment_disputed(struct rq *rq, i64 id, const void *fact);
err on_assignment_moved(struct rq *rq, i64 id, const void *fact);
err on_assignment_upheld(struct rq *rq, i64 id, const void *fact);
err on_assignment_over(struct rq *rq, i64 id, const void *fact);

/* ---- dispute_pages.c ---- */

/* Listener of assignments.section_shown: what stands below the agency's part. */
err on_dispute_section(struct rq *rq, i64 id, const void *fact);
#endif
