/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Promises of the set's agency to the set's member, each left in another state; a visit that is
 * planned; a closed proposal of which nobody will look by himself. */
#ifndef HT_TESTS_MATRIX_WORLD_OUTCOMES_H
#define HT_TESTS_MATRIX_WORLD_OUTCOMES_H
#include "tests/matrix/specimens.h"

enum {
    PROMISE_MADE = PART_OUTCOMES * THINGS_EACH, /* with a file that shows something */
    PROMISE_RENEWING,                           /* more time asked for */
    PROMISE_MET,                                /* not checked yet */
    PROMISE_MISSED,
    FOLLOWUP_PLANNED,
    UNTRACKED,    /* a proposal, closed with a class that is not followed */
    PROMISE_VIEW, /* of the account of the set's operator */
};

extern const struct specimen SPECIMENS_OUTCOMES[];
#endif
