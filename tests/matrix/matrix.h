/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The matrix itself: a row for each route and thing, a cell for each person and set, with the class
 * that the reviewed table (expected/<module>.tsv) wants. Asked by permission_matrix_test as the
 * house is, by mutation_test of houses with a broken rule. */
#ifndef HT_TESTS_MATRIX_MATRIX_H
#define HT_TESTS_MATRIX_MATRIX_H
#include "tests/matrix/rules.h"

#define TABLES "tests/matrix/expected"

enum { ROWS_MAX = 4000 };

/* One row: a route and a thing; answers of everybody, of as many sets as it has. wanted: '?' where
 * the table has no such row. */
struct row {
    const struct route_entry *entry;
    const struct specimen *specimen;
    const struct part *part;
    int thing, sets;
    const char *may; /* the route's permission as it is declared */
    char name[200];
    char wanted[WHOS][SETS + 1];
};

struct matrix {
    struct world *w;
    struct row rows[ROWS_MAX];
    size_t count;
    str tables[PARTS_END]; /* as they were reviewed */
};

/* The rows of all routes of the world's house; freed with free(). */
struct matrix *matrix_new(struct world *w);

/* Reads the tables and what they want of each row; run from the root of the repository. */
void matrix_read(struct matrix *m);

/* Number of a part among the tables. */
int matrix_place(const struct part *part);

/* Asks for the row's thing of a set as somebody; to be given to reply_free. */
struct reply matrix_ask(struct matrix *m, const struct row *row, enum who who, int set);

/* Whether the route has a permission: it is neither public nor of all who are signed in. */
bool matrix_asks_permission(const struct row *row);

/* Somebody who is the first set's member and of its agency and holds every permission of the house
 * for the whole organisation. */
struct actor matrix_all(struct matrix *m);

/* Asks for the first set's thing as somebody who holds all permissions but one (NULL = all). */
struct reply matrix_ask_all_but(struct matrix *m, const struct row *row, const char *permission);

/* Whether the route is for what members or agencies do with their own things: only their roles hold
 * its permission. */
bool matrix_is_for_own(const struct row *row);

/* Asks for the second set's thing as somebody of the first set who holds all permissions. */
struct reply matrix_ask_as_stranger(struct matrix *m, const struct row *row);
#endif
