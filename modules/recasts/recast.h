/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A proposal that becomes an opinion of its writer, an opinion that becomes a proposal draft of
 * its writer. Words and rules: README.md. */
#ifndef HT_RECASTS_RECAST_H
#define HT_RECASTS_RECAST_H
#include "modules/opinions/opinion.h"
#include "modules/proposals/proposal.h"

/* way: "to_opinion" or "to_proposal"; state: "asked", "done", "declined"; ended: how a question was
 * over without an answer ("recalled", "lapsed"; its state is then "declined"). id 0: there is none.
 */
struct recast {
    i64 id, proposal_id, opinion_id, person_id, asked_at, asked_by, decided_at, version;
    str way, state, title, number, remark, ended;
};

struct recast_ask_input {
    i64 id;
    str remark;
};

/* The newest of a proposal, the one of an opinion; whoever asks. Errors: those of the database. */
err recast_of_proposal(struct rq *rq, i64 proposal_id, struct recast *out);
err recast_of_opinion(struct rq *rq, i64 opinion_id, struct recast *out);

/* ---- proposal to opinion ---- */

/* Whether rq's actor, who leads it, may make it an opinion by himself now; whether the office may
 * ask him for it. Errors: FORBIDDEN recasts.not_yours; CONFLICT recasts.not_refused, .confidential,
 * .done, .asked, .no_writer, .not_sent. */
err recast_may_make(struct rq *rq, const struct proposal *p, const struct recast *r);
err recast_may_ask(struct rq *rq, const struct proposal *p, const struct recast *r);

/* Makes the draft. Errors: NOT_FOUND proposals.not_found; as recast_may_make; CONFLICT
 * recasts.too_long. */
err recast_make_opinion(struct rq *rq, i64 proposal_id, i64 *opinion_id);

/* Asks its lead, and tells him. Errors: NOT_FOUND proposals.not_found; as recast_may_ask. */
err recast_ask(struct rq *rq, i64 proposal_id, str remark);

/* His answer, as it stands then; with agree the draft is made. Errors: NOT_FOUND recasts.not_found
 * (nothing was asked of rq's actor); CONFLICT recasts.answered; as recast_make_opinion. */
err recast_answer(struct rq *rq, i64 id, bool agree, struct recast *out);

/* The office takes a question back that has no answer; the writer is told. Errors: NOT_FOUND
 * recasts.not_found, proposals.not_found; CONFLICT recasts.over. */
err recast_recall(struct rq *rq, i64 id, struct recast *out);

/* Ends questions that have waited `recasts.answer_days`; who asked is told. */
err job_recast_lapse(struct rq *rq, bool *again);

/* ---- opinion to proposal ---- */

/* Whether rq's actor may make a proposal of it now. Errors: FORBIDDEN recasts.not_yours; CONFLICT
 * recasts.at_desk, .done. */
err recast_may_propose(struct rq *rq, const struct opinion *o, const struct recast *r);

/* Makes the draft. Errors: NOT_FOUND opinions.not_found; as recast_may_propose; CONFLICT
 * recasts.too_long. */
err recast_make_proposal(struct rq *rq, i64 opinion_id, i64 *proposal_id);

/* ---- listeners ---- */

/* proposals.submitted: what it came from counts here from now on. */
err on_recast_submitted(struct rq *rq, i64 id, const void *fact);

/* proposals.shown, opinions.shown: what became of it, what it came from (recast_pages.c). */
err on_recast_proposal_shown(struct rq *rq, i64 id, const void *fact);
err on_recast_opinion_shown(struct rq *rq, i64 id, const void *fact);
#endif
