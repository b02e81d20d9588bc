/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A letterbox for tests of anonymous forms: two forms that anybody may send, a table that keeps
 * what came and by which lane, an audit entry for each. And the sender's side: stamps read from the
 * page, proofs worked out, posts from any address. */
#ifndef HT_WEB_TESTS_BOXES_H
#define HT_WEB_TESTS_BOXES_H
#include "platform/web/anonymous.h"
#include "tests/harness/test_app.h"

extern const struct module *const BOX_MODULES[];

/* A new house with the letterbox. Each in a process has randomness of its own: the cache of
 * settings tells by random marks whether it still holds what is stored. */
struct test_app *box_house(void);

/* Rows by lane ("proved", "unproved") in the test's organisation. */
i64 box_count(struct test_app *t, const char *lane);

/* A fresh stamp of a form's page ("/boxes/new", "/boxes/other") as drawn for this address. */
str box_stamp(struct test_app *t, const char *path, const char *address);

/* A proof for a stamp; bits of each piece that the stamp asks for. */
str box_proof(struct arena *mem, str stamp);
i64 box_bits(str stamp);

/* Sends words with a stamp and a proof ("" = none) to a path from an address. */
struct box_post {
    const char *path, *address, *words;
    str stamp, proof;
};
struct test_answer box_send(struct test_app *t, const struct box_post *post);

/* A person's whole way: page, work, post; without work where proved is false. */
struct test_answer box_write(struct test_app *t, const char *address, const char *words,
                             bool proved);

/* Runs a program and waits for it: its exit status, 127 where there is none of that name. words:
 * ended by NULL. */
int box_run(const char *const *words);

/* Changes a setting of the organisation from today on. */
void box_setting(struct test_app *t, const char *name, const char *value);
#endif
