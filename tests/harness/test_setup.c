/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Start of a test app (test_setup.h), in the order of server/start.c. */
#include "tests/harness/test_setup.h"

#include <stdlib.h>

#include "platform/access/login.h"

void test_setup_before(struct arena *mem)
{
    (void)mem;
    test_fakes();
}

void test_setup_after(struct test_app *t)
{
    if (access_start(&t->app).code != ERR_NONE)
        abort();
}
