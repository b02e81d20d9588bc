/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Reports of each set's member: one that he writes, one that came back, one that he handed in; and
 * the call of the last. */
#ifndef HT_TESTS_MATRIX_WORLD_STATEMENTS_H
#define HT_TESTS_MATRIX_WORLD_STATEMENTS_H
#include "tests/matrix/specimens.h"

enum {
    STATEMENT_DRAFT = PART_STATEMENTS * THINGS_EACH,
    STATEMENT_BACK,
    STATEMENT_SENT,
    STATEMENT_CALL
};

extern const struct specimen SPECIMENS_STATEMENTS[];
#endif
