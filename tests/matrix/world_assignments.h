/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Assignments have no things of their own: they are named by their proposals (specimen
 * .assignment). */
#ifndef HT_TESTS_MATRIX_WORLD_ASSIGNMENTS_H
#define HT_TESTS_MATRIX_WORLD_ASSIGNMENTS_H
#include "tests/matrix/specimens.h"

enum {
    ASSIGNMENT_VIEW = PART_ASSIGNMENTS * THINGS_EACH, /* of the account of the set's operator */
};

extern const struct specimen SPECIMENS_ASSIGNMENTS[];

char rules_assignments_own(const struct question *q);
#endif
