/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Groups by average link, from pairs with known degrees. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "modules/mergers/merger_groups.h"
#include "platform/base/arena.h"
#include "platform/base/buf.h"
#include "platform/base/str.h"

static int setup(void **state)
{
    *state = arena_new(8 << 20, 0);
    return 0;
}

static int teardown(void **state)
{
    arena_free(*state);
    return 0;
}

/* "0 1 4|2 3": members of each group in its order. */
static str grouped(struct arena *mem, const struct text_pair *pairs, size_t count, i64 least)
{
    struct buf *b = buf_new(mem, 1000);
    struct rows rows = { (void *)(uintptr_t)pairs, 0, sizeof *pairs }, out;
    const struct merger_limits limits = { least, 3 };
    while (pairs[rows.count].degree)
        rows.count++;
    merger_groups(mem, &rows, count, &limits, &out);
    const struct merger_group *groups = out.items;
    for (size_t i = 0; i < out.count; i++) {
        buf_put(b, i ? "|" : "");
        for (size_t k = 0; k < groups[i].count; k++)
            buf_printf(b, k ? " %zu" : "%zu", groups[i].members[k]);
        buf_printf(b, "=%lld", (long long)groups[i].mean);
    }
    return buf_str(b);
}

static void groups_follow_the_mean_of_all_their_pairs(void **state)
{
    static const struct {
        struct text_pair pairs[8];
        i64 least;
        const char *wanted;
    } CASES[] = {
        { { { 0 } }, 100, "" },
        /* one pair above the limit, one below it */
        { { { 0, 1, 200 }, { 2, 3, 90 } }, 100, "0 1=200" },
        /* a chain: 2 is like 1 alone, (0 + 190) / 2 = 95 < 100; and then it is not */
        { { { 0, 1, 200 }, { 1, 2, 190 } }, 100, "0 1=200" },
        { { { 0, 1, 200 }, { 1, 2, 190 } }, 95, "0 1 2=130" }, /* (200 + 0 + 190) / 3 */
        /* below the limit alone, above it together with the rest: (150 + 80) / 2 = 115 */
        { { { 0, 1, 200 }, { 0, 2, 80 }, { 1, 2, 150 } }, 100, "0 1 2=143" },
        /* the best first; what is equal in order of the texts */
        { { { 0, 1, 150 }, { 2, 3, 300 }, { 4, 5, 150 } }, 100, "2 3=300|0 1=150|4 5=150" },
        /* no more than three together */
        { { { 0, 1, 400 },
            { 0, 2, 400 },
            { 0, 3, 400 },
            { 1, 2, 400 },
            { 1, 3, 400 },
            { 2, 3, 400 } },
          100,
          "0 1 2=400" },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        str got = grouped(*state, CASES[i].pairs, 6, CASES[i].least);
        if (!str_is(got, CASES[i].wanted))
            fail_msg("case %zu: %.*s, wanted %s", i, (int)got.len, got.ptr, CASES[i].wanted);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(groups_follow_the_mean_of_all_their_pairs, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
