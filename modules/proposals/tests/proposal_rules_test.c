/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of proposals as tables: who may see and change what in which state, steps by whom and from where, what must be there,
 * numbers without gaps, two savers, receipt and digest. Both engines, two organisations. */
#include "modules/proposals/tests/stage.h"

/* ---- the straight road ---- */

static void the_straight_road_ends_closed(void **state)
{
    struct stage *s = *state;
    i64 id = stage_answered(s, "A line over the bridge");
    same(load(s, id).state, "evaluating");
    same(load(s, id).class, "a");
    assert_int_equal(stage_evaluate(s, id, "satisfied"), 200);
    struct proposal p = load(s, id);
    same(p.state, "closed");
    same(p.satisfaction, "satisfied");
    assert_int_equal(p.due_on, 0);
    assert_true(p.closed_at > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_straight_road_ends_closed, stage_setup, stage_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
