/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What tests of the mailbox stand on: a city with a county that has a cppcc of its own, staff of
 * both, and a stranger in front of the public pages: stamps, work, posts from any address. The
 * clock begins on Wednesday 2026-11-25, 09:00. */
#ifndef HT_MAILBOX_TESTS_MAILBOX_H
#define HT_MAILBOX_TESTS_MAILBOX_H
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "modules/mailbox/letter_rules.h"
#include "platform/base/str.h"
#include "platform/web/tests/boxes.h"
#include "tests/harness/test_err.h"

#define BOX_HERE "203.0.113.77"

struct house {
    struct test_app *t;
    i64 city, county; /* organisations */
};

int house_setup(void **state);
int house_teardown(void **state);

/* Staff of the city; of the county. */
void house_as_staff(struct house *h);
void house_as_county(struct house *h);

/* A stranger sends fields (url-encoded, without stamp) to a page, from an address, with or without
 * the browser's work. */
struct stranger {
    const char *path, *address, *body;
    bool plain; /* without a script */
};
struct test_answer house_send(struct house *h, const struct stranger *s);

/* A letter about the village in the city's own district with more fields; gives its digits. */
str house_write(struct house *h, const char *more);

/* The digits that a page shows, empty = none. */
str house_digits(struct house *h, const struct test_answer *a);

/* Follows with digits and more fields ("&act=add&text=x"). */
struct test_answer house_follow(struct house *h, str digits, const char *more);

/* The newest letter of the present organisation; a step of staff with JSON. */
i64 house_newest(struct house *h);
struct test_answer house_step(struct house *h, i64 id, const char *verb, const char *json);

/* A number that a statement gives. */
i64 house_number(struct house *h, struct sql sql);
#endif
