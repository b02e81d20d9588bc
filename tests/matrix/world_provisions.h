/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Buses and meals of each set: a draft for the meeting to sign up for; one published for the
 * meeting that is announced, with a bus, which nobody has answered yet; one closed for the meeting
 * of which leave is asked, with the answer of the set's person. */
#ifndef HT_TESTS_MATRIX_WORLD_PROVISIONS_H
#define HT_TESTS_MATRIX_WORLD_PROVISIONS_H
#include "tests/matrix/specimens.h"

enum {
    PROVISION_DRAFT = PART_PROVISIONS * THINGS_EACH,
    PROVISION_OUT,
    PROVISION_CLOSED,
    PROVISION_BUS
};

extern const struct specimen SPECIMENS_PROVISIONS[];
#endif
