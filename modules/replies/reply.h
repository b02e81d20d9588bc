/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Answers for other modules: parts of one in the making, how far it is, its class and promises,
 * numbers of letters. What an answer is when it stands: modules/assignments (sheet). */
#ifndef HT_REPLIES_REPLY_H
#define HT_REPLIES_REPLY_H
#include "modules/assignments/assignment_reply.h"

struct assignment;
struct out;

/* An answer in the making as desks of its agency write parts of it: struct answer_part rows, one
 * for each numbered item of the matter; item, result and text are empty where there is nothing.
 * is_open: its agency may write now (never a cohost, which gives an opinion instead). version: 0 =
 * nothing is stored yet. Whether rq's actor may read it is the caller's business. */
struct answer_part {
    i64 number;
    str item, result, text;
};
struct answer_draft {
    i64 version;
    bool is_open;
    struct rows parts;
};
err reply_answer_draft(struct rq *rq, const struct assignment *a, struct answer_draft *out);

/* Writes parts into it over what stands at those numbers; the rest stays. Errors: FORBIDDEN
 * assignments.not_yours; CONFLICT assignments.not_drafting, assignments.draft_version when it is
 * not that version any more; INVALID with faults. */
err reply_put_answers(struct rq *rq, const struct assignment *a, i64 version,
                      const struct rows *parts);

/* How far the answer of the present round is on its way out; 0 = not, or the site does not want it
 * (vets, examines). Whether rq's actor may know is the caller's business. */
struct sign_off {
    i64 drafted_at, drafted_by, vetted_at, vetted_by, signed_at, delivered_at;
    bool vets, examines;
    str signer;
};
err reply_sign_off(struct rq *rq, const struct assignment *a, struct sign_off *out);

/* The class of the latest delivered reply of an assignment, empty while there is none. Errors:
 * those of the database. */
err reply_last_class(struct rq *rq, i64 assignment_id, str *out);

/* The answer of an assignment's round in one text, as whoever asked reads it: opening, the answer
 * to each item, closing, and whom to ask. Also of one that is not delivered yet: who may see it is
 * the caller's business. Errors: those of the database. */
err reply_text(struct rq *rq, const struct assignment *a, str *out);

/* The promises of an assignment's round, in order of number: struct reply_promise rows. Also of one
 * that is not delivered yet: who may see them is the caller's business. Errors: those of the
 * database. */
err reply_promises(struct rq *rq, i64 assignment_id, i64 round, struct rows *out);

/* Letters of a prefix and year that are numbered from now on come behind this one: one that was
 * signed in another house has landed here. Errors: those of the database. */
err reply_reach_number(struct rq *rq, str prefix, i64 year, i64 last);

/* Event replies.draft_shown (id = the assignment): the page on which its agency writes the answer
 * is made, and a module above puts on top of it what is to be minded before it is handed in. */
struct reply_draft_shown {
    const struct assignment *assignment;
    struct out *out;
};
#endif
