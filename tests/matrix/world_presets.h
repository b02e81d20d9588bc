/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Presets have nothing of their own in the world: they are shipped. */
#ifndef HT_TESTS_MATRIX_WORLD_PRESETS_H
#define HT_TESTS_MATRIX_WORLD_PRESETS_H
#include "tests/matrix/specimens.h"

extern const struct specimen SPECIMENS_PRESETS[];
#endif
