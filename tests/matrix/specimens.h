/* SPDX-License-Identifier: MulanPSL-2.0 */
/* For each route: which things its {id} can name in the world, and values that a good request
 * sends. Read by all tests of the matrix; a route that is not here fails them. The tables are in
 * specimens_<module>.c. */
#ifndef HT_TESTS_MATRIX_SPECIMENS_H
#define HT_TESTS_MATRIX_SPECIMENS_H
#include "platform/web/router.h"
#include "tests/matrix/world.h"

enum { SPECIMEN_THINGS = 16 };

/* path: without /api/v1; page and API take the same. method: 0 = every; a row for one method stands
 * before that for all. things: ended by THING_NONE, none for a path without {id}. assignment: the
 * {id} is of the thing's assignment. body, query: url-encoded, with words: $version of the thing,
 * $password, $spare (an agency without part in it), $tenure, $holding, and those that parts give
 * their things (struct thing). A table ends with a zero row.
 *
 * Reasons why a writing route may stand apart. never: it succeeds for nobody in this world.
 * unaudited: it concerns nobody but who asks, or is kept with name and time elsewhere. keyless: no
 * idempotency key counts. anew: without key each time a deed of its own. grows: why an answer
 * says what was asked for before it, so that two are not alike. */
struct specimen {
    const char *path;
    enum web_method method;
    int things[SPECIMEN_THINGS];
    bool assignment;
    const char *body, *query;
    const char *never, *unaudited, *keyless, *anew, *grows;
};

/* The i-th route of the house; NULL = there are no more. */
const struct route_entry *route_at(struct world *w, size_t i);

/* The specimen of a route, and the part whose it is; the test fails when there is none. */
const struct specimen *specimen_of(const struct route_entry *entry);
const struct part *specimen_part(const struct route_entry *entry);

/* The request for a route and a thing of a set: method, target, and the body if it writes.
 * THING_NONE for a path without {id}. */
struct rehearsal specimen_request(struct world *w, const struct route_entry *entry, int set,
                                  int thing);

/* The same, but numbers within the body are of another set than the path's. */
struct rehearsal specimen_swapped(struct world *w, const struct route_entry *entry, int set,
                                  int body_set, int thing);

/* The i-th thing of a specimen; a path without {id} has one, THING_NONE. false: no more. */
bool specimen_thing(const struct specimen *s, size_t i, int *out);
#endif
