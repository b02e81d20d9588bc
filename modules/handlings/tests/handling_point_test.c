/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Whether handing out begins with showing the point of a letter to its unit: decisions as a table.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "modules/handlings/handling_rules.h"
#include "platform/base/str.h"

/* README, "The point". */
static void handing_out_begins_with_what_tells_least(void **state)
{
    static const struct {
        const char *kind, *category, *by;
        bool suggested;
    } CASES[] = {
        { "concern", "roads", "typed", true },     { "concern", "roads", "phone", false },
        { "complaint", "roads", "typed", false },  { "idea", "environment", "typed", true },
        { "concern", "conduct", "typed", false },  { "concern", "", "typed", false },
        { "concern", "utilities", "typed", true }, { "concern", "housing", "typed", false },
        { "concern", "transport", "typed", true },
    };
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        const struct letter l = { .kind = str_of(CASES[i].kind),
                                  .category = str_of(CASES[i].category),
                                  .point_by = str_of(CASES[i].by),
                                  .point = str_of("23.88424,100.08612") };
        if (handling_suggests_point(&l) != CASES[i].suggested)
            fail_msg("case %zu", i);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(handing_out_begins_with_what_tells_least),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
