/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Calls for proposals (征集): when they are taken, and topics offered to members. For the module
 * that takes them. */
#ifndef HT_CALLS_CALL_H
#define HT_CALLS_CALL_H
#include "platform/flow/flow.h"
#include "platform/web/web.h"

/* timing: plenary, between. from_at, until_at: first and last millisecond in which it takes
 * proposals, as long as it is open. */
struct call {
    i64 id, session_id, from_at, until_at, version;
    str name, timing, text, state;
};

/* A topic that one may write about. */
struct call_topic {
    i64 position;
    str title, text, source;
};

/* The published call that takes proposals at a moment; *found: whether there is one. Errors: those
 * of the database. */
err call_open_at(struct rq *rq, i64 ms, struct call *out, bool *found);

/* The published one that takes them next after a moment. Errors: those of the database. */
err call_next_after(struct rq *rq, i64 ms, struct call *out, bool *found);

/* Whether the session's call for the plenary was over before a moment: what comes then is of the
 * time between sessions (rules.md 2.1). Errors: those of the database. */
err call_is_past(struct rq *rq, i64 session_id, i64 ms, bool *out);

/* The latest published call for a session's plenary. Errors: those of the database. */
err call_of_plenary(struct rq *rq, i64 session_id, struct call *out, bool *found);

/* "2026年2月24日 18:00" of a moment, worded. */
str call_moment(struct rq *rq, i64 ms);

extern const struct flow CALLS_FLOW;
#endif
