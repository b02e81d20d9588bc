/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Answers as people write and read them: saved unfinished, not overwritten silently, sent whole,
 * signed, their letters; whose a draft is, where a cohost's opinion goes. */
#include "modules/assignments/tests/hall.h"
#include "platform/base/str.h"

static void an_answer_is_saved_unfinished(void **state)
{
    struct hall *h = *state;
    i64 id = hand_out_one(h);
    as_operator(h, 0);
    assert_int_equal(act(h, id, "accept", NULL), 200);
    struct test_answer a = page(h, "/assignments/", id, "/reply");
    shows(h, a, "Build the road.");
    shows(h, a, "Light the road.");
    shows(h, a, "A 已经解决或基本解决");
    same(test_field(h->t, &a, "version"), "0");
    str path = arena_printf(h->t->mem, "/assignments/%lld/draft", (long long)id);
    a = test_post(h->t, path.ptr, "version", "0", "results", "", "results", "planned", "answers",
                  "", "answers", "Lamps <follow>.", "opening", "Dear members", NULL);
    assert_int_equal(a.status, 303);
    a = page(h, "/assignments/", id, "/reply");
    shows(h, a, "Lamps &lt;follow&gt;.");
    same(test_field(h->t, &a, "version"), "1");
    same(test_field(h->t, &a, "opening"), "Dear members");
    same(test_field(h->t, &a, "answers"), ""); /* the first stays empty */
    same(state_of(h, id), "accepted");
}

static void a_second_save_does_not_overwrite_silently(void **state)
{
    struct hall *h = *state;
    i64 id = hand_out_one(h);
    as_operator(h, 0);
    assert_int_equal(act(h, id, "accept", NULL), 200);
    str auto_path = arena_printf(h->t->mem, "/assignments/%lld/autosave", (long long)id);
    struct test_answer a = test_post(h->t, auto_path.ptr, "version", "0", "results", "adopted",
                                     "results", "", "answers", "Mine.", "answers", "", NULL);
    assert_int_equal(a.status, 200);
    same(test_json(h->t, &a, "version"), "1");
    a = test_post(h->t, auto_path.ptr, "version", "0", "results", "", "results", "", "answers",
                  "Yours.", "answers", "", NULL);
    assert_int_equal(a.status, 409);
    same(test_json(h->t, &a, "version"), "1");
    same(test_json(h->t, &a, "fields.answers.0"), "Mine.");
    same(test_json(h->t, &a, "fields.answers.1"), "");
    str path = arena_printf(h->t->mem, "/assignments/%lld/draft", (long long)id);
    a = test_post(h->t, path.ptr, "version", "0", "results", "", "results", "", "answers", "Yours.",
                  "answers", "", NULL);
    assert_int_equal(a.status, 409);
    assert_true(test_has(&a, ">\nYours.</textarea>")); /* as typed */
    assert_true(test_has(&a, "<del>Mine</del>"));
    same(test_field(h->t, &a, "version"), "1"); /* saved again it overwrites knowingly */
}

static void an_unfinished_answer_is_not_sent(void **state)
{
    struct hall *h = *state;
    i64 id = hand_out_one(h);
    as_operator(h, 0);
    assert_int_equal(act(h, id, "accept", NULL), 200);
    str path = arena_printf(h->t->mem, "/assignments/%lld/draft", (long long)id);
    struct test_answer a =
        test_post(h->t, path.ptr, "version", "0", "results", "adopted", "results", "planned",
                  "answers", "The road is being built.", "answers", "", "opening", "Dear",
                  "closing", "Bye", "send", "1", NULL);
    assert_int_equal(a.status, 422);
    shows(h, (struct test_answer){ .status = 200, .body = a.body }, "第 2 条建议还没有答复");
    shows(h, (struct test_answer){ .status = 200, .body = a.body }, "The road is being built.");
    shows(h, (struct test_answer){ .status = 200, .body = a.body }, "先登记沟通");
    same(state_of(h, id), "accepted");
    str contact = arena_printf(h->t->mem, "/assignments/%lld/contact", (long long)id);
    a = test_post(h->t, contact.ptr, "way", "phone", "held_on", "2026-11-25", "with_whom",
                  "Signer 1", "content", "Talked.", NULL);
    assert_int_equal(a.status, 303);
    a = test_post(h->t, path.ptr, "version", "0", "class", "b", "results", "adopted", "results",
                  "planned", "answers", "The road is being built.", "answers", "In June.",
                  "opening", "Dear", "closing", "Bye", "operator", "Wang", "phone", "1", "send",
                  "1", NULL);
    assert_int_equal(a.status, 422);
    shows(h, (struct test_answer){ .status = 200, .body = a.body }, "B 类答复至少要有一项承诺");
    a = test_post(h->t, path.ptr, "version", "0", "class", "b", "results", "adopted", "results",
                  "planned", "answers", "The road is being built.", "answers", "In June.",
                  "promise_texts", "Lamps along the road", "promise_days", "2027-06-30",
                  "promise_owners", "Zhao", "promise_texts", "", "promise_days", "",
                  "promise_owners", "", "opening", "Dear", "closing", "Bye", "operator", "Wang",
                  "phone", "1", "send", "1", NULL);
    assert_int_equal(a.status, 303);
    same(state_of(h, id), "drafted");
    a = test_post(h->t, path.ptr, "version", "1", "opening", "Later", NULL);
    assert_int_equal(a.status, 409); /* it is with the leader */
}

