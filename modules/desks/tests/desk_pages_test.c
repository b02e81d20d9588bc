/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The agency's inbox by urgency, and what it learns of verdicts: sums of at least five of closed
 * ones. What waits for the dispatcher: modules/assignments/tests/assignment_requests_test.c. */
#include <stdio.h>

#include "modules/assignments/tests/hall.h"
#include "platform/base/str.h"

/* One of each urgency: new, late, soon, in hand, waiting for the leader, answered. Warned 10
 * working days ahead. */
static void the_inbox_is_grouped_by_urgency(void **state)
{
    struct hall *h = *state;
    static const struct {
        const char *due;
        enum { NEW, TAKEN, DRAFTED, ANSWERED } how;
    } CASES[] = { { "2027-06-30", NEW },   { "2026-12-01", TAKEN },   { "2026-12-15", TAKEN },
                  { "2027-06-30", TAKEN }, { "2027-06-30", DRAFTED }, { "2027-06-30", ANSWERED } };
    for (size_t i = 0; i < 6; i++) {
        i64 made[AGENCIES] = { 0 };
        struct handing handing = { (i64)i, "s", 1, day(CASES[i].due) };
        assert_int_equal(hand_out(h, &handing, made).code, ERR_NONE);
        as_operator(h, 0);
        if (CASES[i].how == TAKEN)
            assert_int_equal(act(h, made[0], "accept", NULL), 200);
        if (CASES[i].how == DRAFTED)
            draft(h, made[0], 0);
        if (CASES[i].how == ANSWERED)
            answer(h, made[0], 0);
    }
    on_day(h, "2026-12-02");
    as_operator(h, 0);
    struct test_answer a = test_get(h->t, "/assignments");
    static const char *const GROUPS[] = {
        "未签收 <span class=\"n\">1</span>", "逾期 <span class=\"n\">1</span>",
        "将到期 <span class=\"n\">1</span>", "办理中 <span class=\"n\">1</span>",
        "待审 <span class=\"n\">1</span>",   "已答复 <span class=\"n\">1</span>"
    };
    for (size_t i = 0; i < 6; i++)
        shows(h, a, GROUPS[i]);
    shows(h, a, "Roads");
    as_operator(h, 1);
    a = test_get(h->t, "/assignments");
    shows(h, a, "没有承办件");
    hides(a, "A safe road");
}

/* Of an answer in the house: whom it waits for; what is signed and held does not run any more. */
static void a_held_answer_is_not_shown_as_running(void **state)
{
    struct hall *h = *state;
    set(h, "assignments.vet_replies", "1");
    set(h, "assignments.examine_replies", "1");
    i64 id = hand_out_one(h);
    draft(h, id, 0);
    as_operator(h, 0);
    struct test_answer a = test_get(h->t, "/assignments");
    shows(h, a, "待审 <span class=\"n\">1</span>");
    shows(h, a, "待核稿</span>");
    as_leader(h, 0);
    assert_int_equal(act(h, id, "vet", "{}"), 200);
    as_operator(h, 0);
    shows(h, test_get(h->t, "/assignments"), "待签发</span>");
    as_leader(h, 0);
    assert_int_equal(act(h, id, "sign", "{\"signer\":\"Li\"}"), 200);
    on_day(h, "2027-12-01");
    as_operator(h, 0);
    a = test_get(h->t, "/assignments");
    shows(h, a, "交办方审核 <span class=\"n\">1</span>");
    shows(h, a, "交办方审核中</span>");
    hides(a, "due late");
    hides(a, "待审 <span");
}

/* Three matters with three signers each: 3 are too few, 6 give one group of five, 9 still one,
 * 10 two. */
static void closed_ones_are_summed_by_fives(void **state)
{
    struct hall *h = *state;
    static const char *const GIVEN[] = { "0", "5", "5" };
    struct test_answer a;
    for (i64 n = 0; n < 3; n++) {
        i64 made[AGENCIES] = { 0 };
        assert_int_equal(hand_out(h, &(struct handing){ n, "s", 3, 0 }, made).code, ERR_NONE);
        answer(h, made[0], 0);
        for (i64 person = 301; person <= 303; person++)
            assert_int_equal(evaluate(h, made[0], person, "satisfied"), 200);
        h->t->app.clock.fixed_ms += 60000;
        assert_int_equal(on_matter(h, n, assignment_close).code, ERR_NONE);
        as_operator(h, 0);
        a = test_get(h->t, "/api/v1/assignments/feedback");
        same(test_json(h->t, &a, "given"), GIVEN[n]);
        assert_false(test_has(&a, "VERDICT-OF"));
        a = page(h, "/assignments/", made[0], "");
        assert_false(test_has(&a, "VERDICT-OF"));
        assert_false(test_has(&a, "评价人"));
    }
    a = test_get(h->t, "/api/v1/assignments/feedback");
    i64 found = 0;
    for (int i = 0; i < 30; i++) {
        char at[60];
        snprintf(at, sizeof at, "sums.%d.question", i);
        str question = test_json(h->t, &a, at);
        snprintf(at, sizeof at, "sums.%d.value", i);
        str value = test_json(h->t, &a, at);
        snprintf(at, sizeof at, "sums.%d.count", i);
        if (str_is(question, "result") && str_is(value, "satisfied")) {
            same(test_json(h->t, &a, at), "5");
            found++;
        }
    }
    assert_int_equal(found, 1);
    a = test_get(h->t, "/assignments/feedback");
    assert_true(test_has(&a, "5 份评价合计"));
    as_operator(h, 1); /* others have their own */
    a = test_get(h->t, "/assignments/feedback");
    assert_true(test_has(&a, "评价还不足 5 份"));
}

#define T(test_) cmocka_unit_test_setup_teardown(test_, hall_setup, hall_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(the_inbox_is_grouped_by_urgency),
        T(a_held_answer_is_not_shown_as_running),
        T(closed_ones_are_summed_by_fives),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
