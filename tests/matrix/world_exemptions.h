/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Exemptions of each set's person: one that holds, one that was undone. */
#ifndef HT_TESTS_MATRIX_WORLD_EXEMPTIONS_H
#define HT_TESTS_MATRIX_WORLD_EXEMPTIONS_H
#include "tests/matrix/specimens.h"

enum { EXEMPTION_GRANTED = PART_EXEMPTIONS * THINGS_EACH, EXEMPTION_UNDONE };

extern const struct specimen SPECIMENS_EXEMPTIONS[];
#endif
