/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A row that each step of one transaction changes: the connection holds what it will say and writes
 * it once, before the commit. Engine side: db_held.c; counters, which are added to: sums.h. */
#ifndef HT_DB_HELD_H
#define HT_DB_HELD_H
#include "platform/db/db.h"

enum { DB_HELD_MAX = 512 };

/* What is held, one value an organisation. A constant: its address is the key. */
struct db_holding {
    const char *table; /* whose row it is; no view reads it */
    size_t size;       /* of a value, at most DB_HELD_MAX: a struct without pointers */
    err (*write)(struct db *db, const void *value); /* into the organisation that is bound */
};

/* The value held for the organisation that is bound; NULL = none: the row is as the table says.
 * Valid until the next statement. */
const void *db_held(struct db *db, const struct db_holding *holding);

/* Holds a copy of value from now on. Every statement of this connection that names the table finds
 * it written, and afterwards nothing is held; a savepoint that is rolled back brings back what was
 * held at its begin. Outside a transaction it is written at once. Errors: those of .write, of a
 * value that was held before also from whoever names the table, and from db_commit. */
err db_hold(struct db *db, const struct db_holding *holding, const void *value);
#endif
