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

/* For rehearsal.look: sets the bool that context points to. */
void good_note(struct db *db, void *context);

/* The first person, set and thing for which the route's specimen succeeds; false when there is
 * none. */
bool good_find(struct world *w, const struct route_entry *entry, struct good *out);

/* All that succeed; found once in a program, since finding takes longest. Fails the test when a
 * route that writes succeeds for nobody and its specimen does not say why (.never). */
const struct good *good_all(struct world *w, size_t *count);

/* Says on stderr what is wrong with one. */
void good_wrong(const struct good *g, const char *what, int status);
#endif
