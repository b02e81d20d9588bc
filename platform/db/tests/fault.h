/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Makes the n-th statement of a connection fail, for tests that nothing half-done is called done:
 * whatever statement fails, the function must say so (quality D4, L4). */
#ifndef HT_DB_TESTS_FAULT_H
#define HT_DB_TESTS_FAULT_H
#include "platform/db/db.h"

/* Runs fn again and again inside a savepoint that is rolled back, the first time with its first
 * statement failing, then its second …, until it runs through. Fails the test when a run reports OK
 * although a statement failed, or when the last one does not report OK. db must be in a
 * transaction. Returns how many statements there were. */
i64 fault_each(struct db *db, err (*fn)(void *context), void *context);
#endif
