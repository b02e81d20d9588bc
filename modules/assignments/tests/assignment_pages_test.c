/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of assignments as people ask for them: the inbox by urgency, one assignment with what
 * can be done, forms that keep what was typed, what waits for the dispatcher, exports; who gets
 * "not found". Answers: modules/replies. */
#include <stdio.h>

#include "modules/assignments/tests/hall.h"
#include "platform/base/str.h"

/* ---- the list ---- */

static void the_list_filters_and_is_each_agencys_own(void **state)
{
    struct hall *h = *state;
    i64 made[AGENCIES] = { 0 };
    assert_int_equal(hand_out(h, &(struct handing){ 0, "hc", 1, 0 }, made).code, ERR_NONE);
    as_operator(h, 0);
    struct test_answer a = test_api(h->t, GET, "/api/v1/assignments", NULL);
    same(test_json(h->t, &a, "total"), "1");
    same(test_json(h->t, &a, "items.0.agency_name"), "Roads");
    a = test_api(h->t, GET, "/api/v1/assignments?state=closed", NULL);
    same(test_json(h->t, &a, "total"), "0");
    as_dispatcher(h);
    a = test_api(h->t, GET, "/api/v1/assignments?role=cohost", NULL);
    same(test_json(h->t, &a, "total"), "1");
    same(test_json(h->t, &a, "items.0.agency_name"), "Health");
    a = test_api(h->t, GET, "/api/v1/assignments", NULL);
    same(test_json(h->t, &a, "total"), "2");
    a = test_get(h->t, "/assignments");
    shows(h, a, "Health");
    as_signer(h, 301);
    assert_int_equal(test_get(h->t, "/assignments").status, 403);
    as_foreign_operator(h, h->agency[0]);
    a = test_api(h->t, GET, "/api/v1/assignments", NULL);
    same(test_json(h->t, &a, "total"), "0");
}

static void ledgers_are_exported(void **state)
{
    struct hall *h = *state;
    hand_out_one(h);
    as_operator(h, 0);
    struct test_answer a = test_get(h->t, "/assignments.csv");
    shows(h, a, "A safe road to the school");
    shows(h, a, "承办单位");
    a = test_get(h->t, "/assignments.xlsx");
    assert_int_equal(a.status, 200);
    assert_true(str_starts(a.body, str_of("PK")));
    as_operator(h, 1);
    hides(test_get(h->t, "/assignments.csv"), "A safe road");
    as_signer(h, 301);
    assert_int_equal(test_get(h->t, "/assignments.csv").status, 403);
}

static void questions_are_kept_as_views(void **state)
{
    struct hall *h = *state;
    hand_out_one(h);
    as_staff(h);
    struct test_answer a =
        test_post(h->t, "/assignments/views", "name", "Late ones", "query", "was_late=1", NULL);
    assert_int_equal(a.status, 303);
    shows(h, test_get(h->t, "/assignments"), "Late ones");
    a = test_post(h->t, "/assignments/views/1/remove", NULL);
    assert_int_equal(a.status, 303);
    hides(test_get(h->t, "/assignments?state=assigned"), "Late ones");
}

/* ---- one assignment ---- */

static void its_page_shows_facts_text_and_what_can_be_done(void **state)
{
    struct hall *h = *state;
    i64 id = hand_out_one(h);
    as_operator(h, 0);
    struct test_answer a = page(h, "/assignments/", id, "");
    shows(h, a, "TEXT-OF-THE-MATTER");
    shows(h, a, "A safe road to the school");
    shows(h, a, "待签收");
    shows(h, a, "申退");
    assert_true(
        test_has_form(&a, arena_printf(h->t->mem, "/assignments/%lld/accept", (long long)id).ptr));
    hides(a, "改派");
    as_dispatcher(h);
    a = page(h, "/assignments/", id, "");
    shows(h, a, "改派");
    assert_false(
        test_has_form(&a, arena_printf(h->t->mem, "/assignments/%lld/accept", (long long)id).ptr));
    as_operator(h, 0);
    a = test_post(h->t, arena_printf(h->t->mem, "/assignments/%lld/accept", (long long)id).ptr,
                  NULL);
    assert_int_equal(a.status, 303);
    shows(h, page(h, "/assignments/", id, ""), "签收：已办好");
}

