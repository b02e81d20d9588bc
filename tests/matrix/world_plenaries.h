/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A plenary of each set that is announced, with the set's person invited. */
#ifndef HT_TESTS_MATRIX_WORLD_PLENARIES_H
#define HT_TESTS_MATRIX_WORLD_PLENARIES_H
#include "tests/matrix/specimens.h"

enum { PLENARY_NOTIFIED = PART_PLENARIES * THINGS_EACH };

extern const struct specimen SPECIMENS_PLENARIES[];
#endif
