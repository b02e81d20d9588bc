/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rows of recasts. Rules: recast.c. */
#ifndef HT_RECASTS_RECAST_STORE_H
#define HT_RECASTS_RECAST_STORE_H
#include "modules/recasts/recast.h"

/* One by id; struct recast rows: the newest of a proposal, the one of an opinion, or none. Errors
 * of find: NOT_FOUND db.no_row. */
err recast_store_find(struct db *db, i64 id, struct arena *mem, struct recast *out);
err recast_store_list_proposal(struct db *db, i64 proposal_id, struct arena *mem, struct rows *out);
err recast_store_list_opinion(struct db *db, i64 opinion_id, struct arena *mem, struct rows *out);

/* Adds one; *id = 0 where its proposal or opinion has one already. */
err recast_store_add(struct db *db, const struct recast *r, i64 *id);

/* State, opinion and moment, by id and version. Errors: CONFLICT db.version. */
err recast_store_update(struct db *db, const struct recast *r);

/* Questions asked before a moment that are still open, oldest first, at most 50: struct recast
 * rows.
 */
err recast_store_list_open(struct db *db, i64 before_ms, struct arena *mem, struct rows *out);
#endif
