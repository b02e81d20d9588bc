/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pledges of each set's member: one that is signed, of this year, and one that is asked, of the
 * next. */
#ifndef HT_TESTS_MATRIX_WORLD_PLEDGES_H
#define HT_TESTS_MATRIX_WORLD_PLEDGES_H
#include "tests/matrix/specimens.h"

enum { PLEDGE_ASKED = PART_PLEDGES * THINGS_EACH, PLEDGE_SIGNED };

extern const struct specimen SPECIMENS_PLEDGES[];
#endif
