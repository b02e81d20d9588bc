/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Password hashing at the least cost, for tests that ask thousands of times and mean something else
 * by it: a third of their time would be argon2id with 64 MiB. That it costs what it should is
 * tested in platform/access. */
#ifndef HT_TESTS_MATRIX_CHEAP_HASH_H
#define HT_TESTS_MATRIX_CHEAP_HASH_H

/* From now on hashes of this program are cheap; hashes say themselves how they are proved. */
void hash_cheaply(void);
#endif
