/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A rejected proposal of the set's member, and another that was passed to the set's agency. */
#ifndef HT_TESTS_MATRIX_WORLD_REFERRALS_H
#define HT_TESTS_MATRIX_WORLD_REFERRALS_H
#include "tests/matrix/specimens.h"

enum { REFERRAL = PART_REFERRALS * THINGS_EACH, REFERABLE };

extern const struct specimen SPECIMENS_REFERRALS[];
#endif
