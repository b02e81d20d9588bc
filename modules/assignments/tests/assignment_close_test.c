/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Whose word a matter waits for before it can be closed (rules.md 12.1: all co-signers, or the rule
 * of the site), and what happens when a form does not come back. Delivered on Wednesday 2026-11-25,
 * forms are due in 15 working days, on 2026-12-16. */
#include "modules/assignments/assignment_pages.h"
#include "modules/assignments/tests/hall.h"
#include "modules/evaluations/evaluation_pages.h"

static void whose_word_it_takes(void **state)
{
    struct hall *h = *state;
    static const struct {
        const char *rule, *lead, *second, *day, *stand;
    } CASES[] = {
        { "all", "satisfied", NULL, "2026-12-17", "replied" },
        { "all", "satisfied", "fair", "2026-11-25", "evaluated_well" },
        { "all", "satisfied", "dissatisfied", "2026-11-25", "evaluated_badly" },
        { "lead", "satisfied", NULL, "2026-11-25", "evaluated_well" },
        { "lead", NULL, "satisfied", "2026-12-17", "replied" },
        { "lead", "satisfied", "dissatisfied", "2026-11-25", "evaluated_well" },
        { "answered", "satisfied", NULL, "2026-12-16", "replied" },
        { "answered", "satisfied", NULL, "2026-12-17", "evaluated_well" },
        { "answered", NULL, "dissatisfied", "2026-12-17", "evaluated_badly" },
        { "answered", NULL, NULL, "2026-12-17", "replied" }, /* somebody's word it takes */
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        i64 made[AGENCIES] = { 0 }, n = (i64)i;
        on_day(h, "2026-11-25");
        set(h, "assignments.close_rule", CASES[i].rule);
        assert_int_equal(hand_out(h, &(struct handing){ n, "s", 2, 0 }, made).code, ERR_NONE);
        answer(h, made[0], 0);
        if (CASES[i].lead)
            assert_int_equal(evaluate(h, made[0], 301, CASES[i].lead), 200);
        if (CASES[i].second)
            assert_int_equal(evaluate(h, made[0], 302, CASES[i].second), 200);
        on_day(h, CASES[i].day);
        if (!str_is(outcome_of(h, n).stand, CASES[i].stand))
            fail_msg("case %zu: %.*s", i, (int)outcome_of(h, n).stand.len,
                     outcome_of(h, n).stand.ptr);
    }
}

static err warn(struct rq *rq, void *context)
{
    bool again = false;
    (void)context;
    TRY(job_assignment_warn(rq, &again));
    return job_evaluation_remind(rq, &again);
}

/* The matter's module hears of it once for each form, and not before its day has passed. */
static void a_form_that_does_not_come_is_told_once(void **state)
{
    struct hall *h = *state;
    static const struct {
        const char *day;
        i64 heard;
    } DAYS[] = { { "2026-12-16", 0 }, { "2026-12-17", 1 }, { "2026-12-18", 1 } };
    i64 made[AGENCIES] = { 0 };
    assert_int_equal(hand_out(h, &(struct handing){ 0, "s", 2, 0 }, made).code, ERR_NONE);
    answer(h, made[0], 0);
    assert_int_equal(evaluate(h, made[0], 301, "satisfied"), 200);
    for (size_t i = 0; i < sizeof DAYS / sizeof *DAYS; i++) {
        on_day(h, DAYS[i].day);
        assert_int_equal(test_write(h->t, warn, NULL).code, ERR_NONE);
        assert_int_equal(heard("assignments.evaluation_late"), DAYS[i].heard);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        { "whose_word_it_takes", whose_word_it_takes, hall_setup, hall_teardown, NULL },
        { "a_form_that_does_not_come_is_told_once", a_form_that_does_not_come_is_told_once,
          hall_setup, hall_teardown, NULL },
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
