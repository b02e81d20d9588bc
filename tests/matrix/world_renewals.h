/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Renewals of each set, one in each state in which somebody has a step; who stays by the draft, the
 * sector of the set. */
#ifndef HT_TESTS_MATRIX_WORLD_RENEWALS_H
#define HT_TESTS_MATRIX_WORLD_RENEWALS_H
#include "tests/matrix/specimens.h"

enum {
    RENEWAL_DRAFT = PART_RENEWALS * THINGS_EACH,
    RENEWAL_READY,
    RENEWAL_CARRIED,
    RENEWAL_STAYER,
    RENEWAL_SECTOR
};

extern const struct specimen SPECIMENS_RENEWALS[];
#endif
