/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Members of the world: one with account and one without for each set. */
#ifndef HT_TESTS_MATRIX_WORLD_MEMBERS_H
#define HT_TESTS_MATRIX_WORLD_MEMBERS_H
#include "tests/matrix/specimens.h"

enum {
    MEMBER = PART_MEMBERS * THINGS_EACH,
    NEWCOMER, /* member without account */
    AMENDMENT,
};

extern const struct specimen SPECIMENS_MEMBERS[];
#endif
