/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Letters in the world of the matrix: of strangers, each in one state. */
#ifndef HT_TESTS_MATRIX_WORLD_MAILBOX_H
#define HT_TESTS_MATRIX_WORLD_MAILBOX_H
#include "tests/matrix/specimens.h"

enum {
    LETTER_RECEIVED = PART_MAILBOX * THINGS_EACH,
    LETTER_REPLIED,
    LETTER_EVALUATED,
    LETTER_PICTURED,
    LETTER_ASKED,
    LETTER_DISMISSED
};

extern const struct specimen SPECIMENS_MAILBOX[];
#endif
