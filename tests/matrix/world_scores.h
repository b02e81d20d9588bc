/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A year of assessment is a member's (world_members.h): scores keep nothing of their own. */
#ifndef HT_TESTS_MATRIX_WORLD_SCORES_H
#define HT_TESTS_MATRIX_WORLD_SCORES_H
#include "tests/matrix/specimens.h"

extern const struct specimen SPECIMENS_SCORES[];
#endif