static void the_leader_reads_signs_and_the_letter_goes_out(void **state)
{
    struct hall *h = *state;
    i64 id = hand_out_one(h);
    draft(h, id, 0);
    as_leader(h, 0);
    struct test_answer a = page(h, "/assignments/", id, "/sign");
    shows(h, a, "The road is being built.");
    shows(h, a, "退回重拟");
    str path = arena_printf(h->t->mem, "/assignments/%lld/sign", (long long)id);
    a = test_post(h->t, path.ptr, "signer", "", NULL);
    assert_int_equal(a.status, 422);
    a = test_post(h->t, path.ptr, "signer", "Li", NULL);
    assert_int_equal(a.status, 303);
    shows(h, page(h, "/assignments/", id, ""), "RD〔2026〕1号");
    a = page(h, "/assignments/", id, "/pdf");
    assert_int_equal(a.status, 200);
    assert_true(str_starts(a.body, str_of("%PDF-")));
    a = page(h, "/assignments/", id, "/docx");
    assert_int_equal(a.status, 200);
    assert_true(str_starts(a.body, str_of("PK")));
    assert_int_equal(page(h, "/api/v1/assignments/", id, "/docx?round=1").status, 200);
    as_signer(h, 301);
    assert_int_equal(page(h, "/assignments/", id, "/pdf").status, 200);
    assert_int_equal(page(h, "/assignments/", id, "/docx").status, 200);
    as_operator(h, 2);
    assert_int_equal(page(h, "/assignments/", id, "/pdf").status, 404);
    assert_int_equal(page(h, "/assignments/", id, "/docx").status, 404);
}

static void a_draft_is_the_agencys_own(void **state)
{
    struct hall *h = *state;
    i64 id = hand_out_one(h);
    draft(h, id, 0);
    as_operator(h, 0);
    shows(h, page(h, "/assignments/", id, ""), "The road is being built.");
    assert_int_equal(page(h, "/assignments/", id, "/pdf").status, 200);
    as_staff(h);
    hides(page(h, "/assignments/", id, ""), "The road is being built.");
    hides(page(h, "/api/v1/assignments/", id, ""), "The road is being built.");
    assert_int_equal(page(h, "/assignments/", id, "/pdf").status, 404);
}

static void a_cohosts_opinion_goes_to_the_host_and_not_to_the_proposer(void **state)
{
    struct hall *h = *state;
    i64 made[AGENCIES] = { 0 };
    assert_int_equal(hand_out(h, &(struct handing){ 0, "hc", 1, 0 }, made).code, ERR_NONE);
    as_operator(h, 1);
    assert_int_equal(act(h, made[1], "accept", NULL), 200);
    assert_int_equal(act(h, made[1], "contribute",
                         "{\"body\":\"We can light it.\",\"operator\":\"Zhao\",\"phone\":\"1\"}"),
                     200);
    as_operator(h, 0);
    shows(h, page(h, "/assignments/", made[0], ""), "We can light it.");
    assert_int_equal(page(h, "/assignments/", made[1], "").status,
                     404); /* but not its other papers */
    struct test_answer a = page(h, "/assignments/", made[1], "/pdf");
    assert_int_equal(a.status, 200);
    assert_true(str_starts(a.body, str_of("%PDF-")));
    answer(h, made[0], 0);
    as_signer(h, 301);
    hides(page(h, "/assignments/", made[0], ""), "We can light it.");
    hides(page(h, "/matters/", MATTER_ID, ""), "We can light it.");
    as_staff(h);
    shows(h, page(h, "/matters/", MATTER_ID, ""), "We can light it.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        { "an_answer_is_saved_unfinished", an_answer_is_saved_unfinished, hall_setup, hall_teardown,
          NULL },
        { "a_second_save_does_not_overwrite_silently", a_second_save_does_not_overwrite_silently,
          hall_setup, hall_teardown, NULL },
        { "an_unfinished_answer_is_not_sent", an_unfinished_answer_is_not_sent, hall_setup,
          hall_teardown, NULL },
        { "the_leader_reads_signs_and_the_letter_goes_out",
          the_leader_reads_signs_and_the_letter_goes_out, hall_setup, hall_teardown, NULL },
        { "a_draft_is_the_agencys_own", a_draft_is_the_agencys_own, hall_setup, hall_teardown,
          NULL },
        { "a_cohosts_opinion_goes_to_the_host_and_not_to_the_proposer",
          a_cohosts_opinion_goes_to_the_host_and_not_to_the_proposer, hall_setup, hall_teardown,
          NULL },
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
