/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Calls for speeches of each set, a draft, one that takes speeches and one that is over; speeches
 * of the set's person in the states in which somebody acts on them, and one of another with whom he
 * is named. */
#ifndef HT_TESTS_MATRIX_WORLD_SPEECHES_H
#define HT_TESTS_MATRIX_WORLD_SPEECHES_H
#include "tests/matrix/specimens.h"

enum {
    SPEECH_CALL_DRAFT = PART_SPEECHES * THINGS_EACH,
    SPEECH_CALL_OPEN,
    SPEECH_CALL_CLOSED,
    SPEECH_DRAFT,
    SPEECH_SUBMITTED,
    SPEECH_SPOKEN,
    SPEECH_WRITTEN,
    SPEECH_DIVERTED,
    SPEECH_NAMED
};

extern const struct specimen SPECIMENS_SPEECHES[];
#endif
