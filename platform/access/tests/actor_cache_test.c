/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Kept actors and noted uses as tables: what is fresh, what is overwritten, what is handed out. No
 * database. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "platform/access/actor_cache.h"
#include "platform/base/str.h"

enum { SLOTS = 8192, MINUTE = 60000 };
static struct arena *mem;

static int set_up(void **state)
{
    (void)state;
    mem = arena_new(64 << 20, 0);
    actor_cache_clear();
    seen_clear();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    actor_cache_clear();
    seen_clear();
    arena_free(mem);
    return 0;
}

static str key_of(int i)
{
    return arena_printf(mem, "key%d", i);
}

static void an_actor_is_kept_for_less_than_a_second_of_the_clock(void **state)
{
    (void)state;
    i64 committees[] = { 4, 5 };
    struct actor out,
        in = { .account_id = 7, .name = str_of("Zhang"), .committees = { committees, 2 } };
    assert_false(actor_cache_find(str_of("k"), 5000, mem, &out));
    actor_cache_keep(str_of("k"), 5000, &in);
    in.account_id = 8;
    committees[0] = 9; /* it is a copy */
    assert_true(actor_cache_find(str_of("k"), 5000, mem, &out));
    assert_int_equal(out.account_id, 7);
    assert_true(str_is(out.name, "Zhang"));
    assert_int_equal(out.committees.count, 2);
    assert_int_equal(out.committees.items[0], 4);
    assert_true(actor_cache_find(str_of("k"), 5999, mem, &out));
    assert_false(actor_cache_find(str_of("k"), 6000, mem, &out));
    assert_false(actor_cache_find(str_of("k"), 4999, mem, &out)); /* the clock went back */
    actor_cache_clear();
    assert_false(actor_cache_find(str_of("k"), 5000, mem, &out));
}

static void one_key_never_gives_anothers_actor(void **state)
{
    (void)state;
    enum { KEYS = 5000 };
    int found = 0;
    for (int i = 0; i < KEYS; i++)
        actor_cache_keep(key_of(i), 1, &(struct actor){ .account_id = i });
    for (int i = 0; i < KEYS; i++) {
        struct actor out;
        if (!actor_cache_find(key_of(i), 1, mem, &out))
            continue; /* its slot was taken by a later one */
        assert_int_equal(out.account_id, i);
        found++;
    }
    assert_true(found > 0 && found < KEYS);
}

static void an_actor_too_large_is_not_kept(void **state)
{
    (void)state;
    struct actor out, in = { .committees = { arena_array(mem, 5000, sizeof(i64)), 5000 } };
    actor_cache_keep(str_of("k"), 1, &in);
    assert_false(actor_cache_find(str_of("k"), 1, mem, &out));
}

static struct seen use_of(i64 login_id, i64 at)
{
    return (struct seen){ .org_id = 1, .login_id = login_id, .seen_at = at };
}

static void note(struct seen seen)
{
    seen_note(&seen);
}

static i64 found(struct seen seen)
{
    return seen_find(&seen);
}

static void uses_go_forward_and_are_apart_by_kind_and_organisation(void **state)
{
    (void)state;
    struct seen token = use_of(7, 300), elsewhere = use_of(7, 400);
    token.token = true;
    elsewhere.org_id = 2;
    note(use_of(7, 200));
    note(use_of(7, 100));
    note(token);
    note(elsewhere);
    assert_int_equal(found(use_of(7, 0)), 200);
    assert_int_equal(found(token), 300);
    assert_int_equal(found(elsewhere), 400);
    assert_int_equal(found(use_of(8, 0)), 0);
}

static void uses_are_handed_out_by_the_minute_and_no_more_than_asked(void **state)
{
    (void)state;
    struct seen out[4];
    for (i64 id = 1; id <= 6; id++)
        note(use_of(id, 10 * MINUTE));
    assert_int_equal(seen_take(out, 4), 4);
    assert_int_equal(seen_take(out, 4), 2);
    assert_int_equal(seen_take(out, 4), 0);
    note(use_of(3, 11 * MINUTE));
    assert_int_equal(seen_take(out, 4), 0);
    note(use_of(3, 11 * MINUTE + 1));
    assert_int_equal(seen_take(out, 4), 1);
    assert_int_equal(out[0].login_id, 3);
    assert_int_equal(out[0].seen_at, 11 * MINUTE + 1);
}

static void a_full_table_drops_new_ones_and_gives_way_once_written(void **state)
{
    (void)state;
    struct seen *out = arena_array(mem, SLOTS * 2, sizeof *out);
    for (i64 id = 1; id <= SLOTS * 2; id++)
        note(use_of(id, 10 * MINUTE));
    size_t count = seen_take(out, SLOTS * 2);
    assert_true(count > SLOTS / 4 && count <= SLOTS);
    i64 late = 1000000;
    note(use_of(late, 20 * MINUTE));
    assert_int_equal(found(use_of(late, 0)), 20 * MINUTE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_actor_is_kept_for_less_than_a_second_of_the_clock,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_key_never_gives_anothers_actor, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_actor_too_large_is_not_kept, set_up, tear_down),
        cmocka_unit_test_setup_teardown(uses_go_forward_and_are_apart_by_kind_and_organisation,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(uses_are_handed_out_by_the_minute_and_no_more_than_asked,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_full_table_drops_new_ones_and_gives_way_once_written,
                                        set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
