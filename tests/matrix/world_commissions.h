/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A commission of each set, of which its member was asked and writes. */
#ifndef HT_TESTS_MATRIX_WORLD_COMMISSIONS_H
#define HT_TESTS_MATRIX_WORLD_COMMISSIONS_H
#include "tests/matrix/specimens.h"

enum { COMMISSION_OPEN = PART_COMMISSIONS * THINGS_EACH, INVITED };

extern const struct specimen SPECIMENS_COMMISSIONS[];
#endif
