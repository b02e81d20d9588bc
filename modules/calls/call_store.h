/* SPDX-License-Identifier: MulanPSL-2.0 */
/* SQL of calls. Rules: call.c. */
#ifndef HT_CALLS_CALL_STORE_H
#define HT_CALLS_CALL_STORE_H
#include "modules/calls/call.h"

/* One by id. Errors: NOT_FOUND db.no_row. */
err call_store_find(struct db *db, i64 id, struct arena *mem, struct call *out);

/* The newest first, at most 100; drafts: those not published too. struct call rows. */
err call_store_list(struct db *db, bool drafts, struct arena *mem, struct rows *out);

/* Adds a draft; writes what the form says by id and version, which it raises (CONFLICT
 * db.version). */
err call_store_add(struct db *db, const struct call *c, i64 *id);
err call_store_update(struct db *db, const struct call *c);

/* The state alone, by id and version, which it raises. Errors: CONFLICT db.version. */
err call_store_set_state(struct db *db, i64 id, i64 version, str to);

/* The open ones that take at a moment, the one that ends last first; that begin after it, the next
 * first; that ended before it, for the job. struct call rows, at most 20. */
err call_store_list_at(struct db *db, i64 ms, struct arena *mem, struct rows *out);
err call_store_list_after(struct db *db, i64 ms, struct arena *mem, struct rows *out);
err call_store_list_over(struct db *db, i64 ms, struct arena *mem, struct rows *out);

/* How many published calls for a session's plenary ended before a moment. */
err call_store_count_past(struct db *db, i64 session_id, i64 ms, i64 *out);

/* Topics in order: struct call_topic rows; all anew. */
err call_store_list_topics(struct db *db, i64 call_id, struct arena *mem, struct rows *out);
err call_store_replace_topics(struct db *db, i64 call_id, const struct rows *topics);
#endif
