/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Life of assignments by the rules (rules.md 2.3-2.6): handing out, taking, bounce, talks,
 * more time, verdict, again; answering: modules/replies. Days: 2026-11-25 is a Wednesday; no
 * holiday falls between it and New Year's Day. */
#include <stdio.h>

#include "modules/assignments/tests/hall.h"
#include "modules/evaluations/evaluation_store.h"

/* ---- handing out ---- */

static void roles_that_fit_are_handed_out_and_others_are_not(void **state)
{
    struct hall *h = *state;
    static const struct {
        const char *roles, *refused;
    } CASES[] = {
        { "s", NULL },
        { "h", NULL },
        { "hc", NULL },
        { "hccc", NULL },
        { "pp", NULL },
        { "ppp", NULL },
        { "", "assignments.roles" },
        { "c", "assignments.roles" },
        { "p", "assignments.roles" },
        { "ss", "assignments.roles" },
        { "hh", "assignments.roles" },
        { "sc", "assignments.roles" },
        { "hp", "assignments.roles" },
        { "pc", "assignments.roles" },
        { "hccccc", "assignments.agency_twice" },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        i64 made[AGENCIES + 1] = { 0 };
        err e = hand_out(h, &(struct handing){ (i64)i, CASES[i].roles, 1, 0 }, made);
        if (CASES[i].refused ? !err_is(e, CASES[i].refused) : e.code != ERR_NONE)
            fail_msg("%s: %s", CASES[i].roles, e.name ? e.name : "OK");
    }
}

static void a_matter_is_handed_out_once(void **state)
{
    struct hall *h = *state;
    i64 made[AGENCIES] = { 0 };
    hand_out_one(h);
    err e = hand_out(h, &(struct handing){ 0, "pp", 1, 0 }, made);
    assert_true(err_is(e, "assignments.already"));
}

/* 3 months from 2026-11-25 is 2027-02-25, a Thursday; a cohost has one month, 2026-12-25, a
 * Friday; to take it 5 working days, 2026-12-02. */
static void days_follow_from_the_role(void **state)
{
    struct hall *h = *state;
    i64 made[AGENCIES] = { 0 };
    assert_int_equal(hand_out(h, &(struct handing){ 0, "hc", 1, 0 }, made).code, ERR_NONE);
    struct assignment host = load(h, made[0]), cohost = load(h, made[1]);
    assert_int_equal(host.due_on, day("2027-02-25"));
    assert_int_equal(cohost.due_on, day("2026-12-25"));
    assert_int_equal(host.accept_due_on, day("2026-12-02"));
    assert_int_equal(host.round, 1);
    same(host.agency_name, "Roads");
    same(cohost.role, "cohost");
}

static void a_day_of_the_dispatcher_wins_and_bounds_the_cohost(void **state)
{
    struct hall *h = *state;
    i64 made[AGENCIES] = { 0 };
    i64 due_on = day("2026-12-10");
    assert_int_equal(hand_out(h, &(struct handing){ 0, "h", 1, due_on }, made).code, ERR_NONE);
    assert_int_equal(load(h, made[0]).due_on, due_on);
}

/* ---- taking it, or not ---- */

static void only_the_agency_itself_takes_it(void **state)
{
    struct hall *h = *state;
    i64 id = hand_out_one(h);
    as_operator(h, 1);
    assert_int_equal(act(h, id, "accept", NULL), 404);
    as_dispatcher(h);
    assert_int_equal(act(h, id, "accept", NULL), 403);
    as_operator(h, 0);
    assert_int_equal(act(h, id, "accept", NULL), 200);
    assert_int_equal(act(h, id, "accept", NULL), 409);
    struct assignment a = load(h, id);
    same(a.state, "accepted");
    assert_int_equal(a.accepted_at, h->t->app.clock.fixed_ms);
    assert_int_equal(heard("assignments.accepted"), 1);
}

static const char BOUNCE[] = "{\"opinion\":\"Not within our duty.\"}";

/* 5 working days from Wednesday 2026-11-25: up to Wednesday 2026-12-02, also shortly after
 * taking it. */
