/* SPDX-License-Identifier: MulanPSL-2.0 */
/* For each route: which things its {id} can name in the world, and values that a good request
 * sends. Read by all tests of the matrix; a route that is not here fails them. */
#ifndef HT_TESTS_MATRIX_SPECIMENS_H
#define HT_TESTS_MATRIX_SPECIMENS_H
#include "platform/web/router.h"
#include "tests/matrix/world.h"

enum { SPECIMEN_THINGS = 10 };

/* path: without /api/v1; page and API take the same. things: ended by THING_NONE, none for a path
 * without {id}. assignment: the {id} is of the thing's assignment. body, query: url-encoded, with
 * $words (specimen_fill). */
struct specimen {
    const char *path;
    enum thing things[SPECIMEN_THINGS];
    bool assignment;
    const char *body, *query;
};

/* The specimen of a route; NULL = there is none. */
const struct specimen *specimen_of(const struct route_entry *entry);

/* How many there are, and the i-th; for finding those that no route needs any more. */
size_t specimen_count(void);
const struct specimen *specimen_at(size_t i);

/* Name of a thing in tables. */
const char *thing_name(enum thing thing);

/* The request for a route and a thing of a set: method, target, and the body if it writes.
 * THING_NONE for a path without {id}. */
struct rehearsal specimen_request(struct world *w, const struct route_entry *entry, int set,
                                  enum thing thing);

/* The same, but numbers within the body are of another set than the path's. */
struct rehearsal specimen_swapped(struct world *w, const struct route_entry *entry, int set,
                                  int body_set, enum thing thing);

/* The i-th thing of a specimen; a path without {id} has one, THING_NONE. false: no more. */
bool specimen_thing(const struct specimen *s, size_t i, enum thing *out);
#endif
