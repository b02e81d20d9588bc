/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the house does at start beside opening its database, for test apps: hooks, permissions,
 * the first organisation. */
#ifndef HT_TESTS_TEST_SETUP_H
#define HT_TESTS_TEST_SETUP_H
#include "tests/harness/test_app.h"

/* Before the first connection is opened. */
void test_setup_before(struct arena *mem);

/* When the database is there and lanes run; before the web layer. */
void test_setup_after(struct test_app *t);
#endif