/* Who answers says how good the proposal is, to the office; who wrote it learns nothing of it. */
static void its_quality_is_for_the_office(void **state)
{
    struct hall *h = *state;
    i64 id = hand_out_one(h), made[AGENCIES] = { 0 };
    draft(h, id, 0);
    assert_int_equal(hand_out(h, &(struct handing){ 1, "hc", 1, 0 }, made).code, ERR_NONE);
    as_operator(h, 1);
    assert_int_equal(act(h, made[1], "accept", "{}"), 200);
    assert_int_equal(act(h, made[1], "note_quality", "{\"quality\":\"good\"}"), 409); /* a cohost */
    as_operator(h, 0);
    assert_int_equal(act(h, id, "note_quality", "{\"quality\":\"superb\"}"), 422);
    assert_int_equal(act(h, id, "note_quality", "{\"quality\":\"\"}"), 422);
    assert_int_equal(act(h, id, "note_quality", "{\"quality\":\"good\"}"), 200);
    assert_int_equal(act(h, id, "note_quality",
                         "{\"quality\":\"poor\",\"opinion\":\"NO-FACTS-IN-IT\"}"),
                     200); /* the last one stands */
    as_leader(h, 0);
    assert_int_equal(act(h, id, "sign", "{\"signer\":\"Li\"}"), 200);
    as_operator(h, 0); /* while verdicts are given a version would count them */
    assert_int_equal(act(h, id, "note_quality", "{\"quality\":\"good\"}"), 409);
    shows(h, page(h, "/assignments/", id, ""), "质量较低");
    as_signer(h, 301);
    struct test_answer a = page(h, "/assignments/", id, "");
    shows(h, a, "TEXT-OF-THE-MATTER");
    hides(a, "质量");
    hides(a, "NO-FACTS-IN-IT");
    a = page(h, "/api/v1/assignments/", id, "");
    hides(a, "poor");
    hides(a, "质量");
    hides(a, "NO-FACTS-IN-IT");
    assert_true(act(h, id, "note_quality", "{\"quality\":\"good\"}") >= 403);
    as_operator(h, 1);
    hides(page(h, "/api/v1/assignments/", made[1], ""), "NO-FACTS-IN-IT");
    as_dispatcher(h);
    a = page(h, "/assignments/", id, "");
    shows(h, a, "质量较低");
    shows(h, a, "NO-FACTS-IN-IT");
    a = test_api(h->t, GET, "/api/v1/assignments?quality=poor", NULL);
    same(test_json(h->t, &a, "total"), "1");
    same(test_json(h->t, &a, "items.0.agency_name"), "Roads");
    a = test_api(h->t, GET, "/api/v1/assignments?quality=good", NULL);
    same(test_json(h->t, &a, "total"), "0");
}

static void strangers_find_nothing(void **state)
{
    struct hall *h = *state;
    static const char *const PATHS[] = { "",          "/reply", "/bounce",   "/contact", "/extend",
                                         "/evaluate", "/pdf",   "/reassign", "/sign" };
    i64 id = hand_out_one(h);
    answer(h, id, 0);
    for (size_t i = 0; i < sizeof PATHS / sizeof *PATHS; i++) {
        as_operator(h, 1);
        struct test_answer a = page(h, "/assignments/", id, PATHS[i]);
        if (a.status != 404 && a.status != 403)
            fail_msg("%s: %d", PATHS[i], a.status);
        hides((struct test_answer){ .status = 200, .body = a.body }, "A safe road");
        as_reader(h);
        a = page(h, "/assignments/", id, PATHS[i]);
        if (a.status != 404 && a.status != 403)
            fail_msg("%s: %d", PATHS[i], a.status);
        as_foreign_operator(h, h->agency[0]);
        a = page(h, "/assignments/", id, PATHS[i]);
        if (a.status != 404 && a.status != 403)
            fail_msg("%s: %d", PATHS[i], a.status);
    }
    as_operator(h, 1);
    assert_int_equal(page(h, "/assignments/", id, "").status, 404);
    assert_int_equal(page(h, "/api/v1/assignments/", id, "").status, 404);
}

