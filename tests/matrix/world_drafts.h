/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Drafts have nothing of their own in the world: they are of proposals. */
#ifndef HT_TESTS_MATRIX_WORLD_DRAFTS_H
#define HT_TESTS_MATRIX_WORLD_DRAFTS_H
#include "tests/matrix/specimens.h"

extern const struct specimen SPECIMENS_DRAFTS[];
#endif
