/* SPDX-License-Identifier: MulanPSL-2.0 */
/* For whom the list of evaluation forms is blind (README of assignments, "Blind"): who works for
 * the agency that answered, whatever else he is, and who hands out. */
#include "modules/proposals/tests/desk.h"

static void the_forms_are_for_who_may_read_verdicts(void **state)
{
    static const char *const PATHS[] = { "/evaluations", "/evaluations.csv", "/evaluations.xlsx",
                                         "/api/v1/evaluations" };
    struct desk *d = *state;
    i64 id = desk_answered(d, "A light at the crossing");
    assert_int_equal(desk_evaluate(d, id, "dissatisfied"), 200);
    desk_as_reviewer(d);
    struct test_answer a = test_get(d->t, "/api/v1/evaluations");
    desk_same(test_json(d->t, &a, "total"), "1");
    desk_same(test_json(d->t, &a, "items.0.person_name"), "Li");
    a = test_get(d->t, "/evaluations.csv");
    assert_true(desk_has(&a, "A light at the crossing"));
    d->actor->agency_id = d->agency[0]; /* its own answer */
    a = test_get(d->t, "/api/v1/evaluations");
    desk_same(test_json(d->t, &a, "total"), "0");
    a = test_get(d->t, "/evaluations.csv");
    assert_false(desk_has(&a, "A light at the crossing"));
    desk_as_dispatcher(d); /* of the same government as the agencies */
    for (size_t i = 0; i < sizeof PATHS / sizeof *PATHS; i++)
        assert_int_equal(test_get(d->t, PATHS[i]).status, 403);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_forms_are_for_who_may_read_verdicts, desk_setup,
                                        desk_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
