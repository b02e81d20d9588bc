/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Guesses are asked for with a proposal; none of their routes names a thing. */
#ifndef HT_TESTS_MATRIX_WORLD_GUESSES_H
#define HT_TESTS_MATRIX_WORLD_GUESSES_H
#include "tests/matrix/specimens.h"

extern const struct specimen SPECIMENS_GUESSES[];
#endif
