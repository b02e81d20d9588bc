/* SPDX-License-Identifier: MulanPSL-2.0 */
/* How a proposal's road ends: a second dissatisfaction is talked over face to face and written
 * down, what has ended goes to the archive. Both engines. Taken back, diverted:
 * proposal_side_steps_test.c. */
#include "modules/proposals/proposal_pages.h"
#include "modules/proposals/proposal_store.h"
#include "modules/proposals/tests/desk_look.h"
#include "platform/calendar/calendar.h"

static const char AGAIN[] = "{\"opinion\":\"Answer the second question.\"}";
static const char MEDIATE[] = "{\"opinion\":\"Where does the bus stop?\"}";

/* A complete record; more: result, satisfaction, opinion. */
static const char *record(struct desk *d, const char *day, const char *more)
{
    return arena_printf(d->t->mem,
                        "{\"held_on\":\"%s\",\"place\":\"Room 3\",\"present\":\"Li; Roads\","
                        "\"agency_said\":\"It stops at the gate.\","
                        "\"proposer_said\":\"The gate is far.\",%s}",
                        day, more)
        .ptr;
}

/* ---- face to face ---- */

/* rules.md 2.6: once again by letter, then a talk; README: "redo", "mediate". */
static void the_second_dissatisfaction_leads_to_a_talk(void **state)
{
    struct desk *d = *state;
    i64 id = desk_answered(d, "A stop at the gate");
    assert_int_equal(desk_load(d, id).rounds, 1);
    i64 first_at = desk_load(d, id).replied_at;
    assert_int_equal(desk_load(d, id).first_replied_at, first_at);
    assert_int_equal(desk_evaluate(d, id, "dissatisfied"), 200);
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, id, "mediate", MEDIATE), 409); /* once again first */
    assert_int_equal(desk_todos(d, id, "redo"), 1);
    assert_int_equal(desk_act(d, id, "redo", AGAIN), 200);
    assert_int_equal(desk_load(d, id).rounds, 2);
    desk_on_day(d, "2026-12-01");
    desk_answer(d, id, "b");
    struct proposal p = desk_load(d, id);
    assert_int_equal(p.first_replied_at, first_at); /* stays */
    assert_true(p.replied_at > first_at);
    assert_int_equal(desk_evaluate(d, id, "dissatisfied"), 200);
    assert_int_equal(desk_todos(d, id, "redo"), 0);
    assert_int_equal(desk_todos(d, id, "mediate"), 1);
    desk_as_reviewer(d);
    assert_false(desk_offers(d, id, "redo"));
    assert_int_equal(desk_act(d, id, "redo", AGAIN), 409);
    assert_int_equal(desk_act(d, id, "mediate", "{}"), 422);
    assert_int_equal(desk_act(d, id, "mediate", MEDIATE), 200);
    p = desk_load(d, id);
    desk_same(p.state, "mediating");
    assert_int_equal(desk_todos(d, id, "mediate"), 0);
    assert_int_equal(desk_todos(d, id, "settle"), 1);
    assert_int_equal(p.due_on, calendar_due(calendar_current(), test_system_rq(d->t).today, 15,
                                            "working_days", true));
}

static void the_record_has_the_last_word(void **state)
{
    static const struct {
        const char *more;
        int status;
        const char *state, *satisfaction;
        i64 rounds;
    } CASES[] = {
        { "\"result\":\"agreed\",\"satisfaction\":\"satisfied\"", 200, "tracking", "satisfied", 2 },
        { "\"result\":\"agreed\",\"satisfaction\":\"fair\"", 200, "tracking", "fair", 2 },
        { "\"result\":\"explained\",\"satisfaction\":\"dissatisfied\"", 200, "tracking",
          "dissatisfied", 2 },
        { "\"result\":\"redo\",\"opinion\":\"A stop at the door.\"", 200, "redoing", "dissatisfied",
          3 },
        { "\"result\":\"agreed\",\"satisfaction\":\"dissatisfied\"", 422, "mediating",
          "dissatisfied", 2 },
        { "\"result\":\"explained\"", 422, "mediating", "dissatisfied", 2 },
        { "\"result\":\"redo\"", 422, "mediating", "dissatisfied", 2 },
    };
    struct desk *d = *state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        i64 id = desk_mediated(d, "A stop at the gate");
        desk_as_reviewer(d);
        int status = desk_act(d, id, "settle", record(d, "2026-11-25", CASES[i].more));
        struct proposal p = desk_load(d, id);
        if (status != CASES[i].status || !str_is(p.state, CASES[i].state))
            fail_msg("case %zu: %d, %.*s", i, status, (int)p.state.len, p.state.ptr);
        desk_same(p.satisfaction, CASES[i].satisfaction);
        assert_int_equal(p.rounds, CASES[i].rounds);
        assert_int_equal(desk_count(d,
                                    SQL("SELECT count(*) AS n FROM mediations WHERE org_id = :org "
                                        "AND proposal_id = :id",
                                        P(id))),
                         CASES[i].status == 200);
        assert_int_equal(p.closed_at > 0, str_is(p.state, "tracking"));
    }
}

