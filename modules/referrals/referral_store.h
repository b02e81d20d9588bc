/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rows of referrals. The list for people: referral_pages.c. */
#ifndef HT_REFERRALS_REFERRAL_STORE_H
#define HT_REFERRALS_REFERRAL_STORE_H
#include "modules/referrals/referral_rules.h"

/* *id = 0 where the body has it already. */
err referral_store_add(struct db *db, const struct referral *r, i64 *id);
err referral_store_list(struct db *db, i64 proposal_id, struct arena *mem, struct rows *out);

/* When it was read, by id and version. Errors: CONFLICT db.version. */
err referral_store_read(struct db *db, const struct referral *r);

/* Note and when, by id and version; it is read then. Errors: CONFLICT db.version. */
err referral_store_note(struct db *db, const struct referral *r);
#endif
