/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Meetings of each set, to which its member is invited: a draft, one announced, one to sign up
 * for, one of which he asks leave, one that was held, one that is settled, one at whose door he was
 * seen; and him in each. */
#ifndef HT_TESTS_MATRIX_WORLD_MEETINGS_H
#define HT_TESTS_MATRIX_WORLD_MEETINGS_H
#include "tests/matrix/specimens.h"

enum {
    MEETING_DRAFT = PART_MEETINGS * THINGS_EACH,
    MEETING_NOTIFIED,
    MEETING_VOLUNTARY,
    MEETING_LEFT,
    MEETING_HELD,
    MEETING_SETTLED,
    MEETING_TALLIED,
    INVITEE_PENDING,
    INVITEE_VOLUNTARY,
    INVITEE_LEAVING,
    INVITEE_HELD,
    INVITEE_SETTLED,
    INVITEE_TALLIED
};

extern const struct specimen SPECIMENS_MEETINGS[];
#endif