static void bounce_is_allowed_within_its_days_only(void **state)
{
    struct hall *h = *state;
    static const struct {
        const char *day;
        bool accepted;
        int status;
    } CASES[] = {
        { "2026-11-25", false, 200 }, { "2026-12-02", false, 200 }, { "2026-12-02", true, 200 },
        { "2026-12-03", false, 409 }, { "2026-12-03", true, 409 },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        i64 made[AGENCIES] = { 0 };
        on_day(h, "2026-11-25");
        assert_int_equal(hand_out(h, &(struct handing){ (i64)i, "s", 1, 0 }, made).code, ERR_NONE);
        as_operator(h, 0);
        if (CASES[i].accepted)
            assert_int_equal(act(h, made[0], "accept", NULL), 200);
        on_day(h, CASES[i].day);
        as_operator(h, 0);
        assert_int_equal(act(h, made[0], "bounce", BOUNCE), CASES[i].status);
        if (CASES[i].status == 200)
            same(state_of(h, made[0]), "bouncing");
    }
}

static void bounce_wants_a_reason_and_a_true_agency(void **state)
{
    struct hall *h = *state;
    char json[200];
    i64 id = hand_out_one(h);
    as_operator(h, 0);
    assert_int_equal(act(h, id, "bounce", "{}"), 422);
    snprintf(json, sizeof json, "{\"opinion\":\"Not our duty.\",\"better_agency_id\":%lld}",
             (long long)h->stranger);
    assert_int_equal(act(h, id, "bounce", json), 422);
    snprintf(json, sizeof json, "{\"opinion\":\"Not our duty.\",\"better_agency_id\":%lld}",
             (long long)h->agency[0]);
    assert_int_equal(act(h, id, "bounce", json), 422); /* itself */
    same(state_of(h, id), "assigned");
}

static void a_granted_bounce_gives_it_to_another_agency(void **state)
{
    struct hall *h = *state;
    char json[200];
    i64 id = hand_out_one(h);
    as_operator(h, 0);
    assert_int_equal(act(h, id, "bounce", BOUNCE), 200);
    on_day(h, "2026-11-30");
    as_operator(h, 0);
    snprintf(json, sizeof json, "{\"agency_id\":%lld}", (long long)h->agency[2]);
    assert_int_equal(act(h, id, "reassign", json), 403); /* the agency may not pass it on */
    as_dispatcher(h);
    assert_int_equal(act(h, id, "reassign", json), 200);
    same(state_of(h, id), "reassigned");
    struct rq rq = test_system_rq(h->t);
    struct rows rows;
    struct request b = { 0 };
    assert_int_equal(assignment_list_of(&rq, "proposals", MATTER_ID, &rows).code, ERR_NONE);
    assert_int_equal(rows.count, 1);
    const struct assignment *next = rows.items;
    assert_int_equal(next->agency_id, h->agency[2]);
    same(next->role, "sole");
    assert_int_equal(next->due_on, day("2027-03-01")); /* 2027-02-28 is a Sunday */
    assert_int_equal(next->accept_due_on, day("2026-12-07"));
    assert_int_equal(request_store_find_last(h->t->db, id, REQUEST_BOUNCE, h->t->mem, &b).code,
                     ERR_NONE);
    same(b.decision, "granted");
    assert_int_equal(heard("assignments.reassigned"), 1);
    as_operator(h, 0);
    assert_int_equal(
        test_get(h->t, arena_printf(h->t->mem, "/assignments/%lld", (long long)id).ptr).status,
        404);
}

static void reassigning_wants_an_agency_that_has_it_not(void **state)
{
    struct hall *h = *state;
    char json[200];
    i64 made[AGENCIES] = { 0 };
    assert_int_equal(hand_out(h, &(struct handing){ 0, "hc", 1, 0 }, made).code, ERR_NONE);
    as_dispatcher(h);
    const i64 wrong[] = { h->agency[0], h->agency[1], h->stranger, 99999 };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        snprintf(json, sizeof json, "{\"agency_id\":%lld}", (long long)wrong[i]);
        assert_int_equal(act(h, made[0], "reassign", json), 422);
    }
    snprintf(json, sizeof json, "{\"agency_id\":%lld,\"due_on\":\"2026-11-25\"}",
             (long long)h->agency[3]);
    assert_int_equal(act(h, made[0], "reassign", json), 422); /* not after today */
    same(state_of(h, made[0]), "assigned");
}

/* Asked on Friday 2026-11-27, upheld on Tuesday 2026-12-01: two working days stood still, so
 * that taking it is due on 2026-12-04. */