/* Not before it was called, not after today. */
static void a_talk_has_its_day(void **state)
{
    static const struct {
        const char *day;
        int status;
    } CASES[] = { { "2026-11-24", 422 }, { "2026-11-28", 422 }, { "2026-11-26", 200 } };
    struct desk *d = *state;
    i64 id = desk_mediated(d, "A stop at the gate");
    desk_on_day(d, "2026-11-27");
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        desk_as_reviewer(d);
        assert_int_equal(desk_act(d, id, "settle",
                                  record(d, CASES[i].day,
                                         "\"result\":\"agreed\",\"satisfaction\":\"satisfied\"")),
                         CASES[i].status);
    }
}

/* After a talk that asked for another answer comes a talk again, no letter. */
static void another_answer_leads_to_another_talk(void **state)
{
    struct desk *d = *state;
    i64 id = desk_mediated(d, "A stop at the gate");
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, id, "settle",
                              record(d, "2026-11-25",
                                     "\"result\":\"redo\",\"opinion\":\"At the door.\"")),
                     200);
    desk_answer(d, id, "a");
    assert_int_equal(desk_evaluate(d, id, "dissatisfied"), 200);
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, id, "redo", AGAIN), 409);
    assert_int_equal(desk_act(d, id, "mediate", MEDIATE), 200);
    assert_int_equal(desk_act(d, id, "settle",
                              record(d, "2026-11-25",
                                     "\"result\":\"agreed\",\"satisfaction\":\"satisfied\"")),
                     200);
    desk_same(desk_json(d, id, "mediations.1.round"), "3");
    desk_same(desk_json(d, id, "mediations.1.satisfaction"), "satisfied");
}

static void how_often_it_goes_back_is_the_sites(void **state)
{
    struct desk *d = *state;
    desk_set(d, "proposals.redo_max", "0");
    i64 id = desk_answered(d, "At once");
    assert_int_equal(desk_evaluate(d, id, "dissatisfied"), 200);
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, id, "redo", AGAIN), 409);
    assert_int_equal(desk_todos(d, id, "mediate"), 1);
    desk_set(d, "proposals.redo_max", "2");
    id = desk_twice_dissatisfied(d, "Twice");
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, id, "mediate", MEDIATE), 409);
    assert_int_equal(desk_act(d, id, "redo", AGAIN), 200);
}

/* Whoever changes his verdict while the talk is prepared: the talk has the last word. */
static void a_verdict_changed_meanwhile_breaks_nothing(void **state)
{
    struct desk *d = *state;
    i64 id = desk_mediated(d, "A stop at the gate");
    assert_int_equal(desk_evaluate(d, id, "satisfied"), 200); /* within the minutes for it */
    desk_same(desk_load(d, id).state, "mediating");
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, id, "settle",
                              record(d, "2026-11-25",
                                     "\"result\":\"redo\",\"opinion\":\"At the door.\"")),
                     409); /* there is nothing to do again */
    assert_int_equal(desk_act(d, id, "settle",
                              record(d, "2026-11-25",
                                     "\"result\":\"agreed\",\"satisfaction\":\"satisfied\"")),
                     200);
}

