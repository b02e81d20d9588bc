/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Requests that succeed: for a route that writes, somebody who may and values that are good. What
 * tests of all writing routes begin with. */
#ifndef HT_TESTS_MATRIX_GOOD_H
#define HT_TESTS_MATRIX_GOOD_H
#include "tests/matrix/specimens.h"

struct good {
    const struct route_entry *entry;
    struct rehearsal r;
    enum who who;
};

/* The first person, set and thing for which the route's specimen succeeds; false when there is
 * none. */
bool good_find(struct world *w, const struct route_entry *entry, struct good *out);
#endif
