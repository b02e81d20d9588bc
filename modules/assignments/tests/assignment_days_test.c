/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Days that hang on each other: a cohost's on its host's, a bounce's on its refusal; and whose name
 * stands beside an act. Days: 2026-11-25 is a Wednesday. */
#include <stdio.h>

#include "modules/assignments/tests/hall.h"

static const char BOUNCE[] = "{\"opinion\":\"Not within our duty.\"}";

static i64 next_of(struct hall *h, i64 n, i64 agency_id)
{
    struct rq rq = test_system_rq(h->t);
    struct rows rows;
    assert_int_equal(assignment_list_of(&rq, "proposals", MATTER_ID + n, &rows).code, ERR_NONE);
    const struct assignment *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (all[i].agency_id == agency_id)
            return all[i].id;
    return 0;
}

/* rules.md 2.3: the host collects what its cohosts say, so that none is due behind it. Both days
 * are the dispatcher's here; the cohost's own month would end on 2026-12-25. */
static void a_cohost_is_not_due_behind_its_host(void **state)
{
    struct hall *h = *state;
    i64 made[AGENCIES] = { 0 };
    char json[200];
    assert_int_equal(hand_out(h, &(struct handing){ 0, "hc", 1, day("2026-12-10") }, made).code,
                     ERR_NONE);
    assert_int_equal(load(h, made[1]).due_on, day("2026-12-10"));
    as_dispatcher(h);
    snprintf(json, sizeof json, "{\"agency_id\":%lld}", (long long)h->agency[2]);
    assert_int_equal(act(h, made[1], "reassign", json), 200);
    assert_int_equal(load(h, next_of(h, 0, h->agency[2])).due_on, day("2026-12-10"));
    snprintf(json, sizeof json, "{\"agency_id\":%lld,\"due_on\":\"2027-01-20\"}",
             (long long)h->agency[3]);
    assert_int_equal(act(h, next_of(h, 0, h->agency[2]), "reassign", json), 200);
    assert_int_equal(load(h, next_of(h, 0, h->agency[3])).due_on, day("2026-12-10"));
}

/* The host is due on 2027-02-25, the cohost on 2026-12-25 and may go to the host's day only. */
static void more_time_for_a_cohost_ends_with_its_host(void **state)
{
    struct hall *h = *state;
    i64 made[AGENCIES] = { 0 };
    assert_int_equal(hand_out(h, &(struct handing){ 0, "hc", 1, 0 }, made).code, ERR_NONE);
    as_operator(h, 1);
    assert_int_equal(act(h, made[1], "accept", NULL), 200);
    assert_int_equal(act(h, made[1], "extend", "{\"to_on\":\"2027-02-26\",\"opinion\":\"Rain.\"}"),
                     422);
    as_leader(h, 1); /* the leader may ask too */
    assert_int_equal(act(h, made[1], "extend", "{\"to_on\":\"2027-02-25\",\"opinion\":\"Rain.\"}"),
                     200);
}

/* Handed out with the same day for both: on it the host may answer, whatever the cohost does. */
static void on_its_own_day_the_host_waits_no_longer(void **state)
{
    struct hall *h = *state;
    i64 made[AGENCIES] = { 0 };
    assert_int_equal(hand_out(h, &(struct handing){ 0, "hc", 1, day("2026-12-10") }, made).code,
                     ERR_NONE);
    on_day(h, "2026-12-10");
    draft(h, made[0], 0);
    same(state_of(h, made[0]), "drafted");
}

/* Asked on Friday 2026-11-27, refused on Tuesday 2026-12-01: four days stood still before it was
 * taken, and the day to answer, 2027-02-25, moves by them. */
static void days_of_a_refused_bounce_move_the_answer_too(void **state)
{
    struct hall *h = *state;
    i64 id = hand_out_one(h);
    on_day(h, "2026-11-27");
    as_leader(h, 0); /* the leader may say that it is not theirs */
    assert_int_equal(act(h, id, "bounce", BOUNCE), 200);
    on_day(h, "2026-12-01");
    as_dispatcher(h);
    assert_int_equal(act(h, id, "uphold", "{\"opinion\":\"It is yours.\"}"), 200);
    assert_int_equal(load(h, id).due_on, day("2027-03-01"));
    assert_int_equal(heard("assignments.due_changed"), 1);
}

/* ---- whose name ---- */

/* A deputy signs for the leader who asked him to: the history names both, and the letter is signed
 * by the leader. */
static void a_delegated_act_names_both(void **state)
{
    struct hall *h = *state;
    i64 id = hand_out_one(h);
    draft(h, id, 0);
    as_leader(h, 0);
    struct actor deputy = *test_as_role(h->t, "agency_leader");
    deputy.person_id = 0;
    deputy.agency_id = h->agency[0];
    deputy.name = str_of("Deputy");
    deputy.account_id = 888;
    deputy.delegator_account_id = 500;
    deputy.delegator_name = str_of("Chief");
    test_as(h->t, &deputy);
    struct test_answer a = page(h, "/assignments/", id, "/sign");
    same(test_field(h->t, &a, "signer"), "Chief");
    assert_int_equal(act(h, id, "sign", "{\"signer\":\"Chief\"}"), 200);
    as_staff(h);
    a = page(h, "/assignments/", id, "");
    assert_true(test_has(&a, "Deputy（代Chief）"));
    a = page(h, "/api/v1/assignments/", id, "");
    assert_true(test_has(&a, "Deputy（代Chief）"));
}

/* The step by the API overwrites no draft that it has not seen (its version is told with 409). */
static void sending_an_older_draft_is_refused(void **state)
{
    struct hall *h = *state;
    i64 id = hand_out_one(h);
    as_operator(h, 0);
    assert_int_equal(act(h, id, "accept", NULL), 200);
    str path = arena_printf(h->t->mem, "/api/v1/assignments/%lld/draft", (long long)id);
    assert_int_equal(test_api(h->t, PUT, path.ptr, "{\"version\":0,\"opening\":\"A\"}").status,
                     200);
    assert_int_equal(test_api(h->t, PUT, path.ptr, "{\"version\":1,\"opening\":\"B\"}").status,
                     200);
    assert_int_equal(act(h, id, "reply", "{\"draft_version\":1,\"opening\":\"A\"}"), 409);
    assert_int_equal(act(h, id, "reply", "{\"draft_version\":2,\"opening\":\"A\"}"), 422);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        { "a_cohost_is_not_due_behind_its_host", a_cohost_is_not_due_behind_its_host, hall_setup,
          hall_teardown, NULL },
        { "more_time_for_a_cohost_ends_with_its_host", more_time_for_a_cohost_ends_with_its_host,
          hall_setup, hall_teardown, NULL },
        { "on_its_own_day_the_host_waits_no_longer", on_its_own_day_the_host_waits_no_longer,
          hall_setup, hall_teardown, NULL },
        { "days_of_a_refused_bounce_move_the_answer_too",
          days_of_a_refused_bounce_move_the_answer_too, hall_setup, hall_teardown, NULL },
        { "a_delegated_act_names_both", a_delegated_act_names_both, hall_setup, hall_teardown,
          NULL },
        { "sending_an_older_draft_is_refused", sending_an_older_draft_is_refused, hall_setup,
          hall_teardown, NULL },
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
