/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Desks have nothing of their own in the world: their pages are of assignments. */
#ifndef HT_TESTS_MATRIX_WORLD_DESKS_H
#define HT_TESTS_MATRIX_WORLD_DESKS_H
#include "tests/matrix/specimens.h"

extern const struct specimen SPECIMENS_DESKS[];
#endif
