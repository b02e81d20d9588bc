/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The cases of the matrix's world: proposals of a set's member, each left on its road in another
 * state, and their assignments to the set's agency. */
#ifndef HT_TESTS_MATRIX_CASES_H
#define HT_TESTS_MATRIX_CASES_H
#include "tests/matrix/world.h"

/* Makes those of a set by requests of its people. Fails the test when one is refused. */
void cases_make(struct world *w, int set);
#endif
