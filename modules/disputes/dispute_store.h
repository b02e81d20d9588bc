/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rows of disputes. The list for people: dispute_list.c. */
#ifndef HT_DISPUTES_DISPUTE_STORE_H
#define HT_DISPUTES_DISPUTE_STORE_H
#include "modules/disputes/dispute_rules.h"

/* A new one, opened. */
err dispute_store_add(struct db *db, const struct dispute *d, i64 *id);

/* The one of an assignment; id 0 when there is none. */
err dispute_store_find_of(struct db *db, i64 assignment_id, struct arena *mem, struct dispute *out);

/* State, meeting, decision; by id and version. Errors: CONFLICT db.version. */
err dispute_store_update(struct db *db, const struct dispute *d, str to);
#endif
