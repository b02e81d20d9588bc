/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Requests that leave nothing behind: everything of a request runs as in the house, but what it
 * wrote is rolled back after the test has looked at it. So thousands of requests meet the same
 * world. */
#ifndef HT_TESTS_REHEARSE_H
#define HT_TESTS_REHEARSE_H
#include "platform/web/exchange.h"
#include "tests/harness/test_app.h"

/* The same request once more, in the same transaction behind the first: as a double click meets it.
 * look: called when the second has run without error. What came of it: done, its status, where it
 * leads, its body. */
struct again {
    void (*look)(struct db *db, void *context);
    void *context;
    bool done;
    int status;
    str location, body;
};

/* What is asked. body: url-encoded, NULL = none. token: sent in its header unless empty;
 * world_ask sends the actor's own unless forged. site: what the browser says of where the form came
 * from, NULL = "same-origin", "" = nothing. origin: value of Origin, NULL = none. host: value of
 * Host, NULL = the house's. more: further headers, ended by a zero row, NULL = none. look: called
 * in the write transaction after the handler, before everything is rolled back; NULL = none. again:
 * asked twice; NULL = once. */
struct rehearsal {
    struct test_app *t;
    struct db *read;
    enum web_method method;
    const char *target, *body, *type; /* type NULL = url-encoded */
    const char *origin, *site, *host;
    const struct http_header *more;
    str token;
    bool forged; /* by another site: world_ask adds no token */
    void (*look)(struct db *db, void *context);
    void *context;
    struct again *again;
};

/* The answer. mem holds it; to be given to reply_free. written: the handler of a write ran without
 * error. */
struct reply {
    struct arena *mem;
    int status;
    str body, location, type;
    str headers; /* "Name: value" lines, all but those that differ each time */
    bool written;
};

/* Asks as the actor set by test_as. */
struct reply rehearse(const struct rehearsal *r);

/* The same request on two connections at once, both undone. waited: the second did not go on before
 * the first had ended. second: it then did its work. False when the request does not get as far as
 * writing. Only where two may write at once (PostgreSQL). */
struct race {
    struct db *db[2]; /* for both, writing, the caller's */
    bool waited, second;
};
bool rehearse_race(const struct rehearsal *r, struct race *out);

void reply_free(struct reply *reply);

/* Class of an answer in the permission matrix: 'o' open, 'c' conflict (409: seen, but not now or
 * not by this actor), 'f' forbidden, 'n' not found, 'l' must sign in, '!' a fault of the house. */
char reply_class(const struct reply *reply);

/* Whether the body holds the text. */
bool reply_has(const struct reply *reply, const char *text);
#endif
