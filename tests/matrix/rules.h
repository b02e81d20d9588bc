/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the matrix must show, derived from what is declared and written down: the route's .may, the
 * permissions of the shipped roles, whose an object is (README files of the modules, rules.md 2).
 * Nothing here calls the product's own judging. */
#ifndef HT_TESTS_MATRIX_RULES_H
#define HT_TESTS_MATRIX_RULES_H
#include "tests/matrix/specimens.h"

/* One question of the matrix. */
struct question {
    struct world *w;
    const struct route_entry *entry;
    const struct specimen *specimen;
    enum thing thing;
    enum who who;
    int set;
};

/* The class of the answer (reply_class) that the rules want. */
char rules_answer(const struct question *q);
#endif
