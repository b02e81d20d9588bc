/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A refused bounce of the set's agency that it contests, not heard yet. */
#ifndef HT_TESTS_MATRIX_WORLD_DISPUTES_H
#define HT_TESTS_MATRIX_WORLD_DISPUTES_H
#include "tests/matrix/specimens.h"

enum { DISPUTE = PART_DISPUTES * THINGS_EACH };

extern const struct specimen SPECIMENS_DISPUTES[];
#endif