static void an_upheld_bounce_stands_and_its_days_do_not_count(void **state)
{
    struct hall *h = *state;
    i64 id = hand_out_one(h);
    on_day(h, "2026-11-27");
    as_operator(h, 0);
    assert_int_equal(act(h, id, "bounce", BOUNCE), 200);
    on_day(h, "2026-12-01");
    as_dispatcher(h);
    assert_int_equal(act(h, id, "uphold", "{}"), 422);
    assert_int_equal(act(h, id, "uphold", "{\"opinion\":\"It is yours.\"}"), 200);
    struct assignment a = load(h, id);
    same(a.state, "assigned");
    assert_int_equal(a.accept_due_on, day("2026-12-04"));
    as_operator(h, 0);
    assert_int_equal(act(h, id, "bounce", BOUNCE), 409); /* decided */
    assert_int_equal(act(h, id, "accept", NULL), 200);
}

static void an_upheld_bounce_after_taking_goes_back_to_handling(void **state)
{
    struct hall *h = *state;
    i64 id = hand_out_one(h);
    as_operator(h, 0);
    assert_int_equal(act(h, id, "accept", NULL), 200);
    assert_int_equal(act(h, id, "bounce", BOUNCE), 200);
    on_day(h, "2026-11-30"); /* five days later */
    as_dispatcher(h);
    assert_int_equal(act(h, id, "uphold", "{\"opinion\":\"It is yours.\"}"), 200);
    struct assignment a = load(h, id);
    same(a.state, "accepted");
    assert_int_equal(a.due_on, day("2027-03-02")); /* 2027-02-25 and five days */
}

/* ---- talks ---- */

static void a_talk_lies_between_handing_out_and_today(void **state)
{
    struct hall *h = *state;
    static const struct {
        const char *day;
        int status;
    } CASES[] = {
        { "2026-11-24", 422 }, { "2026-11-25", 200 }, { "2026-11-26", 422 }, { "", 422 }
    };
    i64 id = hand_out_one(h);
    as_operator(h, 0);
    assert_int_equal(act(h, id, "accept", NULL), 200);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        char json[200];
        snprintf(json, sizeof json,
                 "{\"way\":\"visit\",\"held_on\":\"%s\",\"with_whom\":\"S\",\"content\":\"c\"}",
                 CASES[i].day);
        assert_int_equal(act(h, id, "contact", json), CASES[i].status);
    }
    assert_int_equal(act(h, id, "contact",
                         "{\"way\":\"telepathy\",\"held_on\":\"2026-11-25\",\"with_whom\":\"S\","
                         "\"content\":\"c\"}"),
                     422);
}

/* ---- more time ---- */

/* Due 2027-02-25; at most three months more, 2027-05-25. */
static void more_time_is_asked_and_granted(void **state)
{
    struct hall *h = *state;
    static const struct {
        const char *day;
        int status;
    } CASES[] = {
        { "2027-02-25", 422 }, { "2027-05-26", 422 }, { "2027-05-25", 200 }, { "2027-03-25", 409 }
    };
    i64 id = hand_out_one(h);
    as_operator(h, 0);
    assert_int_equal(act(h, id, "extend", "{\"to_on\":\"2027-03-25\",\"opinion\":\"Rain.\"}"), 409);
    assert_int_equal(act(h, id, "accept", NULL), 200);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        char json[100];
        snprintf(json, sizeof json, "{\"to_on\":\"%s\",\"opinion\":\"Rain.\"}", CASES[i].day);
        assert_int_equal(act(h, id, "extend", json), CASES[i].status);
    }
    assert_int_equal(act(h, id, "decide_extension", "{\"decision\":\"granted\"}"), 403);
    as_dispatcher(h);
    assert_int_equal(act(h, id, "decide_extension", "{\"decision\":\"granted\"}"), 200);
    assert_int_equal(load(h, id).due_on, day("2027-05-25"));
    assert_int_equal(act(h, id, "decide_extension", "{\"decision\":\"granted\"}"), 409);
    on_day(h, "2027-05-25");
    answer(h, id, 0);
    assert_false(load(h, id).was_late);
}

static void refusing_more_time_wants_a_reason(void **state)
{
    struct hall *h = *state;
    i64 id = hand_out_one(h);
    as_operator(h, 0);
    assert_int_equal(act(h, id, "accept", NULL), 200);
    assert_int_equal(act(h, id, "extend", "{\"to_on\":\"2027-03-25\",\"opinion\":\"Rain.\"}"), 200);
    as_dispatcher(h);
    assert_int_equal(act(h, id, "decide_extension", "{\"decision\":\"refused\"}"), 422);
    assert_int_equal(act(h, id, "decide_extension",
                         "{\"decision\":\"refused\",\"opinion\":\"It does not rain.\"}"),
                     200);
    assert_int_equal(load(h, id).due_on, day("2027-02-25"));
}

