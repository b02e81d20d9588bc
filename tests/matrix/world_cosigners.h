/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Signing together in the world: a draft of the set's member with the one without account on its
 * list, the same sent out, and invitations of the set's member to what staff write for that one. */
#ifndef HT_TESTS_MATRIX_WORLD_COSIGNERS_H
#define HT_TESTS_MATRIX_WORLD_COSIGNERS_H
#include "tests/matrix/specimens.h"

enum {
    LISTED = PART_COSIGNERS * THINGS_EACH, /* proposal: draft with a name on its list */
    LISTED_NAME,                           /* that name */
    COSIGNING,                             /* proposal: sent out, not answered */
    INVITED,                               /* invitation of the set's member */
    DECLINED,                              /* the same, declined */
    ENDORSABLE,                            /* proposal of the one without account: docketed */
    ENDORSED,                              /* the same, supported by the set's member */
    GROUP_DRAFT,   /* proposal in a group's name: draft of staff; the one without account wrote it,
                      the   set's member took part */
    GROUP_DRAFTER, /* that one who took part */
    GROUP_SENT,    /* the like, handed in; the set's member wrote it */
};

extern const struct specimen SPECIMENS_COSIGNERS[];
#endif
