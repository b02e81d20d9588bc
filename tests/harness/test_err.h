/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What most tests ask of an err, and of a call that must stop the process. For cmocka tests. */
#ifndef HT_TESTS_TEST_ERR_H
#define HT_TESTS_TEST_ERR_H
#include "platform/base/err.h"

/* Fails the test, with name and place of the error, unless e is OK. */
void assert_ok(err e);

/* Fails the test unless e has this code and stable name. */
void assert_err(err e, enum err_code code, const char *name);

/* Runs fn(context) in a child and fails the test unless it stops by abort with `says` in what it
 * wrote to standard error. */
void assert_stops(void (*fn)(void *context), void *context, const char *says);
#endif
