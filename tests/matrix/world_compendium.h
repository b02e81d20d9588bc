/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The compendium has nothing of its own in the world: its papers are of proposals. */
#ifndef HT_TESTS_MATRIX_WORLD_COMPENDIUM_H
#define HT_TESTS_MATRIX_WORLD_COMPENDIUM_H
#include "tests/matrix/specimens.h"

extern const struct specimen SPECIMENS_COMPENDIUM[];
#endif
