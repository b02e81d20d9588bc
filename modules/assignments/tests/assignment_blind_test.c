/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Blindness (rules.md 2.6, peers.md 6.1): whatever an agency asks for, as page, JSON or file,
 * nothing of an evaluation is in it before the matter is closed. Afterwards sums of at least five:
 * modules/desks. */
#include <stdio.h>

#include "modules/assignments/tests/hall.h"
#include "platform/base/str.h"

/* What only an evaluation puts into an answer: texts of verdicts, codes and words of
 * satisfaction, the verb in a history. */
static const char *const SECRETS[] = {
    "VERDICT-OF", "dissatisfied",      "不满意", "基本满意", "已评价", "\"given_at\":\"",
    "evaluated",  "\"what\":\"评价\"", "评价人", "待评价",
};

/* Everything that an agency can ask for about an assignment. */
static const char *const PATHS[] = {
    "/assignments/#",        "/api/v1/assignments/#",
    "/assignments/#/pdf",    "/assignments/#/reply",
    "/assignments/#/sign",   "/assignments/#/evaluate",
    "/matters/900",          "/api/v1/matters/900",
    "/assignments",          "/assignments?state=replied",
    "/api/v1/assignments",   "/assignments.csv",
    "/assignments/waiting",  "/api/v1/assignments/waiting",
    "/assignments/feedback", "/api/v1/assignments/feedback",
};

static const char *path_of(struct hall *h, const char *pattern, i64 id)
{
    struct buf *b = buf_new(h->t->mem, 200);
    for (const char *c = pattern; *c; c++) {
        if (*c == '#')
            buf_put_i64(b, id);
        else
            buf_put_byte(b, *c);
    }
    return arena_cstr(h->t->mem, buf_str(b));
}

static void sees_nothing(struct hall *h, i64 id, const char *when)
{
    for (size_t i = 0; i < sizeof PATHS / sizeof *PATHS; i++) {
        struct test_answer a = test_get(h->t, path_of(h, PATHS[i], id));
        for (size_t k = 0; k < sizeof SECRETS / sizeof *SECRETS; k++)
            if (test_has(&a, SECRETS[k]))
                fail_msg("%s: %s has %s: %.*s", when, PATHS[i], SECRETS[k], (int)a.body.len,
                         a.body.ptr);
    }
}

static void agencies_see_nothing(struct hall *h, i64 id, const char *when)
{
    as_operator(h, 0);
    sees_nothing(h, id, when);
    as_leader(h, 0);
    sees_nothing(h, id, when);
    as_operator(h, 1);
    sees_nothing(h, id, when);
}

static void nothing_is_seen_before_closing(void **state)
{
    struct hall *h = *state;
    i64 made[AGENCIES] = { 0 };
    assert_int_equal(hand_out(h, &(struct handing){ 0, "hc", 3, 0 }, made).code, ERR_NONE);
    on_day(h, "2026-12-26"); /* the cohost's day is over */
    answer(h, made[0], 0);
    agencies_see_nothing(h, made[0], "asked");
    assert_int_equal(evaluate(h, made[0], 301, "satisfied"), 200);
    agencies_see_nothing(h, made[0], "one given");
    assert_int_equal(evaluate(h, made[0], 302, "fair"), 200);
    assert_int_equal(evaluate(h, made[0], 303, "dissatisfied"), 200);
    agencies_see_nothing(h, made[0], "all given");
    assert_int_equal(on_matter(h, 0, evaluation_redo).code, ERR_NONE);
    agencies_see_nothing(h, made[0], "redoing");
}

/* Not even how many are in: the version of the row would count them. */
static void the_number_of_verdicts_does_not_show(void **state)
{
    struct hall *h = *state;
    i64 made[AGENCIES] = { 0 };
    assert_int_equal(hand_out(h, &(struct handing){ 0, "s", 3, 0 }, made).code, ERR_NONE);
    answer(h, made[0], 0);
    as_operator(h, 0);
    struct test_answer before = page(h, "/api/v1/assignments/", made[0], "");
    assert_int_equal(evaluate(h, made[0], 301, "satisfied"), 200);
    assert_int_equal(evaluate(h, made[0], 302, "satisfied"), 200);
    as_operator(h, 0);
    struct test_answer after = page(h, "/api/v1/assignments/", made[0], "");
    assert_true(str_eq(before.body, after.body));
}

static void dispatchers_and_who_answers_are_blind_too(void **state)
{
    struct hall *h = *state;
    i64 id = hand_out_one(h);
    answer(h, id, 0);
    assert_int_equal(evaluate(h, id, 301, "dissatisfied"), 200);
    as_staff(h);
    struct test_answer a = page(h, "/assignments/", id, "");
    assert_true(test_has(&a, "VERDICT-OF-301"));
    struct actor *actor = test_as_role(h->t, "staff reviewer");
    actor->person_id = 0;
    actor->agency_id = h->agency[0]; /* its own answer */
    sees_nothing(h, id, "staff");
    as_dispatcher(h); /* of the same government as the agencies */
    sees_nothing(h, id, "dispatcher");
}

static void staff_and_the_giver_see_it(void **state)
{
    struct hall *h = *state;
    i64 made[AGENCIES] = { 0 };
    assert_int_equal(hand_out(h, &(struct handing){ 0, "s", 2, 0 }, made).code, ERR_NONE);
    answer(h, made[0], 0);
    assert_int_equal(evaluate(h, made[0], 301, "dissatisfied"), 200);
    struct test_answer a = page(h, "/assignments/", made[0], "");
    assert_true(test_has(&a, "VERDICT-OF-301"));
    as_signer(h, 302);
    a = page(h, "/assignments/", made[0], "");
    assert_int_equal(a.status, 200);
    assert_false(test_has(&a, "VERDICT-OF-301")); /* signers do not see each other's */
    as_staff(h);
    a = page(h, "/assignments/", made[0], "");
    assert_true(test_has(&a, "VERDICT-OF-301"));
    assert_true(test_has(&a, "Signer 2"));
    a = page(h, "/api/v1/matters/", MATTER_ID, "");
    same(test_json(h->t, &a, "assignments.0.evaluations.0.result"), "dissatisfied");
    same(test_json(h->t, &a, "assignments.0.evaluations.1.result"), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        { "nothing_is_seen_before_closing", nothing_is_seen_before_closing, hall_setup,
          hall_teardown, NULL },
        { "the_number_of_verdicts_does_not_show", the_number_of_verdicts_does_not_show, hall_setup,
          hall_teardown, NULL },
        { "dispatchers_and_who_answers_are_blind_too", dispatchers_and_who_answers_are_blind_too,
          hall_setup, hall_teardown, NULL },
        { "staff_and_the_giver_see_it", staff_and_the_giver_see_it, hall_setup, hall_teardown,
          NULL },
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
