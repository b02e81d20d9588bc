/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A rejected proposal of the set's member, and another of which the office asks him whether it may
 * become an opinion. */
#ifndef HT_TESTS_MATRIX_WORLD_RECASTS_H
#define HT_TESTS_MATRIX_WORLD_RECASTS_H
#include "tests/matrix/specimens.h"

enum { RECASTABLE = PART_RECASTS * THINGS_EACH, RECAST_ASKED };

extern const struct specimen SPECIMENS_RECASTS[];
#endif
