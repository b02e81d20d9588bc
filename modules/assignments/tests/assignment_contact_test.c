/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The first talk with the proposer has a day (rules.md 2.3: within 15 working days of assignment in
 * one county), talks are counted by round, and the first answer is kept beside the present one.
 * Days: handed out on Wednesday 2026-11-25, the 15th working day behind it is Wednesday
 * 2026-12-16. */
#include <stdio.h>

#include "modules/assignments/assignment_pages.h"
#include "modules/assignments/tests/hall.h"

static int talk(struct hall *h, i64 id, const char *on)
{
    char json[200];
    snprintf(
        json, sizeof json,
        "{\"way\":\"visit\",\"held_on\":\"%s\",\"with_whom\":\"Signer 1\",\"content\":\"Yes.\"}",
        on);
    as_operator(h, 0);
    return act(h, id, "contact", json);
}

static i64 running(struct hall *h, i64 id)
{
    struct rq rq = test_system_rq(h->t);
    i64 due = 0;
    assert_int_equal(flow_due(&rq, &ASSIGNMENTS_FLOW, id, "contact", &due).code, ERR_NONE);
    return due;
}

/* The verbs that the operators of the first agency have to do. */
static bool has_todo(struct hall *h, const char *verb, const char *due)
{
    struct actor actor = *test_as_role(h->t, "operator");
    struct rq rq = test_system_rq(h->t);
    struct rows rows;
    bool found = false;
    actor.person_id = 0;
    actor.agency_id = h->agency[0];
    rq.actor = &actor;
    assert_int_equal(flow_todos(&rq, 20, &rows).code, ERR_NONE);
    const struct todo *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        found = found || (str_is(all[i].verb, verb) && all[i].due_on == day(due));
    return found;
}

static void the_first_talk_has_a_day_where_one_is_set(void **state)
{
    struct hall *h = *state;
    i64 made[AGENCIES] = { 0 };
    assert_int_equal(hand_out(h, &(struct handing){ 0, "s", 1, 0 }, made).code, ERR_NONE);
    assert_int_equal(running(h, made[0]), 0);
    assert_int_equal(load(h, made[0]).contact_due_on, 0);
    set(h, "assignments.contact_days", "15");
    assert_int_equal(running(h, made[0]), 0); /* a setting that changes starts nothing */
    assert_int_equal(hand_out(h, &(struct handing){ 1, "hc", 1, 0 }, made).code, ERR_NONE);
    assert_int_equal(running(h, made[0]), day("2026-12-16"));
    assert_int_equal(load(h, made[0]).contact_due_on, day("2026-12-16"));
    assert_int_equal(running(h, made[1]), 0); /* a cohost does not deal with the proposer */
    set(h, "assignments.contact_days", "5");
    assert_int_equal(running(h, made[0]), day("2026-12-16"));
}

/* Recorded on the 17th, but held on the 16th: in time. A second one, held before it but recorded
 * later, was the first. */
static void talks_are_counted_and_the_first_ends_the_clock(void **state)
{
    struct hall *h = *state;
    set(h, "assignments.contact_days", "15");
    i64 id = hand_out_one(h);
    as_operator(h, 0);
    assert_int_equal(act(h, id, "accept", NULL), 200);
    assert_true(has_todo(h, "contact", "2026-12-16"));
    struct test_answer a = page(h, "/assignments/", id, "");
    assert_true(test_has(&a, "前首次沟通"));
    on_day(h, "2026-12-17");
    assert_int_equal(talk(h, id, "2026-12-16"), 200);
    assert_int_equal(heard("assignments.contacted"), 1);
    assert_int_equal(running(h, id), 0);
    assert_false(has_todo(h, "contact", "2026-12-16"));
    as_operator(h, 0);
    a = page(h, "/assignments/", id, "");
    assert_true(test_has(&a, "按期完成"));
    assert_false(test_has(&a, "逾期完成"));
    assert_int_equal(talk(h, id, "2026-12-01"), 200);
    struct assignment row = load(h, id);
    assert_int_equal(row.talks, 2);
    assert_int_equal(row.contacted_on, day("2026-12-01"));
    a = page(h, "/api/v1/assignments/", id, "");
    same(test_json(h->t, &a, "talks"), "2");
    same(test_json(h->t, &a, "contacted_on"), "2026-12-01");
    same(test_json(h->t, &a, "contact_due_on"), "2026-12-16");
    a = test_get(h->t, "/api/v1/assignments?contacted_on_from=2026-12-01");
    same(test_json(h->t, &a, "items.0.contacts"), "2");
}

/* Held on the 17th. */
static void a_late_first_talk_stays_late(void **state)
{
    struct hall *h = *state;
    set(h, "assignments.contact_days", "15");
    i64 id = hand_out_one(h);
    as_operator(h, 0);
    assert_int_equal(act(h, id, "accept", NULL), 200);
    on_day(h, "2026-12-17");
    assert_int_equal(talk(h, id, "2026-12-17"), 200);
    struct test_answer a = page(h, "/assignments/", id, "");
    assert_true(test_has(&a, "逾期完成"));
}

