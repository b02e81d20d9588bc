/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Warnings of each set's person: one that waits for the office, one that it has seen. */
#ifndef HT_TESTS_MATRIX_WORLD_WARNINGS_H
#define HT_TESTS_MATRIX_WORLD_WARNINGS_H
#include "tests/matrix/specimens.h"

enum { WARNING_OPEN = PART_WARNINGS * THINGS_EACH, WARNING_SEEN };

extern const struct specimen SPECIMENS_WARNINGS[];
#endif