/* ---- verdict ---- */

static void every_signer_evaluates_once(void **state)
{
    struct hall *h = *state;
    i64 made[AGENCIES] = { 0 };
    assert_int_equal(hand_out(h, &(struct handing){ 0, "s", 2, 0 }, made).code, ERR_NONE);
    assert_int_equal(evaluate(h, made[0], 301, "satisfied"),
                     404); /* not answered yet: nothing is asked */
    same(outcome_of(h, 0).stand, "assigned");
    answer(h, made[0], 0);
    same(outcome_of(h, 0).stand, "replied");
    same(outcome_of(h, 0).class, "a");
    assert_int_equal(evaluate(h, made[0], 399, "satisfied"), 404); /* signs nothing */
    assert_int_equal(evaluate(h, made[0], 301, "fair"), 200);
    same(outcome_of(h, 0).stand, "replied");
    assert_int_equal(evaluate(h, made[0], 302, "satisfied"), 200);
    same(outcome_of(h, 0).stand, "evaluated_well");
    same(outcome_of(h, 0).satisfaction, "fair");
    assert_int_equal(heard("assignments.evaluated"), 2);
}

static void a_verdict_can_be_changed_for_ten_minutes(void **state)
{
    struct hall *h = *state;
    i64 id = hand_out_one(h);
    answer(h, id, 0);
    assert_int_equal(evaluate(h, id, 301, "satisfied"), 200);
    h->t->app.clock.fixed_ms += 10 * 60000;
    assert_int_equal(evaluate(h, id, 301, "dissatisfied"), 200);
    h->t->app.clock.fixed_ms += 10 * 60000 + 1;
    assert_int_equal(evaluate(h, id, 301, "satisfied"), 409);
    same(outcome_of(h, 0).satisfaction, "dissatisfied");
}

static void dissatisfaction_wants_a_reason_and_every_question_an_answer(void **state)
{
    struct hall *h = *state;
    i64 id = hand_out_one(h);
    answer(h, id, 0);
    as_signer(h, 301);
    assert_int_equal(act(h, id, "evaluate",
                         "{\"visit\":\"visited\",\"manner\":\"satisfied\",\"hearing\":\"visit\","
                         "\"relevance\":\"direct\",\"handling\":\"satisfied\",\"result\":"
                         "\"dissatisfied\"}"),
                     422);
    assert_int_equal(act(h, id, "evaluate", "{\"result\":\"satisfied\"}"), 422);
    assert_int_equal(act(h, id, "evaluate",
                         "{\"visit\":\"visited\",\"manner\":\"satisfied\",\"hearing\":\"visit\","
                         "\"relevance\":\"direct\",\"handling\":\"satisfied\",\"result\":"
                         "\"happy\"}"),
                     422);
    same(outcome_of(h, 0).stand, "replied");
}

static void a_verdict_on_a_delegation_says_so(void **state)
{
    struct hall *h = *state;
    struct evaluation e = { 0 };
    i64 id = hand_out_one(h);
    answer(h, id, 0);
    as_signer(h, 301);
    struct actor *actor = test_as_role(h->t, "member");
    actor->account_id = 777; /* a clerk who acts for the signer */
    actor->person_id = 301;
    actor->delegator_account_id = 1301;
    actor->delegator_name = str_of("Signer 1");
    assert_int_equal(act(h, id, "evaluate",
                         "{\"visit\":\"visited\",\"manner\":\"fair\",\"hearing\":\"phone\","
                         "\"relevance\":\"partly\",\"handling\":\"fair\",\"result\":\"fair\"}"),
                     200);
    struct evaluation_key key = { id, 1, 301 };
    assert_int_equal(evaluation_store_find(h->t->db, &key, h->t->mem, &e).code, ERR_NONE);
    assert_int_equal(e.proxy_account_id, 777);
    same(e.hearing, "phone");
}