/* Asked on Friday, refused on Tuesday: two working days later. */
static void a_refused_bounce_moves_it(void **state)
{
    struct hall *h = *state;
    set(h, "assignments.contact_days", "15");
    i64 id = hand_out_one(h);
    on_day(h, "2026-11-27");
    as_operator(h, 0);
    assert_int_equal(act(h, id, "bounce", "{\"opinion\":\"Not within our duty.\"}"), 200);
    on_day(h, "2026-12-01");
    as_dispatcher(h);
    assert_int_equal(act(h, id, "uphold", "{\"opinion\":\"It is yours.\"}"), 200);
    assert_int_equal(running(h, id), day("2026-12-18"));
    assert_int_equal(load(h, id).contact_due_on, day("2026-12-18"));
}

static err warn_in(struct rq *rq, void *context)
{
    bool again = true;
    (void)context;
    while (again)
        TRY(job_assignment_warn(rq, &again));
    return OK;
}

/* Amber from three working days before on, red behind the day; each once, beside those of the
 * stage. */
static void it_is_warned_of_once_in_each_colour(void **state)
{
    struct hall *h = *state;
    static const struct {
        const char *on, *warning;
    } DAYS[] = { { "2026-12-10", "" },
                 { "2026-12-11", "amber" },
                 { "2026-12-16", "amber" },
                 { "2026-12-17", "red" },
                 { "2026-12-18", "red" } };
    set(h, "assignments.contact_days", "15");
    i64 told[sizeof DAYS / sizeof *DAYS] = { 0 }, version = 0;
    employ(h, 0);
    i64 id = hand_out_one(h);
    as_operator(h, 0);
    assert_int_equal(act(h, id, "accept", NULL), 200);
    for (size_t i = 0; i < sizeof DAYS / sizeof *DAYS; i++) {
        version = load(h, id).version;
        on_day(h, DAYS[i].on);
        assert_int_equal(test_write(h->t, warn_in, NULL).code, ERR_NONE);
        same(load(h, id).contact_warning, DAYS[i].warning);
        same(load(h, id).warning, "");
        assert_int_equal(load(h, id).version, version); /* who has its page open keeps it */
        told[i] = deliveries(h);
        assert_int_equal(told[i] - (i ? told[i - 1] : told[0]), i == 1 || i == 3 ? 1 : 0);
    }
}

/* Due on 2027-02-25, answered on the 26th; done again from then on, and answered in time. */
static void the_first_answer_is_kept(void **state)
{
    struct hall *h = *state;
    i64 id = hand_out_one(h);
    on_day(h, "2027-02-26");
    answer(h, id, 0);
    struct assignment first = load(h, id);
    assert_int_equal(first.first_replied_at, h->t->app.clock.fixed_ms);
    assert_true(first.first_late && first.was_late);
    assert_int_equal(evaluate(h, id, 301, "dissatisfied"), 200);
    assert_int_equal(on_matter(h, 0, evaluation_redo).code, ERR_NONE);
    assert_int_equal(load(h, id).talks, 0);
    assert_int_equal(load(h, id).contacted_on, day("2027-02-26"));
    on_day(h, "2027-03-01");
    answer(h, id, 0);
    struct assignment second = load(h, id);
    assert_int_equal(second.first_replied_at, first.first_replied_at);
    assert_int_equal(second.replied_at, h->t->app.clock.fixed_ms);
    assert_int_equal(second.talks, 1);
    as_staff(h);
    struct test_answer a = page(h, "/assignments/", id, "");
    assert_true(test_has(&a, "首次答复"));
    a = page(h, "/api/v1/assignments/", id, "");
    same(test_json(h->t, &a, "first_late"), "true");
}

/* In time at first, late the second time (redo: 3 months from 2026-11-25, to 2027-02-25). */
static void a_late_second_answer_is_not_a_late_first(void **state)
{
    struct hall *h = *state;
    i64 id = hand_out_one(h);
    answer(h, id, 0);
    assert_int_equal(evaluate(h, id, 301, "dissatisfied"), 200);
    assert_int_equal(on_matter(h, 0, evaluation_redo).code, ERR_NONE);
    on_day(h, "2027-02-26");
    answer(h, id, 0);
    assert_true(load(h, id).was_late);
    assert_false(load(h, id).first_late);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        { "the_first_talk_has_a_day_where_one_is_set", the_first_talk_has_a_day_where_one_is_set,
          hall_setup, hall_teardown, NULL },
        { "talks_are_counted_and_the_first_ends_the_clock",
          talks_are_counted_and_the_first_ends_the_clock, hall_setup, hall_teardown, NULL },
        { "a_late_first_talk_stays_late", a_late_first_talk_stays_late, hall_setup, hall_teardown,
          NULL },
        { "a_refused_bounce_moves_it", a_refused_bounce_moves_it, hall_setup, hall_teardown, NULL },
        { "it_is_warned_of_once_in_each_colour", it_is_warned_of_once_in_each_colour, hall_setup,
          hall_teardown, NULL },
        { "the_first_answer_is_kept", the_first_answer_is_kept, hall_setup, hall_teardown, NULL },
        { "a_late_second_answer_is_not_a_late_first", a_late_second_answer_is_not_a_late_first,
          hall_setup, hall_teardown, NULL },
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
