/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The desk (分拣台) where letters are looked at one after the other: copies of one text as one
 * line, what a letter may be about, a step and on to the next. Steps are those of the flow of
 * letters. */
#ifndef HT_TRIAGE_TRIAGE_H
#define HT_TRIAGE_TRIAGE_H
#include "modules/mailbox/letter.h"

enum { TRIAGE_LINES = 12, TRIAGE_UNDO_MS = LETTER_UNDO_MS };

/* Copies of one text that wait. ending: they are being dismissed for this reason; empty = not. */
struct triage_group {
    i64 id, first_id, waiting, oldest_at, ending_at;
    bool proved;
    str ending, ending_text;
};

/* What the desk takes: a step for one letter (id, version), or, whole, for all copies of it;
 * attach: it runs along with lead_id. chosen: a category from the list instead of a suggested one.
 * host_id: sorted (into host_category where no other is said) and handed to this unit at once. */
struct triage_input {
    i64 id, version, lead_id;
    bool whole, apart;
    i64 host_id;
    str verb, category, chosen, host_category, kind, masked_body, reason, opinion;
};
struct triage_show_input {
    i64 id;
    bool apart;
};
/* one: a single letter instead of a group of copies. */
struct triage_undo_input {
    i64 id;
    bool apart, one;
};

/* The letter that is looked at behind a group of its lane, else the first that waits; 0 = there is
 * none. Errors: those of the database. */
err triage_next(struct rq *rq, const struct triage_group *behind, i64 *id);

/* Does a step with rq->input (struct triage_input) and says where the desk goes on: 0 = nothing
 * waits. Errors: INVALID form.faults; those of the step (flow_act). */
err triage_act(struct rq *rq, i64 *next);

/* Takes back that a group is dismissed, while nothing has left. Errors: CONFLICT triage.gone. */
err triage_undo(struct rq *rq, i64 first_id);

/* Brings back a letter that rq's actor has dismissed by itself a moment ago. Errors: those of the
 * step (flow_act). */
err triage_restore(struct rq *rq, i64 id);

/* Reactions, work, handlers, for the table in triage_module.c. */
err on_triage_received(struct rq *rq, i64 id, const void *fact);
err on_triage_done(struct rq *rq, i64 id, const void *fact);
err on_triage_closed(struct rq *rq, i64 id, const void *fact);
err on_triage_restored(struct rq *rq, i64 id, const void *fact);
err on_triage_guessed(struct rq *rq, i64 id, const void *fact);
err job_triage_end(struct rq *rq, str payload);
err page_triage_desk(struct rq *rq, struct res *res);
err page_triage_act(struct rq *rq, struct res *res);
err page_triage_undo(struct rq *rq, struct res *res);
#endif
