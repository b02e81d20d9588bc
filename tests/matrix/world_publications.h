/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Publications in the world: of what the set's member has written, prepared, published with a
 * public reply, and taken down; and a proposal that he signs beside its lead. */
#ifndef HT_TESTS_MATRIX_WORLD_PUBLICATIONS_H
#define HT_TESTS_MATRIX_WORLD_PUBLICATIONS_H
#include "tests/matrix/specimens.h"

enum {
    COPY_PREPARED = PART_PUBLICATIONS * THINGS_EACH, /* publications */
    COPY_PUBLISHED,
    COPY_RETRACTED,
    JOINT,    /* proposal of the one without account, signed by the set's member, docketed */
    OBJECTED, /* the same, and he objects */
};

extern const struct specimen SPECIMENS_PUBLICATIONS[];
#endif
