/* SPDX-License-Identifier: MulanPSL-2.0 */
/* All rows of a database into another one, of the same or the other engine, and the proof that they
 * are there. What an engine keeps for itself stays behind: its own list of migrations and its
 * search index (platform/text), which is made anew. For `huotang move` (server/move.c). */
#ifndef HT_DB_MOVE_H
#define HT_DB_MOVE_H
#include "platform/db/db.h"

/* digest: of all rows with the names of their tables, 64 hexadecimal digits. It does not depend on
 * engine or order: the sum of the rows' own digests. */
struct db_rows {
    i64 tables, rows;
    str digest;
};

/* Counts and digests all rows in one reading transaction, at constant memory. db must not be in a
 * transaction. Errors: those of the database. */
err db_rows_digest(struct db *db, struct arena *mem, struct db_rows *out);

/* Copies all rows in one transaction; references are checked as a whole before its commit, numbers
 * go on behind the highest. Both have the same migrations; what `to` holds is replaced. Then both
 * are digested anew and compared with what was read. Neither may be in a transaction. Errors:
 * CONFLICT db.move_differs (a table), nothing is changed; INTERNAL db.move_lost, CONFLICT
 * db.move_changed (somebody wrote meanwhile): `to` is of no use; those of the database. */
err db_move(struct db *from, struct db *to, struct arena *mem, struct db_rows *out);
#endif
