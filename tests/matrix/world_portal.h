/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The portal has nothing of its own in the world. */
#ifndef HT_TESTS_MATRIX_WORLD_PORTAL_H
#define HT_TESTS_MATRIX_WORLD_PORTAL_H
#include "tests/matrix/specimens.h"

extern const struct specimen SPECIMENS_PORTAL[];
#endif
