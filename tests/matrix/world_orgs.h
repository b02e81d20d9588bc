/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Bodies, sessions, sectors, committees and areas of the world: those of a set are its
 * organisation's, but its agency and sector are its own. */
#ifndef HT_TESTS_MATRIX_WORLD_ORGS_H
#define HT_TESTS_MATRIX_WORLD_ORGS_H
#include "tests/matrix/specimens.h"

enum {
    ORG = PART_ORGS * THINGS_EACH, /* the set's agency */
    SESSION,                       /* of the set's organisation, and so are TERM and COMMITTEE */
    TERM,
    SECTOR, /* of the set's member */
    COMMITTEE,
    AN_AREA, /* of no organisation */
};

extern const struct specimen SPECIMENS_ORGS[];
#endif
