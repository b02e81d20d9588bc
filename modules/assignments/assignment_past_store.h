/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What only matters of earlier years need of the tables of assignments: lists that are corrected
 * are written over. All else: assignment_store.h. */
#ifndef HT_ASSIGNMENTS_ASSIGNMENT_PAST_STORE_H
#define HT_ASSIGNMENTS_ASSIGNMENT_PAST_STORE_H
#include "modules/assignments/assignment_past.h"
#include "modules/assignments/assignment_store.h"

/* What no step changes: role, names, session and the day of handing out, by id and version, which
 * stays. Errors: CONFLICT db.version. */
err past_store_set_part(struct db *db, const struct assignment *a);

/* Removes whom the answer is for; the talks of an assignment; its answer, on which nothing hangs.
 */
err past_store_clear_persons(struct db *db, const struct matter_key *key);
err past_store_clear_contacts(struct db *db, i64 assignment_id);
err past_store_clear_reply(struct db *db, i64 assignment_id);

/* Class, text and day of delivery of its reply, the one of the first round; drafted nobody knows
 * when. */
err past_store_put_reply(struct db *db, i64 assignment_id, const struct assignment_past *one);
#endif
