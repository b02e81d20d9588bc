/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Key proposals of the set's member, each left in another state; one recommended as excellent. */
#ifndef HT_TESTS_MATRIX_WORLD_FLAGSHIPS_H
#define HT_TESTS_MATRIX_WORLD_FLAGSHIPS_H
#include "tests/matrix/specimens.h"

enum {
    FLAGSHIP_NOMINATED = PART_FLAGSHIPS * THINGS_EACH,
    FLAGSHIP_PLANNED,
    FLAGSHIP_RUNNING,
    COMMENDATION_NOMINATED,
};

extern const struct specimen SPECIMENS_FLAGSHIPS[];
#endif
