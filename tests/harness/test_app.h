/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A whole house in a test: given modules on a fresh database, fixed clock, seeded randomness, and a
 * browser that asks it in process, through router, forms and lanes but without socket or thread.
 * What every test of pages and API uses.
 *
 *     struct test_app *t = test_app_new(MODULES_OF_TEST);
 *     test_as_role(t, "staff");
 *     struct test_answer a = test_post(t, "/notices", "title", "x", NULL);
 *     assert_int_equal(a.status, 303);
 *     a = test_get(t, "/notices");
 *     assert_true(test_has(&a, "x"));
 */
#ifndef HT_TESTS_TEST_APP_H
#define HT_TESTS_TEST_APP_H
#include "platform/app.h"
#include "platform/web/web.h"

enum { TEST_HEADERS_MAX = 40 };

/* 2026-11-25 09:00 in China, a Wednesday. */
#define TEST_NOW_MS INT64_C(1795568400000)

struct test_app {
    struct arena *mem; /* lives as long as the test app; answers are in it */
    struct app app;    /* move the clock by app.clock.fixed_ms */
    /* a writing connection for setting up rows and looking at them; bound to organisation `org` */
    struct db *db;
    i64 org; /* 1 */
    struct test_browser *browser;
};

/* modules: ended by NULL, with everything that they need. Stops the test program when anything
 * fails. */
struct test_app *test_app_new(const struct module *const *modules);
void test_app_free(struct test_app *t);

/* ---- who asks ---- */

/* Nobody; cookies are forgotten. */
void test_as_nobody(struct test_app *t);

/* A person invented on the spot who holds what the modules declare for these roles (space-
 * separated) in scope organisation; account 100, person 200, organisation t->org. The result may
 * be changed until the next call. */
struct actor *test_as_role(struct test_app *t, const char *roles);

/* Exactly this actor from now on. permission, scope: sets one permission of an actor. */
struct actor *test_as(struct test_app *t, const struct actor *actor);
void test_may(struct actor *actor, const char *permission, enum scope scope);

/* Back to the true log-in: cookies and bearer tokens are looked up by platform/access. */
void test_as_cookie(struct test_app *t);

/* ---- asking ---- */

struct test_header {
    str name, value;
};
struct test_answer {
    int status;
    str body;
    str location; /* of a redirect, else empty */
    str type;
    struct test_header headers[TEST_HEADERS_MAX];
    size_t header_count;
};

struct test_answer test_get(struct test_app *t, const char *path);

/* A form: name, value, … NULL. Sent url-encoded with the CSRF token of the present actor. */
struct test_answer test_post(struct test_app *t, const char *path, ...) __attribute__((sentinel));

/* The API: JSON in (NULL = none) and out, with the CSRF token in its header. */
struct test_answer test_api(struct test_app *t, enum web_method method, const char *path,
                            const char *json);

/* A step's JSON with the version that its program has read; as it is when it names one. */
const char *test_versioned(struct test_app *t, const char *json, i64 version);

/* Any request: what is empty is left out. Nothing is added by itself. */
struct test_request {
    const char *method, *target;
    struct test_header headers[16];
    size_t header_count;
    str body;
    const char *peer; /* NULL = 127.0.0.1 */
};
void test_header(struct test_request *rq, const char *name, str value);
struct test_answer test_ask(struct test_app *t, const struct test_request *rq);

/* A form with files (multipart): fields as in test_post; then call with the same boundary. Files
 * end with a zero row. */
struct test_file {
    const char *field, *name;
    str bytes;
};
struct test_answer test_upload(struct test_app *t, const char *path, const struct test_file *files,
                               ...) __attribute__((sentinel));

/* Token for forms of the present actor; value of the browser's cookie, empty if it has none. */
str test_csrf(struct test_app *t);
str test_cookie(const struct test_app *t, const char *name);

/* ---- looking at answers ---- */

/* Whether the body holds the text. */
bool test_has(const struct test_answer *a, const char *text);

/* A header's value, empty if absent. name as sent. */
str test_header_of(const struct test_answer *a, const char *name);

/* The page's words without tags, entities decoded, white space folded. */
str test_words(struct test_app *t, const struct test_answer *a);

/* The href of the link whose words are or begin with `words`, empty if there is none. */
str test_link(struct test_app *t, const struct test_answer *a, const char *words);

/* Value of a field as it stands in the page (input, textarea, chosen option), decoded; empty if
 * absent. And whether there is a field of that name. */
str test_field(struct test_app *t, const struct test_answer *a, const char *name);
bool test_has_field(struct test_app *t, const struct test_answer *a, const char *name);

/* Whether the page has a form that posts to this path. */
bool test_has_form(const struct test_answer *a, const char *path);

/* A member of a JSON answer by a path such as "items.0.title" or "errors.0.code": its text,
 * number or "true"/"false"; empty if there is none. */
str test_json(struct test_app *t, const struct test_answer *a, const char *path);

/* ---- within the house ---- */

/* A request of the house itself for t->org in memory of the test app, for calling rules and
 * stores directly on t->db. */
struct rq test_system_rq(struct test_app *t);

/* A list to import, read whole; fails the test where it cannot. As long as the test app. */
const struct sheet_spool *test_list(struct test_app *t, const char *path);

/* Runs fn in a write transaction as a request of the house itself. */
err test_write(struct test_app *t, err (*fn)(struct rq *rq, void *context), void *context);
#endif
