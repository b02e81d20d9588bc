/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What steps of the straight road (proposal_steps.c, proposal_handling_steps.c) and those beside it
 * (proposal_side_steps.c) have in common. Guards and effects themselves are declared in
 * proposal_rules.h. */
#ifndef HT_PROPOSALS_PROPOSAL_STEPS_H
#define HT_PROPOSALS_PROPOSAL_STEPS_H
#include "modules/proposals/proposal_rules.h"
#include "platform/notify/notify.h"

/* Changes nothing: due_on = -1 leaves that column as it is. */
extern const struct proposal_change PROPOSAL_NO_CHANGE;

/* The day by which the clock that this step starts runs out: for the clock, and in the row for
 * lists. */
void proposal_start_due(struct rq *rq, struct flow_step *step, const char *clock,
                        struct proposal_change *change);

/* Keeps the step's opinion; what is not for the proposer is hidden from him. Errors: those of the
 * database. */
err proposal_add_finding(struct rq *rq, const struct flow_subject *subject, struct flow_step *step);

/* Tells the lead what happened ({0} title, {1} more); the notice leads to the proposal. */
err proposal_tell_lead(struct rq *rq, const struct flow_subject *subject, const char *text,
                       str more);

/* The same to the leads of what is merged into it, of their own proposals. */
err proposal_tell_leads(struct rq *rq, const struct flow_subject *subject, const char *text,
                        str more);

/* Items, persons and names of what is handed out; of what is merged into it too, each with its own
 * letter later. Errors: those of the database. */
struct matter;
err proposal_matter_parts(struct rq *rq, const struct proposal *p, struct matter *out);

/* Tells every signer; *reached is whether one of them has an account at all. */
err proposal_tell_signers(struct rq *rq, const struct flow_subject *subject,
                          const struct notify_message *message, bool *reached);

/* The next case number of the session, or of its term, by the setting proposals.number_by. Errors:
 * those of the database. */
err proposal_next_docket_no(struct rq *rq, i64 session_id, i64 *out);

/* A decision against it as a proposal: keeps it in the row and tells every signer; where none of
 * them can be told, it is to be done in writing (inform). change: its outcome and why; told:
 * {0} title, {1} more. */
err proposal_turn_away(struct rq *rq, const struct flow_subject *subject,
                       struct proposal_change *change, const struct notify_message *told);

/* Nobody could be told, and it has not been done in writing. */
bool proposal_waits_for_letter(const struct proposal *p);

/* Something came before the wish to withdraw was decided: it falls, and the lead is told ({0}
 * title, {1} more). */
err proposal_drop_request(struct rq *rq, const struct flow_subject *subject, const char *text,
                          str more);

/* The same for what is merged into a main one that is handed out now. */
err proposal_drop_merged_requests(struct rq *rq, const struct proposal *main);

/* Sends it back to the agencies whose answer was found wanting, into the next round. Errors: those
 * of evaluation_redo. */
err proposal_begin_round(struct rq *rq, const struct flow_subject *subject);

/* Closes it and its assignments. satisfaction: the proposers' last word. */
err proposal_finish(struct rq *rq, const struct flow_subject *subject, str satisfaction);

/* Joins a main one, all as p has it but main_id and merged_at: the row is written, the main one
 * counts it (which raises its version) and its lead is told. The contrary. Errors: CONFLICT
 * flows.version; those of the database. */
err proposal_join_main(struct rq *rq, struct proposal *p, const struct proposal *main);
err proposal_part_main(struct rq *rq, struct proposal *p);

/* How many suggestions it has together with what is merged into it. Errors: those of the database.
 */
err proposal_count_items(struct rq *rq, i64 id, i64 *count);
#endif
