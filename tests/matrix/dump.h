/* SPDX-License-Identifier: MulanPSL-2.0 */
/* All rows of all tables as text, for telling whether a request changed more than it should. Not
 * the audit log, which has its own test, nor password hashes, which differ each time. */
#ifndef HT_TESTS_MATRIX_DUMP_H
#define HT_TESTS_MATRIX_DUMP_H
#include "platform/db/db.h"

/* "table|row" lines, equal rows in equal order. org_id 0 = of everybody, else of one organisation.
 * The text lives in mem. */
str dump_rows(struct db *db, i64 org_id, struct arena *mem);

/* From now on the database itself notes what is written, by triggers; once. */
void dump_keep(struct db *db);

/* What came of everything written since dump_keep, sorted: "+table|row" for each row that is now
 * and was not, "-table|row" for each that was and is not; a changed row gives both. What is rolled
 * back was never written. Costs as much as was written, however large the world. */
str dump_changes(struct db *db, i64 org_id, struct arena *mem);

/* As dump_rows, of one table. */
str dump_table(struct db *db, str table, struct arena *mem);

/* Names of all tables that are dumped. */
strs dump_tables(struct db *db, struct arena *mem);

/* How a text stands in a dump when it is the whole value of a column. */
str dump_literal(struct arena *mem, str value);

/* Every column name of every table, once, sorted. */
strs dump_columns(struct db *db, struct arena *mem);

/* Prints the lines that are in one dump only, at most a few. */
void dump_print_difference(str before, str after);

/* Sets all sequences to the same number (PostgreSQL does not roll them back), so that two
 * rehearsals give the same ids. Take a higher one where something may have been kept since: what
 * leaves the house is recorded before it goes. Nothing to do on SQLite. */
void dump_reset_sequences(struct db *db, i64 to);
#endif
