/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Urging for other modules: formal slips (督办单) to agencies. Nudges without form (催办) are sent
 * from pages and by the clock: README.md. */
#ifndef HT_URGINGS_URGING_H
#define HT_URGINGS_URGING_H
#include "platform/flow/flow.h"
#include "platform/web/web.h"

/* A slip. cause: "overdue" "flagship" "redo" "instruction" "unsolved" "manual". flow, subject_id:
 * what is urged, an assignment or a promise. late_on: of an overdue one, the day that has passed.
 * issued_at 0: only proposed, its agency must not know of it. */
struct urging {
    i64 id, subject_id, matter_id, agency_id, late_on, year, serial, due_on, proposed_at, issued_at,
        issued_by, accepted_at, answered_at, passed_at, look_on, asked_at, closed_at, session_id,
        version;
    bool was_late, is_open, overdue, issued, answered, is_due; /* all but the first: as the list
                                                                  says today */
    str cause, flow, matter, matter_title, matter_number, agency_name, text, number, state,
        proposed_name, issued_name;
};

/* A slip to propose. flow: "assignments" or "promises". text: what is wanted, may be empty (then by
 * its cause). */
struct urging_new {
    const char *flow, *cause;
    i64 subject_id, late_on;
    str text;
};

/* Proposes one; whoever may issue it gets a to-do. An open one of the same subject and cause is
 * taken as this one. For reactions of the house: who may propose by hand is judged by the page.
 * Errors: NOT_FOUND; CONFLICT urgings.over (what is urged has ended). */
err urging_propose(struct rq *rq, const struct urging_new *wanted, i64 *id);

extern const struct flow URGINGS_FLOW;

/* Events: urgings.issued, urgings.closed (id = the slip, fact: const struct urging *). */
#endif
