/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Notices of the world, to the sector of the set's member. */
#ifndef HT_TESTS_MATRIX_WORLD_NOTICES_H
#define HT_TESTS_MATRIX_WORLD_NOTICES_H
#include "tests/matrix/specimens.h"

enum {
    NOTICE_DRAFT = PART_NOTICES * THINGS_EACH,
    NOTICE_OUT,
};

extern const struct specimen SPECIMENS_NOTICES[];
#endif
