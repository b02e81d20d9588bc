/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A PostgreSQL database that a test has used, brought back to what it was when it was made: that
 * costs a tenth of dropping it and copying the template again (1,500 files). */
#ifndef HT_TESTS_TEST_SPARE_H
#define HT_TESTS_TEST_SPARE_H
#include "platform/db/db.h"

enum { SPARE_SHAPE = 33 };

/* Of a database nobody has used yet: remembers within it (schema "kept") its rows and the state of
 * its sequences; shape: what its tables look like. */
err spare_keep(struct db *db, char shape[SPARE_SHAPE]);

/* Ends the other connections, empties every table that has ever held a row, and puts back what
 * spare_keep remembered. *same = false: the test made, changed or dropped a table; the database is
 * then of no more use. */
err spare_restore(struct db *db, const char shape[SPARE_SHAPE], bool *same);
#endif
