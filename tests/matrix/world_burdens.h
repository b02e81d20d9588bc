/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A complaint of burden of each set's person that waits. */
#ifndef HT_TESTS_MATRIX_WORLD_BURDENS_H
#define HT_TESTS_MATRIX_WORLD_BURDENS_H
#include "tests/matrix/specimens.h"

enum { BURDEN_ASKED = PART_BURDENS * THINGS_EACH };

extern const struct specimen SPECIMENS_BURDENS[];
#endif
