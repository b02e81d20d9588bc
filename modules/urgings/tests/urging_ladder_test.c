/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the clock does with what is late (rules.md 12.5; design 4.8), computed by hand: 2026-09-20
 * and 10-10 are worked, 09-25 to 27 and 10-01 to 07 are off. Nudges by hand and their cap. Both
 * engines. */
#include "modules/proposals/tests/desk_look.h"
#include "modules/urgings/tests/pressing.h"
#include "platform/settings/settings.h"

/* ---- the ladder ---- */

/* Due on Thursday 09-17: first late working day 09-18, fifth 09-23, tenth 10-08, twentieth 10-21.
 */
static void the_ladder_goes_by_working_days(void **state)
{
    struct desk *d = *state;
    i64 id = pressing_taken(d, "A bus line", "2026-09-17");
    static const struct {
        const char *day;
        i64 sent, level;
    } CASES[] = {
        { "2026-09-17", 0, 0 }, { "2026-09-18", 1, 1 }, { "2026-09-19", 0, 1 }, /* Saturday */
        { "2026-09-20", 0, 1 }, { "2026-09-22", 0, 1 }, { "2026-09-23", 1, 2 },
        { "2026-09-24", 0, 2 }, { "2026-09-30", 0, 2 }, { "2026-10-07", 0, 2 },
        { "2026-10-08", 1, 3 }, { "2026-10-09", 0, 3 }, { "2026-10-20", 0, 3 },
        { "2026-10-21", 1, 4 }, { "2026-10-22", 0, 4 },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        assert_int_equal(pressing_run(d, CASES[i].day), CASES[i].sent);
        assert_int_equal(pressing_run(d, NULL), 0); /* once more on the same day: nothing */
        assert_int_equal(pressing_nudges(d, 0), CASES[i].level);
        assert_int_equal(pressing_open(d, id), CASES[i].level >= 3);
        assert_int_equal(pressing_talks(d), CASES[i].level >= 4);
    }
    pressing_as_leader(d);
    i64 slip = pressing_slip(d, id);
    desk_same(pressing_is(d, slip, "cause"), "overdue");
    desk_same(pressing_is(d, slip, "late_on"), "2026-09-17");
    desk_same(pressing_is(d, slip, "state"), "proposed");
}

/* The whole run that was not there: only the step that is due on the day itself. */
static void steps_that_were_missed_are_not_made_up_for(void **state)
{
    struct desk *d = *state;
    i64 id = pressing_taken(d, "A bus line", "2026-09-17");
    assert_int_equal(pressing_run(d, "2026-10-21"), 1);
    assert_int_equal(pressing_nudges(d, 4), 1);
    assert_int_equal(pressing_open(d, id), 1);
    assert_int_equal(pressing_talks(d), 1);
}

/* More time on 10-09 until 10-30: the proposed slip goes, the nudges stay for the figures, and the
 * ladder begins anew behind the new day: Monday 11-02. */
static void more_time_ends_the_ladder(void **state)
{
    struct desk *d = *state;
    i64 id = pressing_taken(d, "A bus line", "2026-09-17");
    assert_int_equal(pressing_run(d, "2026-09-18") + pressing_run(d, "2026-09-23") +
                         pressing_run(d, "2026-10-08"),
                     3);
    i64 slip = pressing_slip(d, id);
    desk_on_day(d, "2026-10-09");
    desk_as_operator(d, 0);
    assert_int_equal(pressing_step(d, id, "extend",
                                   "{\"to_on\":\"2026-10-30\",\"opinion\":\"The bridge waits.\"}"),
                     200);
    desk_as_dispatcher(d);
    assert_int_equal(pressing_step(d, id, "decide_extension", "{\"decision\":\"granted\"}"), 200);
    assert_int_equal(pressing_open(d, id), 0);
    desk_as_staff(d);
    desk_same(pressing_is(d, slip, "state"), "closed");
    assert_int_equal(pressing_run(d, "2026-10-12"), 0);
    assert_int_equal(pressing_run(d, "2026-10-30"), 0);
    assert_int_equal(pressing_nudges(d, 0), 3);
    assert_int_equal(pressing_run(d, "2026-11-02"), 1);
    assert_int_equal(pressing_nudges(d, 1), 2);
}

