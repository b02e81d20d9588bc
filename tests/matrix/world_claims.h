/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Claims of each set's member in the states in which somebody acts on them, one with a file, and an
 * appeal that waits. */
#ifndef HT_TESTS_MATRIX_WORLD_CLAIMS_H
#define HT_TESTS_MATRIX_WORLD_CLAIMS_H
#include "tests/matrix/specimens.h"

enum { CLAIM_SENT = PART_CLAIMS * THINGS_EACH, CLAIM_BACK, CLAIM_APPROVED, APPEAL_ASKED };

extern const struct specimen SPECIMENS_CLAIMS[];
#endif
