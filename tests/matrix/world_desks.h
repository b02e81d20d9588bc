/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A desk of the set's agency, with its operator; and errands that he is given, in each state. */
#ifndef HT_TESTS_MATRIX_WORLD_DESKS_H
#define HT_TESTS_MATRIX_WORLD_DESKS_H
#include "tests/matrix/specimens.h"

enum {
    DESK_SET = PART_DESKS * THINGS_EACH,
    DESK_CLERK, /* the operator's account, for bodies */
    ERRAND_GIVEN,
    ERRAND_TAKEN,
    ERRAND_FINISHED,
    ERRAND_BOUNCED
};

extern const struct specimen SPECIMENS_DESKS[];
#endif