static void pages_of_steps_offer_choices_and_keep_what_was_typed(void **state)
{
    struct hall *h = *state;
    i64 id = hand_out_one(h);
    as_operator(h, 0);
    struct test_answer a = page(h, "/assignments/", id, "/bounce");
    shows(h, a, "Health");
    hides(a, ">Roads</option>"); /* has it already */
    str path = arena_printf(h->t->mem, "/assignments/%lld/bounce", (long long)id);
    a = test_post(h->t, path.ptr, "opinion", "no", NULL);
    assert_int_equal(a.status, 422);
    same(test_field(h->t, &a, "opinion"), "no");
    str better = arena_printf(h->t->mem, "%lld", (long long)h->agency[1]);
    a = test_post(h->t, path.ptr, "opinion", "A matter of health.", "better_agency_id", better.ptr,
                  NULL);
    assert_int_equal(a.status, 303);
    as_dispatcher(h);
    a = test_get(h->t, "/assignments/waiting");
    shows(h, a, "A matter of health.");
    shows(h, a, "Health");
    a = page(h, "/assignments/", id, "/reassign");
    shows(h, a, "A matter of health.");
    same(test_field(h->t, &a, "agency_id"), better.ptr); /* the suggestion is chosen already */
    path = arena_printf(h->t->mem, "/assignments/%lld/reassign", (long long)id);
    a = test_post(h->t, path.ptr, "agency_id", better.ptr, NULL);
    assert_int_equal(a.status, 303);
    hides(test_get(h->t, "/assignments/waiting"), "A matter of health.");
    as_operator(h, 1);
    shows(h, test_get(h->t, "/assignments"), "A safe road");
    as_operator(h, 0);
    hides(test_get(h->t, "/assignments"), "A safe road");
}

static void more_time_waits_for_the_dispatcher(void **state)
{
    struct hall *h = *state;
    i64 id = hand_out_one(h);
    as_operator(h, 0);
    assert_int_equal(act(h, id, "accept", NULL), 200);
    struct test_answer a = page(h, "/assignments/", id, "/extend");
    assert_true(test_has_field(h->t, &a, "to_on"));
    str path = arena_printf(h->t->mem, "/assignments/%lld/extend", (long long)id);
    a = test_post(h->t, path.ptr, "to_on", "2027-04-01", "opinion", "The ground is frozen.", NULL);
    assert_int_equal(a.status, 303);
    shows(h, page(h, "/assignments/", id, ""), "等待交办机关决定");
    as_dispatcher(h);
    shows(h, test_get(h->t, "/assignments/waiting"), "The ground is frozen.");
    a = page(h, "/assignments/", id, "/decide_extension");
    shows(h, a, "The ground is frozen.");
    path = arena_printf(h->t->mem, "/assignments/%lld/decide_extension", (long long)id);
    a = test_post(h->t, path.ptr, "decision", "granted", NULL);
    assert_int_equal(a.status, 303);
    assert_int_equal(load(h, id).due_on, day("2027-04-01"));
    as_operator(h, 0);
    assert_int_equal(test_get(h->t, "/assignments/waiting").status, 403);
}

/* ---- the matter's own page ---- */

static void the_matters_page_shows_what_each_may_see(void **state)
{
    struct hall *h = *state;
    i64 id = hand_out_one(h);
    as_reader(h);
    shows(h, page(h, "/matters/", MATTER_ID, ""), "Roads");
    answer(h, id, 0);
    as_reader(h);
    struct test_answer a = page(h, "/matters/", MATTER_ID, "");
    shows(h, a, "The road is being built.");
    hides(a, "Looked at the road together.");
    as_signer(h, 301);
    shows(h, page(h, "/matters/", MATTER_ID, ""), "Looked at the road together.");
    a = page(h, "/api/v1/matters/", MATTER_ID, "");
    same(test_json(h->t, &a, "assignments.0.state"), "replied");
    same(test_json(h->t, &a, "assignments.0.replies.0.answers.1.text"), "Lamps follow in June.");
    same(test_json(h->t, &a, "assignments.0.allowed.0.verb"), "evaluate");
}

/* ---- verdict ---- */

