/* SPDX-License-Identifier: MulanPSL-2.0 */
/* SQL of key and excellent proposals. Rules: flagship.c, commendation.c. */
#ifndef HT_FLAGSHIPS_FLAGSHIP_STORE_H
#define HT_FLAGSHIPS_FLAGSHIP_STORE_H
#include "modules/flagships/flagship.h"

/* One by id; the one of a proposal that is not declined (id 0: there is none); those of a session,
 * newest first. Errors of find: NOT_FOUND db.no_row. */
err flagship_store_find(struct db *db, i64 id, struct arena *mem, struct flagship *out);
err flagship_store_find_of(struct db *db, i64 proposal_id, struct arena *mem, struct flagship *out);
err flagship_store_list(struct db *db, i64 session_id, struct arena *mem, struct rows *out);

/* A new one; everything that steps change, and the state, by id and version (which it raises).
 * Errors of update: CONFLICT db.version. */
err flagship_store_add(struct db *db, const struct flagship *f, i64 *id);
err flagship_store_update(struct db *db, const struct flagship *f, str to);

/* How many of a session were chosen, in whichever state they are now. */
err flagship_store_count_chosen(struct db *db, i64 session_id, i64 *count);

/* What was done: adding, all of one in order of their days. */
err flagship_store_add_event(struct db *db, const struct flagship_event *event);
err flagship_store_list_events(struct db *db, i64 flagship_id, struct arena *mem, struct rows *out);

/* As those of key proposals. */
err commendation_store_find(struct db *db, i64 id, struct arena *mem, struct commendation *out);
err commendation_store_find_of(struct db *db, i64 proposal_id, struct arena *mem,
                               struct commendation *out);
err commendation_store_list(struct db *db, i64 session_id, struct arena *mem, struct rows *out);
err commendation_store_add(struct db *db, const struct commendation *c, i64 *id);
err commendation_store_update(struct db *db, const struct commendation *c, str to);
#endif
