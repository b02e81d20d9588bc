/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Slow work of people without a log-in: so much for each, so much for all, and room again when
 * something is done. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "platform/base/str.h"
#include "platform/web/visitors.h"

static void each_has_a_few(void **state)
{
    struct arena *mem = arena_new(1 << 16, 0);
    struct visitors *all = visitors_new(mem, VISITORS_EACH, VISITORS_ALL, 0);
    str one = str_of("192.0.2.1"), other = str_of("192.0.2.10");
    int places[VISITORS_EACH];
    (void)state;
    for (int i = 0; i < VISITORS_EACH; i++)
        assert_true((places[i] = visitors_enter(all, one, false)) != VISITORS_NONE);
    assert_int_equal(visitors_enter(all, one, false), VISITORS_NONE);
    assert_true(visitors_enter(all, other, false) != VISITORS_NONE);
    visitors_leave(all, places[1]);
    assert_true(visitors_enter(all, one, false) != VISITORS_NONE);
    assert_int_equal(visitors_enter(all, one, false), VISITORS_NONE);
    visitors_leave(all, VISITORS_NONE);
    arena_free(mem);
}

static void all_have_so_much(void **state)
{
    struct arena *mem = arena_new(1 << 16, 0);
    struct visitors *all = visitors_new(mem, VISITORS_EACH, VISITORS_ALL, 0);
    int last = VISITORS_NONE;
    (void)state;
    for (int i = 0; i < VISITORS_ALL; i++) {
        last = visitors_enter(all, arena_printf(mem, "2001:db8:0:%d::/64", i), false);
        assert_true(last != VISITORS_NONE);
    }
    assert_int_equal(visitors_enter(all, str_of("192.0.2.1"), false), VISITORS_NONE);
    visitors_leave(all, last);
    assert_int_equal(visitors_enter(all, str_of("192.0.2.1"), false), last);
    arena_free(mem);
}

/* Of what strangers send there is less, and half of it is for who sends the first in an hour. */
static void senders_have_less(void **state)
{
    struct arena *mem = arena_new(1 << 16, 0);
    struct visitors *all = visitors_new(mem, SENDERS_EACH, SENDERS_ALL, SENDERS_KEPT);
    str one = str_of("192.0.2.0/24"), late = str_of("203.0.113.0/24");
    int place = VISITORS_NONE;
    (void)state;
    for (int i = 0; i < SENDERS_EACH; i++)
        assert_true(visitors_enter(all, one, true) != VISITORS_NONE);
    assert_int_equal(visitors_enter(all, one, true), VISITORS_NONE);
    for (int i = SENDERS_EACH; i < SENDERS_ALL - SENDERS_KEPT; i++) {
        place = visitors_enter(all, arena_printf(mem, "198.51.%d.0/24", i), false);
        assert_true(place != VISITORS_NONE);
    }
    assert_int_equal(visitors_enter(all, late, false), VISITORS_NONE);
    for (int i = 0; i < SENDERS_KEPT; i++)
        assert_true(visitors_enter(all, arena_printf(mem, "203.0.%d.0/24", i), true) !=
                    VISITORS_NONE);
    assert_int_equal(visitors_enter(all, late, true), VISITORS_NONE);
    visitors_leave(all, place);
    assert_int_equal(visitors_enter(all, late, false), VISITORS_NONE);
    assert_int_equal(visitors_enter(all, late, true), place);
    arena_free(mem);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(each_has_a_few),
                                        cmocka_unit_test(all_have_so_much),
                                        cmocka_unit_test(senders_have_less) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
