/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A matter is withdrawn before it is answered (rules.md 12.1): its agencies are told and have
 * nothing more to do, nothing runs on, and it counts for nobody. */
#include "modules/assignments/tests/hall.h"
#include "platform/base/str.h"

static i64 listed(struct hall *h, const char *query)
{
    i64 total = 0;
    str path = arena_printf(h->t->mem, "/api/v1/assignments?%s", query);
    as_staff(h);
    struct test_answer a = test_get(h->t, path.ptr);
    assert_true(str_to_i64(test_json(h->t, &a, "total"), &total));
    return total;
}

static i64 running_clocks(struct hall *h, i64 id)
{
    struct rq rq = test_system_rq(h->t);
    struct rows rows;
    i64 count = 0;
    assert_int_equal(flow_clocks(&rq, &ASSIGNMENTS_FLOW, id, &rows).code, ERR_NONE);
    const struct flow_clock_row *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        count += all[i].stopped_at == 0;
    return count;
}

static i64 open_todos(struct hall *h, size_t agency)
{
    struct rq rq = test_system_rq(h->t);
    i64 count = 0;
    assert_int_equal(flow_todo_count_of(&rq, "agency", h->agency[agency], &count).code, ERR_NONE);
    return count;
}

/* The host has taken it and asks for more time, one cohost says it is not theirs, the other has
 * given its opinion. */
static void whoever_still_works_on_it_is_released(void **state)
{
    struct hall *h = *state;
    i64 made[AGENCIES] = { 0 };
    assert_int_equal(hand_out(h, &(struct handing){ 0, "hcc", 2, 0 }, made).code, ERR_NONE);
    as_operator(h, 0);
    assert_int_equal(act(h, made[0], "accept", NULL), 200);
    assert_int_equal(act(h, made[0], "extend", "{\"to_on\":\"2027-03-25\",\"opinion\":\"Rain.\"}"),
                     200);
    as_operator(h, 1);
    assert_int_equal(act(h, made[1], "bounce", "{\"opinion\":\"Not within our duty.\"}"), 200);
    as_operator(h, 2);
    assert_int_equal(act(h, made[2], "accept", NULL), 200);
    assert_int_equal(act(h, made[2], "contribute",
                         "{\"body\":\"Yes.\",\"operator\":\"Wu\",\"phone\":\"1\"}"),
                     200);
    on_day(h, "2026-11-27");
    assert_int_equal(on_matter(h, 0, assignment_cancel).code, ERR_NONE);
    for (size_t i = 0; i < 3; i++) {
        struct assignment a = load(h, made[i]);
        same(a.state, "closed");
        assert_int_equal(a.cancelled_at, h->t->app.clock.fixed_ms);
        assert_int_equal(a.closed_at, a.cancelled_at);
        assert_int_equal(running_clocks(h, made[i]), 0);
        assert_int_equal(open_todos(h, i), 0);
    }
    assert_int_equal(heard("assignments.cancelled"), 3);
    assert_int_equal(heard("assignments.closed"), 0);
    as_dispatcher(h);
    struct test_answer waiting = test_get(h->t, "/api/v1/assignments/waiting");
    assert_false(test_has(&waiting, "Not within our duty."));
    assert_false(test_has(&waiting, "Rain."));
}

static void the_agency_reads_why_and_cannot_go_on(void **state)
{
    struct hall *h = *state;
    i64 id = hand_out_one(h);
    assert_int_equal(on_matter(h, 0, assignment_cancel).code, ERR_NONE);
    as_operator(h, 0);
    assert_int_equal(act(h, id, "accept", NULL), 409);
    struct test_answer a = page(h, "/assignments/", id, "");
    assert_true(test_has(&a, "已经撤案，不用再办"));
    assert_true(test_has(&a, "已撤回"));
    assert_true(test_has(&a, "撤回交办"));
    assert_false(test_has(&a, "已办结"));
    a = page(h, "/api/v1/assignments/", id, "");
    assert_true(test_has(&a, "\"cancelled_at\":\"2026-11-25T09:00:00.000+08:00\""));
    a = test_get(h->t, "/assignments");
    assert_true(test_has(&a, "不用再办"));
}

/* It neither has to be answered nor does it become late, in list and figures alike. */
static void it_counts_for_nobody(void **state)
{
    struct hall *h = *state;
    i64 made[AGENCIES] = { 0 };
    assert_int_equal(hand_out(h, &(struct handing){ 0, "s", 1, 0 }, made).code, ERR_NONE);
    assert_int_equal(hand_out(h, &(struct handing){ 1, "s", 1, 0 }, made).code, ERR_NONE);
    assert_int_equal(listed(h, "answers=1"), 2);
    assert_int_equal(on_matter(h, 0, assignment_cancel).code, ERR_NONE);
    on_day(h, "2027-03-01");
    assert_int_equal(listed(h, "answers=1"), 1);
    assert_int_equal(listed(h, "cancelled=1"), 1);
    assert_int_equal(listed(h, ""), 2);
    assert_int_equal(listed(h, "answers=1&owed=1"), 1);
    assert_int_equal(listed(h, "answers=1&state=closed"), 0);
}

/* One that was taken away has its own end; one that is closed keeps it. */
static void what_has_ended_is_left_alone(void **state)
{
    struct hall *h = *state;
    i64 id = hand_out_one(h), made[AGENCIES] = { 0 };
    str json = arena_printf(h->t->mem, "{\"agency_id\":%lld}", (long long)h->agency[1]);
    as_dispatcher(h);
    assert_int_equal(act(h, id, "reassign", json.ptr), 200);
    assert_int_equal(on_matter(h, 0, assignment_cancel).code, ERR_NONE);
    same(state_of(h, id), "reassigned");
    assert_int_equal(load(h, id).cancelled_at, 0);
    assert_int_equal(heard("assignments.cancelled"), 1);
    assert_int_equal(hand_out(h, &(struct handing){ 1, "s", 1, 0 }, made).code, ERR_NONE);
    answer(h, made[0], 0);
    assert_int_equal(on_matter(h, 1, assignment_close).code, ERR_NONE);
    assert_int_equal(on_matter(h, 1, assignment_cancel).code, ERR_NONE);
    assert_int_equal(load(h, made[0]).cancelled_at, 0);
    assert_int_equal(heard("assignments.cancelled"), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        { "whoever_still_works_on_it_is_released", whoever_still_works_on_it_is_released,
          hall_setup, hall_teardown, NULL },
        { "the_agency_reads_why_and_cannot_go_on", the_agency_reads_why_and_cannot_go_on,
          hall_setup, hall_teardown, NULL },
        { "it_counts_for_nobody", it_counts_for_nobody, hall_setup, hall_teardown, NULL },
        { "what_has_ended_is_left_alone", what_has_ended_is_left_alone, hall_setup, hall_teardown,
          NULL },
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
