/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A fresh, migrated database for a test, on the engine that HUOTANG_TEST_DB names: "sqlite:" (the
 * default) or the address of a PostgreSQL database, as tests/harness/run gives it. A test that uses
 * this header runs on both engines. */
#ifndef HT_TESTS_TEST_DB_H
#define HT_TESTS_TEST_DB_H
#include "platform/db/db.h"

/* A writing connection to a new database with these schemas (NULL = none), organisation 0. SQLite:
 * a temporary file; PostgreSQL: a database of its own with a random name. Stops the test program
 * when that fails. */
struct db *test_db_open(const struct db_schema *schemas);

/* Closes the connection and removes the database. NULL is allowed. */
void test_db_close(struct db *db);

/* The address of a database that test_db_open made, for further connections by db_open. Valid until
 * test_db_close. */
str test_db_url(const struct db *db);

/* The engine that this run is for. */
enum db_engine test_db_engine(void);
#endif
