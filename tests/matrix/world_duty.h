/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Sets of rules: a draft of each set, one that is still to come and one that has begun; the one
 * that holds today is the first set's. */
#ifndef HT_TESTS_MATRIX_WORLD_DUTY_H
#define HT_TESTS_MATRIX_WORLD_DUTY_H
#include "tests/matrix/specimens.h"

enum { RULESET_DRAFT = PART_DUTY * THINGS_EACH, RULESET_COMING, RULESET_BEGUN };

extern const struct specimen SPECIMENS_DUTY[];
#endif
