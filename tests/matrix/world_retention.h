/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A hold of all letters for each set. */
#ifndef HT_TESTS_MATRIX_WORLD_RETENTION_H
#define HT_TESTS_MATRIX_WORLD_RETENTION_H
#include "tests/matrix/specimens.h"

enum { RETENTION_HOLD_OF = PART_RETENTION * THINGS_EACH };

extern const struct specimen SPECIMENS_RETENTION[];
#endif
