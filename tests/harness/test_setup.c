/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Start of a test app (test_setup.h), in the order of server/start.c. */
#include "tests/harness/test_setup.h"

#include <stdio.h>
#include <stdlib.h>

#include "platform/access/login.h"
#include "platform/access/role.h"
#include "platform/base/str.h"

void test_setup_before(struct arena *mem)
{
    (void)mem;
}

/* Two organisations, so that every test can look whether it sees the other one. */
static err found(struct test_app *t)
{
    TRY(access_start(&t->app));
    TRY(db_begin(t->db));
    TRY(access_found(&t->app, t->db, t->org, str_of("Test"), 1));
    TRY(access_found(&t->app, t->db, t->org + 1, str_of("Other"), 2));
    return db_commit(t->db);
}

void test_setup_after(struct test_app *t)
{
    err e = found(t);
    if (e.code == ERR_NONE)
        return;
    fprintf(stderr, "test_setup: %s %.*s %.*s\n", e.name, (int)e.arg[0].len, e.arg[0].ptr,
            (int)e.arg[1].len, e.arg[1].ptr);
    abort();
}
