/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A book of the set's session; the papers of the compendium are of proposals. */
#ifndef HT_TESTS_MATRIX_WORLD_COMPENDIUM_H
#define HT_TESTS_MATRIX_WORLD_COMPENDIUM_H
#include "tests/matrix/specimens.h"

enum {
    COMPENDIUM_MADE = PART_COMPENDIUM * THINGS_EACH,
    COMPENDIUM_SESSION, /* the one in which the set's proposals are */
};

extern const struct specimen SPECIMENS_COMPENDIUM[];
#endif
