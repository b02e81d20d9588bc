/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A row of the table of quotas for each set. */
#ifndef HT_TESTS_MATRIX_WORLD_QUOTAS_H
#define HT_TESTS_MATRIX_WORLD_QUOTAS_H
#include "tests/matrix/specimens.h"

enum { QUOTA_ROW_OF = PART_QUOTAS * THINGS_EACH };

extern const struct specimen SPECIMENS_QUOTAS[];
#endif
