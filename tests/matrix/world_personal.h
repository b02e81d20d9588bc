/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Personal has nothing of its own in the world. */
#ifndef HT_TESTS_MATRIX_WORLD_PERSONAL_H
#define HT_TESTS_MATRIX_WORLD_PERSONAL_H
#include "tests/matrix/specimens.h"

extern const struct specimen SPECIMENS_PERSONAL[];
#endif
