/* SPDX-License-Identifier: MulanPSL-2.0 */
/* SQL of terms and sessions. Rules: session.c. */
#ifndef HT_ORGS_SESSION_STORE_H
#define HT_ORGS_SESSION_STORE_H
#include "modules/orgs/org.h"

/* A term by id or number (NOT_FOUND db.no_row); all, newest first; adds one; writes one over by id
 * and version (CONFLICT db.version). */
err term_store_find(struct db *db, i64 id, struct arena *mem, struct term *out);
err term_store_find_by_number(struct db *db, i64 number, struct arena *mem, struct term *out);
err term_store_list(struct db *db, struct arena *mem, struct rows *out);
err term_store_add(struct db *db, const struct term *term, i64 *id);
err term_store_update(struct db *db, const struct term *term);

/* A session by id, by a day of its working year (NOT_FOUND db.no_row); all, newest first; adds one
 * (CONFLICT db.unique); writes one over by id and version (CONFLICT db.version). */
err session_store_find(struct db *db, i64 id, struct arena *mem, struct session *out);
err session_store_find_on(struct db *db, i64 on, struct arena *mem, struct session *out);
err session_store_list(struct db *db, struct arena *mem, struct rows *out);
err session_store_add(struct db *db, const struct session *session, i64 *id);
err session_store_update(struct db *db, const struct session *session);
#endif
