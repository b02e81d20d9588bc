/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Counters that many steps of one transaction add to: what is added is held back and summed up, and
 * each counter is written once, before the commit. Engine side and why: db_sums.c, README. */
#ifndef HT_DB_SUMS_H
#define HT_DB_SUMS_H
#include "platform/db/db.h"

/* Adds to one counter of the transaction's. sql: "INSERT INTO t (…) VALUES (…, :value) ON CONFLICT
 * (…) DO UPDATE SET value = t.value + excluded.value"; the other parameters and the organisation
 * say which counter. Every statement of this connection that names t sees it as if it had been
 * written at once, and a savepoint that is rolled back takes along what was added since. No view
 * reads t. Outside a transaction it is written at once. Errors: those of db_run, of what was added
 * before also from whoever reads t, and from db_commit. */
err db_sum(struct db *db, struct sql sql);
#endif
