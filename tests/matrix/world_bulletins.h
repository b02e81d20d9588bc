/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A bulletin of the set, an issue in each state, and opinions of the set's member that were issued:
 * one of which something can be told, one whose reporter was told. */
#ifndef HT_TESTS_MATRIX_WORLD_BULLETINS_H
#define HT_TESTS_MATRIX_WORLD_BULLETINS_H
#include "tests/matrix/specimens.h"

enum {
    BULLETIN = PART_BULLETINS * THINGS_EACH,
    ISSUE_DRAFT,
    ISSUE_SIGNING,
    ISSUE_ISSUED,
    ISSUE_FORWARDED,
    OPINION_WAITING, /* in no issue */
    OPINION_PASSED,  /* in the draft */
    OPINION_PENDING, /* in the one that is to be signed */
    OPINION_ISSUED,
    OPINION_UNTOLD,
    OPINION_TOLD,
    DESTINATION,
};

extern const struct specimen SPECIMENS_BULLETINS[];
#endif
