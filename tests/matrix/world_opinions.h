/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Opinions of the set's member, each left in another state; an invitation to report one of
 * another's with him. */
#ifndef HT_TESTS_MATRIX_WORLD_OPINIONS_H
#define HT_TESTS_MATRIX_WORLD_OPINIONS_H
#include "tests/matrix/specimens.h"

enum {
    OPINION_DRAFT = PART_OPINIONS * THINGS_EACH,
    OPINION_SENT,
    OPINION_TAKEN,
    OPINION_KEPT,
    OPINION_FILED, /* sent, with a file */
    REPORTER_ASKED,
    OPINION_ALIKE, /* taken, as OPINION_TAKEN is */
    OPINION_EDITING,
    OPINION_SIGNING,
    OPINION_COMPOSITE, /* made by the desk, in editing */
};

extern const struct specimen SPECIMENS_OPINIONS[];
#endif
