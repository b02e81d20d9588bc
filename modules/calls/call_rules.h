/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of calls for pages and flow within the module. Public face: call.h. */
#ifndef HT_CALLS_CALL_RULES_H
#define HT_CALLS_CALL_RULES_H
#include "modules/calls/call_store.h"

enum { CALL_TOPICS_MAX = 30 };

/* The form. Days as in the calendar, times "18:00", empty = from the first to the last minute of
 * the day. titles, texts, sources: of the topics, side by side. */
struct call_input {
    i64 id, version, from_on, until_on;
    str name, timing, from_time, until_time, text;
    strs titles, texts, sources;
    str more; /* the button that asks for more rows of topics */
};

/* Query of the form: more rows. */
struct call_edit_input {
    i64 id;
    bool more;
};

/* Whether rq's actor sees what is not published yet. */
bool call_sees_drafts(const struct rq *rq);

/* One that rq's actor may see, with its topics (struct call_topic rows). Errors: NOT_FOUND
 * calls.not_found. */
err call_find(struct rq *rq, i64 id, struct call *out, struct rows *topics);

/* Adds or changes one; audited. Errors: INVALID with faults; NOT_FOUND calls.not_found; CONFLICT
 * calls.is_closed, web.version. */
err call_save(struct rq *rq, const struct call_input *in, i64 *id);

/* What stands now, as the form shows it. */
void call_input_of(struct rq *rq, const struct call *c, const struct rows *topics,
                   struct call_input *out);

/* Flow. */
err call_flow_load(struct rq *rq, i64 id, struct flow_subject *out);
err call_flow_store(struct rq *rq, const struct flow_subject *subject, str to);
err call_guard_publish(struct rq *rq, const struct flow_subject *subject);

/* Closes those whose time is over. */
err job_call_close(struct rq *rq, bool *again);
#endif
