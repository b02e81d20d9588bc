/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A row of the duty ledger of each set's member. */
#ifndef HT_TESTS_MATRIX_WORLD_ENTRIES_H
#define HT_TESTS_MATRIX_WORLD_ENTRIES_H
#include "tests/matrix/specimens.h"

enum { ENTRY_OF = PART_ENTRIES * THINGS_EACH };

extern const struct specimen SPECIMENS_ENTRIES[];
#endif
