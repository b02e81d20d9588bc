/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Boards have nothing of their own in the world: they show proposals and assignments. */
#ifndef HT_TESTS_MATRIX_WORLD_BOARDS_H
#define HT_TESTS_MATRIX_WORLD_BOARDS_H
#include "tests/matrix/specimens.h"

extern const struct specimen SPECIMENS_BOARDS[];
#endif
