/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Of each set a letter that waits to be handed out, one that the office has answered, one that
 * others may run along with, and one that the set's agency handles and of which it sees a photo. */
#ifndef HT_TESTS_MATRIX_WORLD_HANDLINGS_H
#define HT_TESTS_MATRIX_WORLD_HANDLINGS_H
#include "tests/matrix/specimens.h"

enum {
    HANDLING_SORTED = PART_HANDLINGS * THINGS_EACH,
    HANDLING_ANSWERED,
    HANDLING_LEAD,
    HANDLING_SHOWN,
    HANDLING_PICTURE
};

extern const struct specimen SPECIMENS_HANDLINGS[];
#endif