/* Two questions more, where the site asks them; whether the leader replied only of a party's. */
static void further_questions(void **state)
{
    struct hall *h = *state;
    static const struct {
        const char *wanted;
        bool party;
        const char *more;
        int status;
    } CASES[] = {
        { "0", false, "", 200 },
        { "0", false, ",\"agreement\":\"reserve\"", 200 },
        { "0", false, ",\"agreement\":\"perhaps\"", 422 },
        { "1", false, "", 422 },
        { "1", false, ",\"agreement\":\"understand\"", 200 },
        { "1", true, ",\"agreement\":\"understand\"", 422 },
        { "1", true, ",\"agreement\":\"agree\",\"leader_replied\":\"yes\"", 200 },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        char json[400];
        i64 made[AGENCIES] = { 0 };
        h->party = CASES[i].party;
        set(h, "assignments.evaluate_agreement", CASES[i].wanted);
        assert_int_equal(hand_out(h, &(struct handing){ (i64)i, "s", 1, 0 }, made).code, ERR_NONE);
        answer(h, made[0], 0);
        snprintf(json, sizeof json,
                 "{\"visit\":\"visited\",\"manner\":\"satisfied\",\"hearing\":\"visit\","
                 "\"relevance\":\"direct\",\"handling\":\"satisfied\",\"result\":\"satisfied\"%s}",
                 CASES[i].more);
        as_signer(h, 301);
        int status = act(h, made[0], "evaluate", json);
        if (status != CASES[i].status)
            fail_msg("case %zu: %d", i, status);
        if (i == 6) {
            struct test_answer a = page(h, "/api/v1/matters/", MATTER_ID + 6, "");
            same(test_json(h->t, &a, "assignments.0.evaluations.0.leader_replied"), "yes");
            as_operator(h, 0);
            hides(page(h, "/api/v1/matters/", MATTER_ID + 6, ""), "leader_replied");
        }
    }
}

/* Two split agencies; one is found wanting and answers again, the other's answer stands. */
static void only_the_dissatisfying_answer_is_done_again(void **state)
{
    struct hall *h = *state;
    i64 made[AGENCIES] = { 0 };
    assert_int_equal(hand_out(h, &(struct handing){ 0, "pp", 1, 0 }, made).code, ERR_NONE);
    answer(h, made[0], 0);
    same(outcome_of(h, 0).stand, "assigned");
    answer(h, made[1], 1);
    assert_int_equal(evaluate(h, made[0], 301, "satisfied"), 200);
    assert_int_equal(evaluate(h, made[1], 301, "dissatisfied"), 200);
    same(outcome_of(h, 0).stand, "evaluated_badly");
    on_day(h, "2026-12-01");
    assert_int_equal(on_matter(h, 0, evaluation_redo).code, ERR_NONE);
    struct assignment good = load(h, made[0]), bad = load(h, made[1]);
    same(good.state, "replied");
    same(bad.state, "redoing");
    assert_int_equal(bad.round, 2);
    assert_int_equal(bad.due_on, day("2027-03-01"));
    assert_int_equal(bad.replied_at, 0);
    same(outcome_of(h, 0).stand, "assigned");
    answer(h, made[1], 1);
    same(outcome_of(h, 0).stand, "replied");
    assert_int_equal(evaluate(h, made[0], 301, "satisfied"), 409); /* given long ago */
    assert_int_equal(evaluate(h, made[1], 301, "satisfied"), 200);
    same(outcome_of(h, 0).stand, "evaluated_well");
    same(outcome_of(h, 0).satisfaction, "satisfied");
}

static void a_new_round_wants_new_talks(void **state)
{
    struct hall *h = *state;
    i64 id = hand_out_one(h);
    answer(h, id, 0);
    assert_int_equal(evaluate(h, id, 301, "dissatisfied"), 200);
    assert_int_equal(on_matter(h, 0, evaluation_redo).code, ERR_NONE);
    as_operator(h, 0);
    assert_int_equal(act(h, id, "reply",
                         "{\"class\":\"a\",\"opening\":\"O\",\"results\":[\"adopted\",\"planned\"],"
                         "\"answers\":[\"Yes.\",\"Yes.\"],\"closing\":\"C\",\"operator\":\"W\","
                         "\"phone\":\"1\"}"),
                     422);
    assert_int_equal(act(h, id, "bounce", BOUNCE), 409);
}