/* An answer takes the reason away; a slip that was issued has still to be answered. */
static void an_answer_ends_what_was_only_proposed(void **state)
{
    struct desk *d = *state;
    i64 id = pressing_taken(d, "A bus line", "2026-09-17");
    assert_int_equal(pressing_run(d, "2026-10-08"), 1);
    assert_int_equal(pressing_open(d, id), 1);
    i64 issued = pressing_issued(d, id, "2026-10-20");
    assert_int_equal(pressing_open(d, id), 2);
    pressing_answer(d, id);
    assert_int_equal(pressing_open(d, id), 1);
    desk_as_staff(d);
    desk_same(pressing_is(d, issued, "state"), "issued");
    assert_int_equal(pressing_run(d, "2026-10-19"), 0);
    assert_int_equal(pressing_run(d, "2026-10-21"), 1); /* the slip itself is late now */
    assert_int_equal(pressing_nudges(d, 1), 1);
}

/* A promise has its own day; a proposal that nobody reviews is told to who reviews, its leaders
 * hear of it in place of a slip. */
static void promises_and_the_office_have_theirs(void **state)
{
    struct desk *d = *state;
    desk_on_day(d, "2026-09-01");
    i64 id = desk_submitted(d, "A bus line");
    i64 review = 0;
    assert_int_equal(
        db_i64(d->t->db, SQL("SELECT due_on FROM clocks WHERE org_id = :org AND name = 'review'"),
               &review)
            .code,
        ERR_NONE);
    assert_true(review > 0);
    d->t->app.clock.fixed_ms = day_start_ms(review) + 9 * 3600 * 1000;
    assert_int_equal(pressing_run(d, NULL), 0);
    desk_on_day(d, "2026-11-20"); /* far more than twenty working days behind it */
    assert_int_equal(pressing_run(d, NULL), 1);
    assert_int_equal(pressing_nudges(d, 4), 1);
    assert_int_equal(pressing_open(d, id), 0);
}

static err off(struct rq *rq, void *context)
{
    (void)context;
    return setting_store(rq, "urgings.first_days", str_of("0"), rq->today);
}

static void a_step_can_be_left_out(void **state)
{
    struct desk *d = *state;
    (void)pressing_taken(d, "A bus line", "2026-09-17");
    assert_int_equal(test_write(d->t, off, NULL).code, ERR_NONE);
    assert_int_equal(pressing_run(d, "2026-09-18"), 0);
    assert_int_equal(pressing_run(d, "2026-09-23"), 1);
    assert_int_equal(pressing_nudges(d, 2), 1);
}

/* More than one batch in a day, each once. */
static void many_are_done_in_batches(void **state)
{
    struct desk *d = *state;
    enum { MANY = 60 };
    i64 id = pressing_taken(d, "A bus line", "2026-09-17"), assignment = desk_assignment(d, id);
    for (i64 n = 1; n < MANY; n++) { /* the clock of one, counted as that of many */
        i64 subject = 100000 + n;
        assert_int_equal(
            db_run(d->t->db,
                   SQL("INSERT INTO assignments (org_id, matter, matter_id, session_id, "
                       "matter_title, matter_number, agency_id, agency_name, role, state, round, "
                       "dispatcher_id, assigned_at, assigned_by, accept_due_on, due_on, id) SELECT "
                       "org_id, matter, matter_id + :n, session_id, matter_title, matter_number, "
                       "agency_id, agency_name, role, state, round, dispatcher_id, assigned_at, "
                       "assigned_by, accept_due_on, due_on, :subject FROM assignments WHERE org_id "
                       "= :org AND id = :assignment",
                       P(n), P(subject), P(assignment)),
                   NULL)
                .code,
            ERR_NONE);
        assert_int_equal(
            db_run(d->t->db,
                   SQL("INSERT INTO clocks (org_id, flow, subject_id, name, unit, started_at, "
                       "first_due_on, due_on) SELECT org_id, flow, :subject, name, unit, "
                       "started_at, first_due_on, due_on FROM clocks WHERE org_id = :org AND flow "
                       "= 'assignments' AND subject_id = :assignment AND stopped_at = 0",
                       P(subject), P(assignment)),
                   NULL)
                .code,
            ERR_NONE);
    }
    assert_int_equal(pressing_run(d, "2026-09-18"), MANY);
    assert_int_equal(pressing_run(d, NULL), 0);
    assert_int_equal(pressing_run(d, "2026-09-23"), MANY);
}

