/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A house with one cppcc in its sixth term, three committees and two sectors, and a second, empty
 * cppcc: for the tests of this module. Included by each of them once. */
#ifndef HT_MEMBERS_TESTS_HOUSE_H
#define HT_MEMBERS_TESTS_HOUSE_H
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "modules/members/member.h"
#include "modules/orgs/org.h"
#include "platform/base/str.h"
#include "tests/harness/test_app.h"
#include "tests/harness/test_err.h"

extern struct test_app *house;
extern i64 committees[3];

/* One module more, before house_open; may be called several times. */
void house_with(const struct module *module);

/* cmocka group set-up and tear-down. */
int house_open(void **state);
int house_close(void **state);

/* A serving member of the education sector since 2026-03-01 with telephone 13712345678. */
i64 add_member(const char *name);

/* How a member stands now; how many members have a name. */
struct member member_of(i64 id);
i64 count_of(str name);
#endif
