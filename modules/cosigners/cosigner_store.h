/* SPDX-License-Identifier: MulanPSL-2.0 */
/* SQL of cosigners, drafters and endorsements. Rules are in cosigner.c, cosigner_round.c,
 * drafter.c, endorsement.c. */
#ifndef HT_COSIGNERS_COSIGNER_STORE_H
#define HT_COSIGNERS_COSIGNER_STORE_H
#include "modules/cosigners/cosigner.h"
#include "modules/cosigners/endorsement.h"

/* Errors: NOT_FOUND db.no_row. */
err cosigner_store_find(struct db *db, i64 id, struct arena *mem, struct cosigner *out);

/* By rank: struct cosigner rows. */
err cosigner_store_list(struct db *db, i64 proposal_id, struct arena *mem, struct rows *out);

/* A prepared one; who is there already stays (id 0). */
err cosigner_store_add(struct db *db, const struct cosigner *c, i64 *id);

/* All that steps change, by id and version (which it raises); the rank alone, which leaves the
 * version. Errors: CONFLICT db.version. */
err cosigner_store_update(struct db *db, const struct cosigner *c);
err cosigner_store_set_rank(struct db *db, const struct cosigner *c, i64 rank);

/* A prepared one is taken out. */
err cosigner_store_remove(struct db *db, i64 id);

/* Proposals with an invitation that could be answered until before that moment: struct
 * cosigner_due rows. */
struct cosigner_due {
    i64 proposal_id;
};
err cosigner_store_list_due(struct db *db, i64 now_ms, i64 limit, struct arena *mem,
                            struct rows *out);

/* Names one, takes one off, puts one at a rank: by id and version (which it raises). Reading them:
 * modules/proposals. Errors: CONFLICT db.version. */
err drafter_store_add(struct db *db, i64 proposal_id, const struct proposal_drafter *d);
err drafter_store_remove(struct db *db, i64 id);
err drafter_store_set_rank(struct db *db, const struct proposal_drafter *d, i64 rank);

/* Standing ones, oldest first: struct endorsement rows; one person's, also taken back. Errors of
 * find: NOT_FOUND db.no_row. */
err endorsement_store_list(struct db *db, i64 proposal_id, struct arena *mem, struct rows *out);
err endorsement_store_find(struct db *db, i64 proposal_id, i64 person_id, struct arena *mem,
                           struct endorsement *out);
err endorsement_store_add(struct db *db, const struct endorsement *e, i64 *id);

/* By id and version (which it raises). Errors: CONFLICT db.version. */
err endorsement_store_update(struct db *db, const struct endorsement *e);
#endif