/* The record is for those who were there and the office; the last word not for agencies. */
static void who_reads_the_record(void **state)
{
    struct desk *d = *state;
    i64 id = desk_mediated(d, "A stop at the gate");
    desk_as_dispatcher(d);
    assert_false(desk_offers(d, id, "mediate"));
    assert_false(desk_offers(d, id, "settle"));
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, id, "settle",
                              record(d, "2026-11-25",
                                     "\"result\":\"explained\",\"satisfaction\":\"fair\"")),
                     200);
    static const struct {
        void (*as)(struct desk *d, size_t number);
        size_t number;
        bool reads, word;
    } CASES[] = {
        { desk_as_member, 0, true, true },
        { desk_as_member, 1, false, false },
        { desk_as_operator, 0, true, false },
        { desk_as_agency_leader, 0, true, false },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        CASES[i].as(d, CASES[i].number);
        struct test_answer a = desk_page(d, "/proposals/", id, "");
        assert_int_equal(a.status, 200);
        assert_int_equal(desk_has(&a, "The gate is far."), CASES[i].reads);
        CASES[i].as(d, CASES[i].number);
        desk_same(desk_json(d, id, "mediations.0.satisfaction"), CASES[i].word ? "fair" : "");
    }
    desk_as_dispatcher(d); /* of the same government as the agencies */
    desk_same(desk_json(d, id, "mediations.0.place"), "Room 3");
    desk_same(desk_json(d, id, "mediations.0.satisfaction"), "");
    desk_as_reviewer(d);
    desk_same(desk_json(d, id, "mediations.0.satisfaction"), "fair");
}

static void nobody_writes_down_his_own_case(void **state)
{
    struct desk *d = *state;
    i64 id = desk_mediated(d, "A stop at the gate");
    desk_as_reviewer(d);
    d->actor->agency_id = d->agency[0];
    assert_int_equal(desk_act(d, id, "settle",
                              record(d, "2026-11-25",
                                     "\"result\":\"agreed\",\"satisfaction\":\"satisfied\"")),
                     403);
}

/* ---- archive ---- */

static err run_archive(struct rq *rq, void *context)
{
    bool again = true;
    (void)context;
    TRY(job_proposal_archive(rq, &again));
    assert_false(again);
    return OK;
}

/* 365 days after the last step, once there is nobody left to be told. */
static void what_has_ended_goes_to_the_archive(void **state)
{
    struct desk *d = *state;
    i64 done = desk_closed(d, "Done"), open = desk_docketed(d, "Open"),
        refused = desk_rejected(d, "Refused");
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, done, "archive", "{}"), 403);
    desk_as_staff(d);
    assert_int_equal(desk_act(d, open, "archive", "{}"), 409);
    assert_int_equal(desk_act(d, refused, "archive", "{}"), 409); /* not told yet */
    desk_on_day(d, "2027-11-25");
    assert_ok(test_write(d->t, run_archive, NULL));
    desk_same(desk_load(d, done).state, "closed"); /* the day itself */
    desk_on_day(d, "2027-11-26");
    assert_ok(test_write(d->t, run_archive, NULL));
    desk_same(desk_load(d, done).state, "archived");
    desk_same(desk_load(d, done).outcome, "docketed");
    desk_same(desk_load(d, open).state, "docketed");
    desk_same(desk_load(d, refused).state, "rejected");
    desk_as_staff(d);
    assert_int_equal(desk_act(d, refused, "inform",
                              "{\"informed_on\":\"2027-11-26\",\"opinion\":\"By letter.\"}"),
                     200);
    assert_int_equal(desk_act(d, refused, "archive", "{}"), 200);
    desk_as_member(d, 1); /* as before: the one is public, the other never was */
    assert_int_equal(desk_page(d, "/proposals/", done, "").status, 200);
    assert_int_equal(desk_page(d, "/proposals/", refused, "").status, 404);
}

static void a_site_may_keep_everything_open(void **state)
{
    struct desk *d = *state;
    i64 done = desk_closed(d, "Done");
    desk_set(d, "proposals.archive_days", "0");
    desk_on_day(d, "2036-11-26");
    assert_ok(test_write(d->t, run_archive, NULL));
    desk_same(desk_load(d, done).state, "closed");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_second_dissatisfaction_leads_to_a_talk, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(the_record_has_the_last_word, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(a_talk_has_its_day, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(another_answer_leads_to_another_talk, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(how_often_it_goes_back_is_the_sites, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(a_verdict_changed_meanwhile_breaks_nothing, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(who_reads_the_record, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(nobody_writes_down_his_own_case, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(what_has_ended_goes_to_the_archive, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(a_site_may_keep_everything_open, desk_setup, desk_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
