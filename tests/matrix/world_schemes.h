/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Groups of a meeting of each set: a draft and one that is published, with the set's person in the
 * first group of each. */
#ifndef HT_TESTS_MATRIX_WORLD_SCHEMES_H
#define HT_TESTS_MATRIX_WORLD_SCHEMES_H
#include "tests/matrix/specimens.h"

enum { SCHEME_DRAFT = PART_SCHEMES * THINGS_EACH, SCHEME_OUT, SCHEME_GROUP };

extern const struct specimen SPECIMENS_SCHEMES[];
#endif