/* ---- the days go up ---- */

static int store(struct desk *d, const char *name, const char *value)
{
    test_as_role(d->t, "staff");
    struct test_answer a = test_post(d->t, "/settings/edit", "name", name, "value", value,
                                     "from_on", "2026-11-25", NULL);
    return a.status;
}

static void days_must_go_up(void **state)
{
    struct desk *d = *state;
    desk_on_day(d, "2026-11-25");
    assert_int_equal(store(d, "urgings.second_days", "1"), 422);  /* not behind the first */
    assert_int_equal(store(d, "urgings.second_days", "10"), 422); /* the slip would come with it */
    assert_int_equal(store(d, "urgings.second_days", "9"), 303);
    assert_int_equal(store(d, "urgings.urge_days", "9"), 422);
    assert_int_equal(store(d, "urgings.circular_days", "251"), 422);
    assert_int_equal(store(d, "urgings.urge_days", "0"), 303); /* left out */
    assert_int_equal(store(d, "urgings.circular_days", "10"), 303);
    assert_int_equal(store(d, "urgings.circular_days", "8"), 422);
}

/* ---- by hand ---- */

static err twice_a_day(struct rq *rq, void *context)
{
    (void)context;
    return setting_store(rq, "urgings.reminders_per_day", str_of("2"), rq->today);
}

static void a_nudge_is_sent_once_a_day(void **state)
{
    struct desk *d = *state;
    i64 id = pressing_taken(d, "A bus line", "2026-12-17"), a = desk_assignment(d, id);
    desk_as_staff(d);
    assert_int_equal(pressing_remind(d, "assignments", a, "This week, please"), 200);
    assert_int_equal(pressing_remind(d, "assignments", a, ""), 409);
    desk_as_dispatcher(d); /* the cap is of the thing, not of who presses */
    assert_int_equal(pressing_remind(d, "assignments", a, ""), 409);
    desk_on_day(d, "2026-09-02");
    assert_int_equal(pressing_remind(d, "assignments", a, ""), 200);
    assert_int_equal(test_write(d->t, twice_a_day, NULL).code, ERR_NONE);
    assert_int_equal(pressing_remind(d, "assignments", a, ""), 200);
    assert_int_equal(pressing_remind(d, "assignments", a, ""), 409);
    struct test_answer page = desk_page(d, "/proposals/", id, "");
    assert_true(desk_has(&page, "This week, please"));
    desk_as_operator(d, 0);
    page = desk_page(d, "/proposals/", id, "");
    assert_true(desk_has(&page, "This week, please"));
    desk_as_member(d, 0); /* what the office writes to an agency is not his */
    page = desk_page(d, "/proposals/", id, "");
    assert_int_equal(page.status, 200);
    assert_false(desk_has(&page, "This week, please"));
}

static i64 nudges_seen(struct desk *d)
{
    i64 total = -1;
    struct test_answer a = test_api(d->t, GET, "/api/v1/urgings/reminders", NULL);
    assert_int_equal(a.status, 200);
    assert_true(str_to_i64(test_json(d->t, &a, "total"), &total));
    return total;
}

/* That signers were asked for their verdict tells who hands out that one was missing. */
static void nudges_for_a_verdict_are_for_who_reads_verdicts(void **state)
{
    struct desk *d = *state;
    i64 id = pressing_taken(d, "A bus line", "2026-12-17"), a = desk_assignment(d, id);
    desk_as_staff(d);
    assert_int_equal(pressing_remind(d, "assignments", a, "ANSWER-SOON"), 200);
    pressing_answer(d, id);
    desk_on_day(d, "2026-09-02");
    desk_as_staff(d);
    assert_int_equal(pressing_remind(d, "assignments", a, "YOUR-VERDICT"), 200);
    assert_int_equal(nudges_seen(d), 2);
    desk_as_dispatcher(d);
    assert_int_equal(nudges_seen(d), 1); /* the one to the agency */
    struct test_answer page = test_get(d->t, "/urgings/reminders");
    assert_true(desk_has(&page, "ANSWER-SOON"));
    assert_false(desk_has(&page, "YOUR-VERDICT"));
}

