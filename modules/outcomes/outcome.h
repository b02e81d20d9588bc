/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Outcomes for other modules: promises. How many of them were kept: modules/dashboards. Life
 * cycles: README.md; tables: outcome_module.c. */
#ifndef HT_OUTCOMES_OUTCOME_H
#define HT_OUTCOMES_OUTCOME_H
#include "platform/flow/flow.h"
#include "platform/web/web.h"

/* A promise of a delivered reply. first_due_on: as given; due_on: after renewals. met_on: the day
 * on which its agency showed that it is done; confirmed_at: when the office had checked that.
 * renew_to_on: asked for and not decided. */
struct promise {
    i64 id, matter_id, session_id, assignment_id, agency_id, round, number, item_number,
        first_due_on, due_on, percent, renewals, renew_to_on, made_at, met_on, confirmed_at,
        missed_on, superseded_at, version;
    bool was_late, is_due, is_open, unconfirmed; /* the last three: as the list says today */
    str matter, matter_title, matter_number, agency_name, text, owner, phone, evidence_kind, state,
        renew_reason, warning;
};

/* Promises of a matter that no later ones replace, in order of round and number; struct promise
 * rows. Who may see them is the caller's business. Errors: those of the database. */
err promise_list_of(struct rq *rq, const char *collection, i64 matter_id, struct rows *out);

/* The day of the last visit to look back that was held, and what was found; held_on 0 = there was
 * none. Errors: those of the database. */
struct outcome_look {
    i64 held_on;
    str result;
};
err outcome_look_of(struct rq *rq, const char *collection, i64 matter_id, struct outcome_look *out);

extern const struct flow PROMISES_FLOW, FOLLOWUPS_FLOW;

/* Events: outcomes.made (fact: the flow_step), outcomes.met, .confirmed, .missed, .renewed (fact:
 * const struct promise *), outcomes.recorded (id = the followup, fact: const struct followup *).
 */
#endif
