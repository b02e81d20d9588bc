/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the tests of lists are shown: a small module with one list of things, its pages and its
 * rows, on an app of its own for each test. */
#ifndef HT_LIST_TESTS_THINGS_H
#define HT_LIST_TESTS_THINGS_H
#include "platform/list/list_query.h"
#include "tests/harness/test_app.h"

struct thing {
    i64 id, weight, due_on, made_at;
    bool flagship;
    str title, state, secret, sort_of;
};
extern const struct list THINGS;
extern const struct list_look THINGS_LOOK;
extern struct test_app *app;

int things_set_up(void **state);
int things_tear_down(void **state);

/* Row n of organisation org: weight n%5 or none, day or none, state by turns. */
void thing_add(i64 org, i64 n);

/* So many rows of the app's organisation and as many of another, which nobody here may see. */
void things_add(i64 count);
#endif
