/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A call that is open, one that is not published, one that is closed. */
#ifndef HT_TESTS_MATRIX_WORLD_CALLS_H
#define HT_TESTS_MATRIX_WORLD_CALLS_H
#include "tests/matrix/specimens.h"

enum { CALL_OPEN = PART_CALLS * THINGS_EACH, CALL_DRAFT, CALL_CLOSED };

extern const struct specimen SPECIMENS_CALLS[];
#endif
