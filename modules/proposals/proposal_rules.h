/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of proposals that pages, API and flow share within the module. Public face: proposal.h. */
#ifndef HT_PROPOSALS_PROPOSAL_RULES_H
#define HT_PROPOSALS_PROPOSAL_RULES_H
#include "modules/proposals/proposal.h"
#include "modules/proposals/proposal_drafting.h"
#include "modules/proposals/proposal_forms.h"
#include "modules/proposals/proposal_store.h"

/* Whether rq's actor may see it; the one place that says so (README, "Who may see"). Errors: those
 * of the database. */
err proposal_may_read(struct rq *rq, const struct proposal *p, bool *out);

/* Whether rq's actor may see why it should not be published: those who sign or typed it in, and who
 * reads the whole organisation. Errors: those of the database. */
err proposal_sees_reason(struct rq *rq, const struct proposal *p, bool *out);

/* Whether somebody can act for the proposer; the contrary. For to-dos. */
err proposal_has_lead(struct rq *rq, const struct flow_subject *subject, bool *out);
err proposal_lacks_lead(struct rq *rq, const struct flow_subject *subject, bool *out);

/* Notes a fault on rq where another one of the session has the same title and the site does not
 * want that. Errors: those of the database. */
err proposal_check_title(struct rq *rq, const struct proposal *p);

/* Emits proposals.saved. Errors: those of the listeners. */
err proposal_tell_saved(struct rq *rq, const struct proposal *p, const strs *suggestions,
                        const char *reason);

/* The keyed digest of a receipt's digits as the table has it. */
str proposal_receipt_digest(struct rq *rq, str digits);

/* Puts the present text into the search index. */
err proposal_index(struct rq *rq, const struct proposal *p, const strs *suggestions);

/* For `huotang reindex`: struct text_document rows. */
err proposal_texts(struct rq *rq, i64 after, i64 limit, struct rows *out);

/* Flow: loading, storing, holders; guards and effects, in table order. */
err proposal_flow_load(struct rq *rq, i64 id, struct flow_subject *out);
err proposal_flow_store(struct rq *rq, const struct flow_subject *subject, str to);
err proposal_flow_holder(struct rq *rq, const struct flow_subject *subject,
                         const struct flow_todo *todo, ids *out);
err proposal_is_to_be_informed(struct rq *rq, const struct flow_subject *subject, bool *out);
err proposal_guard_inform(struct rq *rq, const struct flow_subject *subject);
err proposal_guard_own(struct rq *rq, const struct flow_subject *subject);
err proposal_guard_preassign(struct rq *rq, const struct flow_subject *subject);
err proposal_guard_redo(struct rq *rq, const struct flow_subject *subject);
err proposal_guard_mediate(struct rq *rq, const struct flow_subject *subject);
err proposal_effect_submit(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err proposal_effect_finding(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err proposal_effect_revise(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err proposal_effect_docket(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err proposal_effect_reject(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err proposal_effect_inform(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err proposal_effect_preassign(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err proposal_effect_assign(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err proposal_effect_deliver(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err proposal_effect_redo(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err proposal_effect_close(struct rq *rq, struct flow_subject *subject, struct flow_step *step);

/* Before it: a joint one waits for its cosigners. */
err proposal_guard_invite(struct rq *rq, const struct flow_subject *subject);
err proposal_guard_recall(struct rq *rq, const struct flow_subject *subject);
err proposal_effect_invite(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err proposal_effect_recall(struct rq *rq, struct flow_subject *subject, struct flow_step *step);

/* The same beside the straight road. */
err proposal_is_asked_back(struct rq *rq, const struct flow_subject *subject, bool *out);
err proposal_guard_screened(struct rq *rq, const struct flow_subject *subject);
err proposal_guard_lead(struct rq *rq, const struct flow_subject *subject);
err proposal_guard_asked(struct rq *rq, const struct flow_subject *subject);
err proposal_guard_ask_withdraw(struct rq *rq, const struct flow_subject *subject);
err proposal_guard_withdraw(struct rq *rq, const struct flow_subject *subject);
err proposal_guard_archive(struct rq *rq, const struct flow_subject *subject);
err proposal_effect_divert(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err proposal_effect_ask_withdraw(struct rq *rq, struct flow_subject *subject,
                                 struct flow_step *step);
err proposal_effect_withdraw(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err proposal_effect_keep(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err proposal_effect_reconsider(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err proposal_effect_mark(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err proposal_effect_mediate(struct rq *rq, struct flow_subject *subject, struct flow_step *step);

/* Merging (proposal_merging.c). */
err proposal_guard_turn_away(struct rq *rq, const struct flow_subject *subject);

/* For steps that end a proposal: not while others are merged into it, because they would hang in
 * the air. Errors: CONFLICT proposals.has_merged. */
err proposal_guard_alone(const struct proposal *p);

/* For steps of one that is merged: only until its main one is handed out. For others no fault.
 * Errors: CONFLICT proposals.merged_assigned. */
err proposal_guard_merged_open(struct rq *rq, const struct proposal *p);

/* One that is withdrawn leaves its main one. Others: nothing. */
err proposal_leave_main(struct rq *rq, struct proposal *p);

/* Whether rq's actor signs it or typed it in, or signs what is handled as one with it. Errors:
 * those of the database. */
err proposal_is_concerned(struct rq *rq, const struct proposal *p, bool *out);

/* What is judged for one that is merged: its main one; for others itself. Errors: those of the
 * database. */
err proposal_stands_as(struct rq *rq, const struct proposal *p, const struct proposal **out);

/* What the days to answer hang on (rules.md 2.4): matter's plenary and party, each where it or what
 * is merged into it has it. */
struct matter;
err proposal_traits(struct rq *rq, const struct proposal *p, struct matter *matter);

/* Reactions to facts of assignments and members. */
err on_member_left(struct rq *rq, i64 id, const void *fact);
err on_assignment_reassigned(struct rq *rq, i64 id, const void *fact);
err on_assignment_due_changed(struct rq *rq, i64 id, const void *fact);
err on_assignment_replied(struct rq *rq, i64 id, const void *fact);
err on_assignment_evaluated(struct rq *rq, i64 id, const void *fact);
#endif
