/* SPDX-License-Identifier: MulanPSL-2.0 */
/* All rows of all tables as text, for telling whether a request changed more than it should. Not
 * the audit log, which has its own test, nor password hashes, which differ each time. */
#ifndef HT_TESTS_MATRIX_DUMP_H
#define HT_TESTS_MATRIX_DUMP_H
#include "platform/db/db.h"

/* "table|row" lines, equal rows in equal order. org_id 0 = of everybody, else of one organisation.
 * The text lives in mem. */
str dump_rows(struct db *db, i64 org_id, struct arena *mem);

/* Remembers all rows as they are, once. */
void dump_keep(struct db *db);

/* As dump_rows, but only what differs from what dump_keep saw: "+table|row" for each row that is
 * new or has another content, "-table|row" for each that is gone. Thousands of rehearsals are
 * compared by it, and most of the world is the same before and after each. */
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
