/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What tests of figures share: each number of a page is the number of records behind its link. */
#ifndef HT_DASHBOARDS_TESTS_FIGURE_LINKS_H
#define HT_DASHBOARDS_TESTS_FIGURE_LINKS_H
#include "modules/proposals/tests/desk_look.h"

/* How many links to a list the page has; each is asked under /api/v1, and a number that is not the
 * list's total fails the test, as does a page without one. */
size_t figure_links(struct desk *d, str page, const char *list);

/* A member of the answer is this text, or the test fails and says what it is. */
void figure_is(struct desk *d, const struct test_answer *a, const char *name, const char *value);
#endif
