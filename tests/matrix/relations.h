/* SPDX-License-Identifier: MulanPSL-2.0 */
/* People who stand in a special relation to a case (another agency of it, one from which it was
 * taken, a delegate, who has left …) and the cases that they meet, beside the world of the matrix.
 * Unlike there each person has a true log-in, so that holdings, delegations and membership are read
 * from their rows. What they may: relations_test.c. */
#ifndef HT_TESTS_MATRIX_RELATIONS_H
#define HT_TESTS_MATRIX_RELATIONS_H
#include "tests/matrix/world.h"

/* One question: a person asks for a target in which {name} is the number of a thing; body: JSON
 * without its outer brackets, to which the thing's version is added. wanted: 'o' done, 'v' faults
 * in what was sent (422), else as reply_class. */
struct relation_row {
    const char *who;
    enum web_method method;
    const char *target, *body;
    char wanted;
};

/* cmocka's group set-up and teardown; the state is the world. */
int relations_setup(void **state);
int relations_teardown(void **state);

/* Asks all rows, ended by a zero row; each is undone. Fails with those that were answered
 * otherwise. */
void relations_ask(struct world *w, const struct relation_row *rows);

/* One question by a route as it is declared ("/claims/{id}/edit"), with what its specimen sends.
 * The {id} is a thing of the world's first set, of the second where other is set; THING_NONE
 * without. */
struct relation_way {
    const char *who;
    enum web_method method;
    const char *path;
    int thing;
    char wanted;
    bool other;
};

/* The same for ways. */
void relations_ask_ways(struct world *w, const struct relation_way *ways);

/* Answer of one GET; to be freed. */
struct reply relations_get(struct world *w, const char *who, const char *target);

/* Number of a thing by its name. */
i64 relations_number(const char *name);
#endif