static void who_may_nudge_whom(void **state)
{
    struct desk *d = *state;
    i64 id = pressing_taken(d, "A bus line", "2026-12-17"), a = desk_assignment(d, id);
    i64 waits = desk_submitted(d, "A later bus"), draft = desk_draft(d, "A bus stop");
    desk_as_operator(d, 0);
    assert_int_equal(pressing_remind(d, "assignments", a, ""), 403);
    desk_as_member(d, 0); /* his own case, to the office, whoever has it */
    assert_int_equal(pressing_remind(d, "proposals", id, ""), 200);
    assert_int_equal(pressing_remind(d, "proposals", id, ""), 409);
    assert_int_equal(pressing_remind(d, "proposals", waits, ""), 200);
    assert_int_equal(pressing_remind(d, "proposals", draft, ""), 409); /* his own turn */
    assert_int_equal(pressing_remind(d, "assignments", a, ""), 404);   /* the agency is not his */
    desk_as_member(d, 1);                                              /* another's case */
    assert_int_equal(pressing_remind(d, "proposals", id, ""), 403);
    assert_int_equal(pressing_remind(d, "proposals", draft, ""), 404);
    desk_as_staff(d); /* his nudge does not use up theirs */
    assert_int_equal(pressing_remind(d, "assignments", a, ""), 200);
    assert_int_equal(pressing_remind(d, "proposals", waits, ""), 200);
    assert_int_equal(pressing_remind(d, "proposals", id, ""), 409); /* nobody: it is with Roads */
    assert_int_equal(pressing_remind(d, "notices", 1, ""), 422);
    assert_int_equal(pressing_remind(d, "assignments", 99999, ""), 404);
    desk_as_other_reviewer(d);
    assert_int_equal(pressing_remind(d, "assignments", a, ""), 404);
    desk_as_other_member(d);
    assert_int_equal(pressing_remind(d, "proposals", id, ""), 404);
}

/* Who is asked to evaluate is reminded, and the agency reads nothing of it (design 4.6). */
static void nudging_evaluators_is_blind(void **state)
{
    struct desk *d = *state;
    i64 id = desk_answered(d, "A bus line"), a = desk_assignment(d, id);
    desk_as_staff(d);
    i64 agency_id = desk_count(d, SQL("SELECT agency_id FROM assignments WHERE org_id = :org AND "
                                      "id = :a",
                                      P(a)));
    d->actor->delegator_account_id = 1; /* for the office, and he works for the agency himself */
    d->actor->delegate_agency_id = agency_id;
    assert_int_equal(pressing_remind(d, "assignments", a, ""), 409);
    desk_as_staff(d);
    d->actor->agency_id = agency_id + 1000; /* of an agency that has nothing to do with it */
    assert_int_equal(pressing_remind(d, "assignments", a, "Please evaluate"), 200);
    desk_as_staff(d);
    struct test_answer page = desk_page(d, "/proposals/", id, "");
    assert_true(desk_has(&page, "Please evaluate"));
    desk_as_operator(d, 0);
    static const char *const PATHS[] = { "/proposals/", "/api/v1/proposals/" };
    for (size_t i = 0; i < 2; i++) {
        page = desk_page(d, PATHS[i], id, "");
        assert_int_equal(page.status, 200);
        assert_false(desk_has(&page, "Please evaluate"));
    }
    page = desk_page(d, "/assignments/", a, "");
    assert_false(desk_has(&page, "Please evaluate"));
}

/* ---- all that is late ---- */

