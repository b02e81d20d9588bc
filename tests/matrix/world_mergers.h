/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Mergers have nothing of their own in the world: they are of proposals. */
#ifndef HT_TESTS_MATRIX_WORLD_MERGERS_H
#define HT_TESTS_MATRIX_WORLD_MERGERS_H
#include "tests/matrix/specimens.h"

extern const struct specimen SPECIMENS_MERGERS[];
#endif
