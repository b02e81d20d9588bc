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
    int thing;
    enum who who;
    int set;
};

/* The class of the answer (reply_class) that the rules want. */
char rules_answer(const struct question *q);

/* For rules_<module>.c. Last segment of the path; whether the route's permission is this one;
 * whether the asker's shipped role holds one. */
const char *rules_verb(const struct question *q);
bool rules_is_under(const struct question *q, const char *permission);
bool rules_holds(const struct question *q, const char *permission);

/* Whether the asker is the set's member as person (also as head), by his account, of the set's
 * agency. */
bool rules_is_person(const struct question *q);
bool rules_is_account(const struct question *q);
bool rules_is_agency(const struct question *q);
#endif