static void the_page_of_what_is_late(void **state)
{
    struct desk *d = *state;
    i64 id = pressing_taken(d, "A bus line", "2026-09-17");
    (void)pressing_taken(d, "A later bus", "2026-09-30");
    desk_on_day(d, "2026-10-08"); /* 10 and 1 working days behind */
    desk_as_staff(d);
    struct test_answer a = test_get(d->t, "/api/v1/urgings/late");
    assert_int_equal(a.status, 200);
    desk_same(test_json(d->t, &a, "items.0.title"), "A bus line");
    desk_same(test_json(d->t, &a, "items.0.days_late"), "10");
    desk_same(test_json(d->t, &a, "items.0.look"), "double");
    desk_same(test_json(d->t, &a, "items.1.days_late"), "1");
    desk_same(test_json(d->t, &a, "items.1.look"), "red");
    desk_same(test_json(d->t, &a, "items.2.title"), "");
    a = test_get(d->t, "/urgings/late?look=double");
    assert_true(desk_has(&a, "A bus line"));
    assert_false(desk_has(&a, "A later bus"));
    a = desk_page(d, "/proposals/", id, "");
    assert_true(desk_has(&a, "严重逾期 10 个工作日"));
    a = desk_page(d, "/api/v1/proposals/", id, "");
    desk_same(test_json(d->t, &a, "assignments.0.days_late"), "10");
    desk_same(test_json(d->t, &a, "assignments.0.look"), "double");
    desk_as_operator(d, 0);
    assert_int_equal(test_get(d->t, "/urgings/late").status, 403);
    desk_as_other_reviewer(d);
    a = test_get(d->t, "/api/v1/urgings/late");
    desk_same(test_json(d->t, &a, "items.0.title"), "");
}

/* 61 answers are late: 60 are shown, and how many there are. */
static void what_is_cut_off_is_said(void **state)
{
    struct desk *d = *state;
    for (i64 i = 0; i < 60; i++)
        (void)pressing_taken(d, "A bus line", "2026-09-17");
    desk_on_day(d, "2026-09-18");
    desk_as_staff(d);
    struct test_answer a = test_get(d->t, "/urgings/late");
    assert_false(desk_has(&a, "只列前"));
    (void)pressing_taken(d, "A last one", "2026-09-17");
    desk_on_day(d, "2026-09-18");
    desk_as_staff(d);
    a = test_get(d->t, "/urgings/late");
    assert_true(desk_has(&a, "现在共有 61 件逾期。"));
    assert_true(desk_has(&a, "每一类只列前 60 件"));
    a = test_get(d->t, "/api/v1/urgings/late");
    desk_same(test_json(d->t, &a, "total"), "61");
    desk_same(test_json(d->t, &a, "items.60.title"), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_ladder_goes_by_working_days, pressing_setup,
                                        pressing_teardown),
        cmocka_unit_test_setup_teardown(steps_that_were_missed_are_not_made_up_for, pressing_setup,
                                        pressing_teardown),
        cmocka_unit_test_setup_teardown(more_time_ends_the_ladder, pressing_setup,
                                        pressing_teardown),
        cmocka_unit_test_setup_teardown(an_answer_ends_what_was_only_proposed, pressing_setup,
                                        pressing_teardown),
        cmocka_unit_test_setup_teardown(promises_and_the_office_have_theirs, pressing_setup,
                                        pressing_teardown),
        cmocka_unit_test_setup_teardown(a_step_can_be_left_out, pressing_setup, pressing_teardown),
        cmocka_unit_test_setup_teardown(many_are_done_in_batches, pressing_setup,
                                        pressing_teardown),
        cmocka_unit_test_setup_teardown(days_must_go_up, pressing_setup, pressing_teardown),
        cmocka_unit_test_setup_teardown(a_nudge_is_sent_once_a_day, pressing_setup,
                                        pressing_teardown),
        cmocka_unit_test_setup_teardown(nudges_for_a_verdict_are_for_who_reads_verdicts,
                                        pressing_setup, pressing_teardown),
        cmocka_unit_test_setup_teardown(who_may_nudge_whom, pressing_setup, pressing_teardown),
        cmocka_unit_test_setup_teardown(nudging_evaluators_is_blind, pressing_setup,
                                        pressing_teardown),
        cmocka_unit_test_setup_teardown(what_is_cut_off_is_said, pressing_setup, pressing_teardown),
        cmocka_unit_test_setup_teardown(the_page_of_what_is_late, pressing_setup,
                                        pressing_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
