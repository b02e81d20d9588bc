/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the platform itself keeps for the people of the world. */
#ifndef HT_TESTS_MATRIX_WORLD_PLATFORM_H
#define HT_TESTS_MATRIX_WORLD_PLATFORM_H
#include "tests/matrix/specimens.h"

enum {
    DELIVERY = PART_PLATFORM * THINGS_EACH, /* to the account of the set's member */
};

extern const struct specimen SPECIMENS_PLATFORM[];
#endif
