/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Who sits where of each set: a draft in which nobody has a chair, and one that is published, with
 * the set's person on its first chair. */
#ifndef HT_TESTS_MATRIX_WORLD_SEATINGS_H
#define HT_TESTS_MATRIX_WORLD_SEATINGS_H
#include "tests/matrix/specimens.h"

enum { SEATING_DRAFT = PART_SEATINGS * THINGS_EACH, SEATING_OUT };

extern const struct specimen SPECIMENS_SEATINGS[];
#endif