static void closing_ends_all_of_a_matter(void **state)
{
    struct hall *h = *state;
    i64 made[AGENCIES] = { 0 };
    assert_int_equal(hand_out(h, &(struct handing){ 0, "hc", 1, 0 }, made).code, ERR_NONE);
    assert_int_equal(on_matter(h, 0, assignment_close).code, ERR_NONE);
    same(state_of(h, made[0]), "closed");
    same(state_of(h, made[1]), "closed");
    assert_int_equal(heard("assignments.closed"), 2);
    assert_int_equal(on_matter(h, 0, assignment_close).code, ERR_NONE);
    assert_int_equal(heard("assignments.closed"), 2);
    as_operator(h, 0);
    assert_int_equal(act(h, made[0], "accept", NULL), 409);
}

static void a_matter_without_persons_stays_replied(void **state)
{
    struct hall *h = *state;
    i64 made[AGENCIES] = { 0 };
    assert_int_equal(hand_out(h, &(struct handing){ 0, "s", 0, 0 }, made).code, ERR_NONE);
    answer(h, made[0], 0);
    same(outcome_of(h, 0).stand, "replied");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        { "roles_that_fit_are_handed_out_and_others_are_not",
          roles_that_fit_are_handed_out_and_others_are_not, hall_setup, hall_teardown, NULL },
        { "a_matter_is_handed_out_once", a_matter_is_handed_out_once, hall_setup, hall_teardown,
          NULL },
        { "days_follow_from_the_role", days_follow_from_the_role, hall_setup, hall_teardown, NULL },
        { "a_day_of_the_dispatcher_wins_and_bounds_the_cohost",
          a_day_of_the_dispatcher_wins_and_bounds_the_cohost, hall_setup, hall_teardown, NULL },
        { "only_the_agency_itself_takes_it", only_the_agency_itself_takes_it, hall_setup,
          hall_teardown, NULL },
        { "bounce_is_allowed_within_its_days_only", bounce_is_allowed_within_its_days_only,
          hall_setup, hall_teardown, NULL },
        { "bounce_wants_a_reason_and_a_true_agency", bounce_wants_a_reason_and_a_true_agency,
          hall_setup, hall_teardown, NULL },
        { "a_granted_bounce_gives_it_to_another_agency",
          a_granted_bounce_gives_it_to_another_agency, hall_setup, hall_teardown, NULL },
        { "reassigning_wants_an_agency_that_has_it_not",
          reassigning_wants_an_agency_that_has_it_not, hall_setup, hall_teardown, NULL },
        { "an_upheld_bounce_stands_and_its_days_do_not_count",
          an_upheld_bounce_stands_and_its_days_do_not_count, hall_setup, hall_teardown, NULL },
        { "an_upheld_bounce_after_taking_goes_back_to_handling",
          an_upheld_bounce_after_taking_goes_back_to_handling, hall_setup, hall_teardown, NULL },
        { "a_talk_lies_between_handing_out_and_today", a_talk_lies_between_handing_out_and_today,
          hall_setup, hall_teardown, NULL },
        { "more_time_is_asked_and_granted", more_time_is_asked_and_granted, hall_setup,
          hall_teardown, NULL },
        { "refusing_more_time_wants_a_reason", refusing_more_time_wants_a_reason, hall_setup,
          hall_teardown, NULL },
        { "every_signer_evaluates_once", every_signer_evaluates_once, hall_setup, hall_teardown,
          NULL },
        { "a_verdict_can_be_changed_for_ten_minutes", a_verdict_can_be_changed_for_ten_minutes,
          hall_setup, hall_teardown, NULL },
        { "dissatisfaction_wants_a_reason_and_every_question_an_answer",
          dissatisfaction_wants_a_reason_and_every_question_an_answer, hall_setup, hall_teardown,
          NULL },
        { "further_questions", further_questions, hall_setup, hall_teardown, NULL },
        { "a_verdict_on_a_delegation_says_so", a_verdict_on_a_delegation_says_so, hall_setup,
          hall_teardown, NULL },
        { "only_the_dissatisfying_answer_is_done_again",
          only_the_dissatisfying_answer_is_done_again, hall_setup, hall_teardown, NULL },
        { "a_new_round_wants_new_talks", a_new_round_wants_new_talks, hall_setup, hall_teardown,
          NULL },
        { "closing_ends_all_of_a_matter", closing_ends_all_of_a_matter, hall_setup, hall_teardown,
          NULL },
        { "a_matter_without_persons_stays_replied", a_matter_without_persons_stays_replied,
          hall_setup, hall_teardown, NULL },
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
