/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Nominations of each set, one in each state in which somebody has a step; a meeting of the
 * standing committee, which has one member, and the sector of the set. */
#ifndef HT_TESTS_MATRIX_WORLD_NOMINATIONS_H
#define HT_TESTS_MATRIX_WORLD_NOMINATIONS_H
#include "tests/matrix/specimens.h"

enum {
    NOMINATION_NAMED = PART_NOMINATIONS * THINGS_EACH,
    NOMINATION_CANDIDATE,
    NOMINATION_LISTED,
    NOMINATION_APPOINTED,
    NOMINATION_MEETING,
    NOMINATION_SECTOR
};

extern const struct specimen SPECIMENS_NOMINATIONS[];
#endif