static void a_signer_reads_the_answer_and_evaluates_it(void **state)
{
    struct hall *h = *state;
    i64 id = hand_out_one(h);
    answer(h, id, 0);
    as_signer(h, 301);
    struct test_answer a = page(h, "/assignments/", id, "/evaluate");
    shows(h, a, "The road is being built.");
    shows(h, a, "请放心说真话");
    str path = arena_printf(h->t->mem, "/assignments/%lld/evaluate", (long long)id);
    a = test_post(h->t, path.ptr, "visit", "visited", "manner", "satisfied", "hearing", "visit",
                  "relevance", "direct", "handling", "satisfied", "result", "dissatisfied", NULL);
    assert_int_equal(a.status, 422);
    same(test_field(h->t, &a, "result"), "dissatisfied");
    a = test_post(h->t, path.ptr, "visit", "visited", "manner", "satisfied", "hearing", "visit",
                  "relevance", "direct", "handling", "satisfied", "result", "dissatisfied", "text",
                  "Nothing was built.", NULL);
    assert_int_equal(a.status, 303);
    shows(h, page(h, "/assignments/", id, ""), "Nothing was built.");
    same(outcome_of(h, 0).stand, "evaluated_badly");
}

/* ---- what modules above put there ---- */

static void modules_above_draw_below_an_agency(void **state)
{
    struct hall *h = *state;
    i64 made[AGENCIES] = { 0 };
    char own[60], other[60];
    assert_int_equal(hand_out(h, &(struct handing){ 1, "hc", 1, 0 }, made).code, ERR_NONE);
    snprintf(own, sizeof own, "BELOW-%lld-own.", (long long)made[0]);
    snprintf(other, sizeof other, "BELOW-%lld.", (long long)made[1]);
    as_operator(h, 0);
    struct test_answer a = page(h, "/matters/", MATTER_ID + 1, "");
    assert_true(test_has(&a, own));
    assert_true(test_has(&a, other));
    a = page(h, "/assignments/", made[0], "");
    assert_true(test_has(&a, own));
    assert_false(test_has(&a, other)); /* its own page is about one */
    a = page(h, "/api/v1/assignments/", made[0], "");
    i64 below = 0;
    assert_true(str_to_i64(test_json(h->t, &a, "below"), &below));
    assert_int_equal(below, made[0]);
    as_staff(h);
    snprintf(own, sizeof own, "BELOW-%lld-office.", (long long)made[1]);
    a = page(h, "/matters/", MATTER_ID + 1, "");
    assert_true(test_has(&a, own));
    as_signer(h, 301);
    snprintf(own, sizeof own, "BELOW-%lld-signer.", (long long)made[1]);
    a = page(h, "/matters/", MATTER_ID + 1, "");
    assert_true(test_has(&a, own));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        { "the_list_filters_and_is_each_agencys_own", the_list_filters_and_is_each_agencys_own,
          hall_setup, hall_teardown, NULL },
        { "ledgers_are_exported", ledgers_are_exported, hall_setup, hall_teardown, NULL },
        { "questions_are_kept_as_views", questions_are_kept_as_views, hall_setup, hall_teardown,
          NULL },
        { "its_page_shows_facts_text_and_what_can_be_done",
          its_page_shows_facts_text_and_what_can_be_done, hall_setup, hall_teardown, NULL },
        { "its_quality_is_for_the_office", its_quality_is_for_the_office, hall_setup, hall_teardown,
          NULL },
        { "strangers_find_nothing", strangers_find_nothing, hall_setup, hall_teardown, NULL },
        { "pages_of_steps_offer_choices_and_keep_what_was_typed",
          pages_of_steps_offer_choices_and_keep_what_was_typed, hall_setup, hall_teardown, NULL },
        { "more_time_waits_for_the_dispatcher", more_time_waits_for_the_dispatcher, hall_setup,
          hall_teardown, NULL },
        { "the_matters_page_shows_what_each_may_see", the_matters_page_shows_what_each_may_see,
          hall_setup, hall_teardown, NULL },
        { "a_signer_reads_the_answer_and_evaluates_it", a_signer_reads_the_answer_and_evaluates_it,
          hall_setup, hall_teardown, NULL },
        { "modules_above_draw_below_an_agency", modules_above_draw_below_an_agency, hall_setup,
          hall_teardown, NULL },
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
