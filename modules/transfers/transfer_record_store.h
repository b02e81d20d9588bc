/* SPDX-License-Identifier: MulanPSL-2.0 */
/* SQL of what lists of earlier years and of old systems brought in. Rules: transfer_record_past.c,
 * transfer_legacy.c. */
#ifndef HT_TRANSFERS_TRANSFER_RECORD_STORE_H
#define HT_TRANSFERS_TRANSFER_RECORD_STORE_H
#include "platform/db/db.h"

/* A line of a list, and the case that it is. Columns: schema/0001_past.sql. */
struct transfer_kept {
    i64 id, session_id, proposal_id, recorded_at, recorded_by, seen_at;
    str number, digest, source, satisfaction, way, letter_no, reached, guesses;
};

/* A step in an old system. */
struct transfer_step {
    i64 id, proposal_id, at, code, recorded_at, recorded_by;
    str word, actor, agency, opinion;
};

/* What a code means. */
struct transfer_code {
    i64 code, changed_at, changed_by;
    str word, state, verb;
};

/* By number of its session; by case; id 0 when there is none. */
err record_store_find(struct db *db, i64 session_id, str number, struct arena *mem,
                      struct transfer_kept *out);
err record_store_find_by_proposal(struct db *db, i64 proposal_id, struct arena *mem,
                                  struct transfer_kept *out);

/* A new one; what is said of it anew, by id; that a list had it again. */
err record_store_add(struct db *db, const struct transfer_kept *k);
err record_store_update(struct db *db, const struct transfer_kept *k);
err record_store_see(struct db *db, i64 id, i64 seen_at);

/* Steps of a case, oldest first: struct transfer_step rows; adding one. */
err step_store_list(struct db *db, i64 proposal_id, struct arena *mem, struct rows *out);
err step_store_add(struct db *db, const struct transfer_step *s);

/* What the organisation says otherwise: struct transfer_code rows by code; saving one, removing it:
 * as shipped again. */
err code_store_list(struct db *db, struct arena *mem, struct rows *out);
err code_store_save(struct db *db, const struct transfer_code *c);
err code_store_remove(struct db *db, i64 code);
#endif
