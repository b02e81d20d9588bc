/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Slips to the set's agency, each left in another state; a circular that names one; a case of the
 * set's member that the office has to do, and an assignment that can be urged. */
#ifndef HT_TESTS_MATRIX_WORLD_URGINGS_H
#define HT_TESTS_MATRIX_WORLD_URGINGS_H
#include "tests/matrix/specimens.h"

enum {
    URGING_PROPOSED = PART_URGINGS * THINGS_EACH,
    URGING_ISSUED, /* with a file */
    URGING_ACCEPTED,
    URGING_ANSWERED,
    URGING_PASSED,
    CIRCULAR,
    URGED_CASE,  /* docketed */
    URGED_PART,  /* an assignment's number */
    URGING_VIEW, /* of the account of the set's operator */
};

extern const struct specimen SPECIMENS_URGINGS[];
#endif
