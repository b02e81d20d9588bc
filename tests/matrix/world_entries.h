/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rows of the duty ledger of each set's member: one, and one that is like an earlier one. */
#ifndef HT_TESTS_MATRIX_WORLD_ENTRIES_H
#define HT_TESTS_MATRIX_WORLD_ENTRIES_H
#include "tests/matrix/specimens.h"

enum { ENTRY_OF = PART_ENTRIES * THINGS_EACH, ENTRY_ALIKE };

extern const struct specimen SPECIMENS_ENTRIES[];
#endif
