/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rows of transfers and transfer_cases. For this module only. */
#ifndef HT_TRANSFERS_TRANSFER_STORE_H
#define HT_TRANSFERS_TRANSFER_STORE_H
#include "modules/transfers/transfer_case.h"

/* Errors: those of the database; find: NOT_FOUND db.no_row. */
err transfer_store_add(struct db *db, const struct transfer *t, i64 *id);
err transfer_store_set_counts(struct db *db, const struct transfer *t);
err transfer_store_find(struct db *db, i64 id, struct arena *mem, struct transfer *out);

/* The newest before an id (0 = of all), at most `limit`. */
err transfer_store_list(struct db *db, i64 before_id, i64 limit, struct arena *mem,
                        struct rows *out);

/* Errors: CONFLICT db.unique (it came before). */
err transfer_case_store_add(struct db *db, const struct transfer_case *c);

/* What is noted of a transfer, with the title; at most `limit`. */
err transfer_case_store_list(struct db *db, i64 transfer_id, i64 limit, struct arena *mem,
                             struct rows *out);

/* Where a proposal came from (direction in, but no answers), and what was sent of it to be handled
 * in an agency's place, newest first. Errors: NOT_FOUND db.no_row. */
err transfer_case_store_find_origin(struct db *db, i64 proposal_id, struct arena *mem,
                                    struct transfer_case *out);
err transfer_case_store_find_handed(struct db *db, i64 proposal_id, struct arena *mem,
                                    struct transfer_case *out);

/* What came from there: of the very moment, else one of which either side has none. Errors:
 * NOT_FOUND db.no_row. */
struct transfer_origin;
err transfer_case_store_find_came(struct db *db, const struct transfer_origin *from,
                                  struct arena *mem, struct transfer_case *out);

/* Somebody has said that the one that came without a moment is that of this moment. */
err transfer_case_store_set_begun(struct db *db, const struct transfer_origin *from);
#endif
