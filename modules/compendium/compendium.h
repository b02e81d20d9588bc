/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The book of a session (提案汇编): what is asked for, what goes into it, and its making. How it is
 * set: platform/docs. */
#ifndef HT_COMPENDIUM_COMPENDIUM_H
#define HT_COMPENDIUM_COMPENDIUM_H
#include "modules/proposals/proposal.h"
#include "platform/docs/docs.h"
#include "platform/web/web.h"

/* Most cases of one book, more go into volumes by their numbers; most books that wait or are being
 * made at once; most that the page shows. */
enum { COMPENDIUM_ENTRIES_MAX = 1000, COMPENDIUM_OPEN_MAX = 5, COMPENDIUM_SHOWN_MAX = 50 };

/* One book, as it is kept. */
struct compendium_run {
    i64 id, session_id, from_no, to_no, done, total, entries, pages, asked_at, asked_by, made_at,
        version;
    bool with_replies, internal;
    str title, format, category, kind, ordering, state, failure, asked_name;
};

/* What the form asks. internal: the office's own copy. */
struct compendium_input {
    i64 session_id, from_no, to_no;
    bool with_replies, internal;
    str format, category, kind, ordering;
};

/* How many cases it would hold. Noted as faults: compendium.nothing, compendium.too_many {number,
 * most}, compendium.numbers (from behind to). Errors: INVALID form.faults; NOT_FOUND. For the slow
 * lane. */
err compendium_check(struct rq *rq, const struct compendium_input *in);

/* Keeps the wish and queues the work. Audited. Errors: NOT_FOUND; CONFLICT compendium.busy. */
err compendium_ask(struct rq *rq, const struct compendium_input *in, i64 *id);

/* Takes a book away, whether made or not. Audited. Errors: NOT_FOUND compendium.not_found; CONFLICT
 * db.version. */
err compendium_remove(struct rq *rq, i64 id, i64 version);

/* Whether the copy for all may hold more of it than its title: publication_judge, but that its main
 * one may still wait for its own docketing. Errors: those of the database. */
err compendium_may_publish(struct rq *rq, const struct proposal *p, bool *out);

/* The answers to p that the public may read, masked, without who answers for promises: struct
 * assignment_paper rows. handled: what p is handled with. Errors: those of the database. */
err compendium_public_papers(struct rq *rq, const struct proposal *handled,
                             const struct proposal *p, struct rows *out);

/* The whole content of a book, in book: entries that may be read by those whom it is for. A
 * confidential proposal is never in it; one that must not be published only with its title, unless
 * it is the office's own copy; verdicts never. step: called after each case, may
 * be NULL. Errors: those of the database; step's. */
struct compendium_ask {
    const struct compendium_run *run;
    struct arena *book; /* lives as long as the book; rq->mem is used up in between */
    err (*step)(void *context, i64 done, i64 all);
    void *context;
};
err compendium_collect(struct rq *rq, const struct compendium_ask *ask, struct book *out);

/* The queued work (slow), the hourly one, and what makes a book untrue: a proposal in it was marked
 * confidential, withdrawn, or may no longer be published. */
err job_compendium_make(struct rq *rq, str payload);
err job_compendium_expire(struct rq *rq, bool *again);
err on_compendium_hidden(struct rq *rq, i64 id, const void *fact);
#endif
