/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rows of records of talks face to face. Who may see them: mediation_shown.c. */
#ifndef HT_MEDIATIONS_MEDIATION_STORE_H
#define HT_MEDIATIONS_MEDIATION_STORE_H
#include "platform/db/db.h"

/* What was said face to face. satisfaction: the last word; empty with result redo. */
struct mediation {
    i64 id, round, held_on, recorded_at, recorded_by;
    str place, present, agency_said, proposer_said, result, satisfaction;
};

/* Records of talks face to face, oldest first: struct mediation rows. */
err mediation_store_add(struct db *db, i64 id, const struct mediation *m);
err mediation_store_list(struct db *db, i64 id, struct arena *mem, struct rows *out);
#endif
