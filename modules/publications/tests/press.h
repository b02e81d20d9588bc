/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What tests of publications share, on the desk of proposals: the publisher, the public, steps. */
#ifndef HT_PUBLICATIONS_TESTS_PRESS_H
#define HT_PUBLICATIONS_TESTS_PRESS_H
#include "modules/proposals/tests/desk.h"
#include "modules/proposals/tests/desk_look.h"
#include "modules/publications/publication_store.h"

void press_as_publisher(struct desk *d);

/* The publication of a proposal; id 0 = there is none. */
struct publication press_of(struct desk *d, i64 proposal_id);

/* A step by the API as the actor now is; the answer's status. */
int press_act(struct desk *d, i64 id, const char *verb, const char *json);

/* Published by the publisher. Gives the publication's id. */
i64 press_published(struct desk *d, i64 proposal_id);

/* Status of its public page, asked by nobody; whether the public list has it. */
int press_seen(struct desk *d, i64 id);
bool press_listed(struct desk *d, i64 id);

/* Nobody's GET. */
struct test_answer press_ask(struct desk *d, const char *path);
struct test_answer press_page(struct desk *d, i64 id, const char *after);

/* A submitted proposal with two suggestions and consent, signed by these names in order (NULL ends
 * them): those of the desk's members are theirs. */
i64 press_joint(struct desk *d, const char *title, const char *const *names);
#endif
