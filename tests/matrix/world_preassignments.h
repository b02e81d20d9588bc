/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Lines of the set's agency, which is asked or objects; a proposal of which all is agreed; a
 * meeting of the organisation. The house of the matrix hands out on trial. */
#ifndef HT_TESTS_MATRIX_WORLD_PREASSIGNMENTS_H
#define HT_TESTS_MATRIX_WORLD_PREASSIGNMENTS_H
#include "tests/matrix/specimens.h"

enum {
    LINE_ASKED = PART_PREASSIGNMENTS * THINGS_EACH,
    LINE_OBJECTED,
    ALL_AGREED,  /* the proposal */
    MEETING_SET, /* a draft */
    SITTING      /* the set's session, for bodies */
};

extern const struct specimen SPECIMENS_PREASSIGNMENTS[];
#endif
