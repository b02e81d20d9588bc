/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A refused bounce that is contested (rules.md 2.3: meeting, then leaders decide), by the example:
 * handed out on Monday 2026-03-02, asked on 03-06, refused on 03-10; contested until 03-17 (5
 * working days), on 03-12, decided on 03-18. Three months end on 2026-06-02. */
#include <stdio.h>

#include "modules/assignments/tests/hall.h"

static const char BOUNCE[] = "{\"opinion\":\"Not within our duty.\"}";
static const char DISPUTE[] = "{\"opinion\":\"The list of duties says otherwise.\"}";
static const char UPHOLD[] = "{\"opinion\":\"It is yours.\"}";
static const char DECIDED[] = "{\"opinion\":\"It is yours.\",\"decided_by\":\"Vice mayor Wang\"}";

/* Refused on 03-10; taken: accepted before. */
static i64 refused(struct hall *h, i64 n, bool taken)
{
    i64 made[AGENCIES] = { 0 };
    on_day(h, "2026-03-02");
    assert_int_equal(hand_out(h, &(struct handing){ n, "s", 1, 0 }, made).code, ERR_NONE);
    assert_int_equal(load(h, made[0]).due_on, day("2026-06-02"));
    as_operator(h, 0);
    if (taken)
        assert_int_equal(act(h, made[0], "accept", NULL), 200);
    on_day(h, "2026-03-06");
    assert_int_equal(act(h, made[0], "bounce", BOUNCE), 200);
    on_day(h, "2026-03-10");
    as_dispatcher(h);
    assert_int_equal(act(h, made[0], "uphold", UPHOLD), 200);
    return made[0];
}

static err heard_in(struct rq *rq, void *context)
{
    return assignment_set_disputed(rq, *(const i64 *)context, DISPUTE_HEARD);
}

static void hear(struct hall *h, i64 id)
{
    assert_int_equal(test_write(h->t, heard_in, &id).code, ERR_NONE);
}

static void it_is_contested_once_and_in_time(void **state)
{
    struct hall *h = *state;
    on_day(h, "2026-03-02");
    i64 made[AGENCIES] = { 0 };
    assert_int_equal(hand_out(h, &(struct handing){ 9, "s", 1, 0 }, made).code, ERR_NONE);
    as_operator(h, 0);
    assert_int_equal(act(h, made[0], "dispute", DISPUTE), 409); /* nothing was refused */
    i64 id = refused(h, 0, true), late = refused(h, 1, true);
    as_operator(h, 1);
    assert_int_equal(act(h, id, "dispute", DISPUTE), 404);
    as_dispatcher(h);
    assert_int_equal(act(h, id, "dispute", DISPUTE), 403);
    on_day(h, "2026-03-17");
    as_operator(h, 0);
    assert_int_equal(act(h, id, "dispute", "{}"), 422); /* why? */
    shows(h, page(h, "/assignments/", id, "/dispute"), "It is yours.");
    assert_int_equal(act(h, id, "dispute", DISPUTE), 200);
    same(state_of(h, id), "bouncing");
    on_day(h, "2026-03-18");
    assert_int_equal(act(h, late, "dispute", DISPUTE), 409);
    as_dispatcher(h);
    hear(h, id);
    assert_int_equal(act(h, id, "uphold", DECIDED), 200);
    as_operator(h, 0);
    assert_int_equal(act(h, id, "dispute", DISPUTE), 409); /* once */
}

static void it_is_heard_and_a_leader_decides(void **state)
{
    struct hall *h = *state;
    char json[200];
    i64 id = refused(h, 0, true);
    snprintf(json, sizeof json, "{\"agency_id\":%lld,\"decided_by\":\"Vice mayor Wang\"}",
             (long long)h->agency[2]);
    on_day(h, "2026-03-12");
    as_operator(h, 0);
    assert_int_equal(act(h, id, "dispute", DISPUTE), 200);
    on_day(h, "2026-03-16");
    as_dispatcher(h);
    assert_int_equal(act(h, id, "reassign", json), 409); /* no meeting yet */
    assert_int_equal(act(h, id, "uphold", DECIDED), 409);
    hear(h, id);
    assert_int_equal(act(h, id, "uphold", UPHOLD), 422); /* who decided? */
    on_day(h, "2026-03-18");
    shows(h, page(h, "/assignments/", id, "/reassign"), "decided_by");
    assert_int_equal(act(h, id, "reassign", json), 200);
    struct assignment a = load(h, id);
    same(a.state, "reassigned");
    same(a.decider, "Vice mayor Wang");
    assert_int_equal(a.disputed, DISPUTE_DECIDED);
    assert_int_equal(day_of_ms(a.settled_at), day("2026-03-18"));
    assert_false(a.was_late);
    struct rq rq = test_system_rq(h->t);
    struct rows rows;
    assert_int_equal(assignment_list_of(&rq, "proposals", MATTER_ID, &rows).code, ERR_NONE);
    const struct assignment *next = rows.items;
    assert_int_equal(rows.count, 1);
    assert_int_equal(day_of_ms(next->assigned_at), day("2026-03-18"));
    assert_int_equal(next->due_on, day("2026-06-18")); /* three months of its own */
    assert_int_equal(next->disputed, DISPUTE_NONE);
    assert_int_equal(flow_clocks(&rq, &ASSIGNMENTS_FLOW, id, &rows).code, ERR_NONE);
    const struct flow_clock_row *clocks = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        assert_false(clocks[i].was_late);
}

/* (03-10 − 03-06) + (03-18 − 03-12) = 10 days: 2026-06-12, whether it was taken or not. */
static void days_of_request_and_dispute_do_not_count(void **state)
{
    struct hall *h = *state;
    for (i64 taken = 0; taken < 2; taken++) {
        i64 id = refused(h, taken, taken == 1);
        assert_int_equal(load(h, id).due_on, day("2026-06-06"));
        on_day(h, "2026-03-12");
        as_operator(h, 0);
        assert_int_equal(act(h, id, "dispute", DISPUTE), 200);
        hear(h, id);
        on_day(h, "2026-03-18");
        as_dispatcher(h);
        assert_int_equal(act(h, id, "uphold", DECIDED), 200);
        assert_int_equal(load(h, id).due_on, day("2026-06-12"));
        same(state_of(h, id), taken ? "accepted" : "assigned");
    }
}

/* Six months in all and ten days that do not count: 2026-09-12. Three more than 06-12: the same. */
static void more_time_knows_of_those_days(void **state)
{
    struct hall *h = *state;
    i64 id = refused(h, 0, true);
    on_day(h, "2026-03-12");
    as_operator(h, 0);
    assert_int_equal(act(h, id, "dispute", DISPUTE), 200);
    hear(h, id);
    on_day(h, "2026-03-18");
    as_dispatcher(h);
    assert_int_equal(act(h, id, "uphold", DECIDED), 200);
    as_operator(h, 0);
    assert_int_equal(act(h, id, "extend", "{\"to_on\":\"2026-09-13\",\"opinion\":\"Rain.\"}"), 422);
    assert_int_equal(act(h, id, "extend", "{\"to_on\":\"2026-09-12\",\"opinion\":\"Rain.\"}"), 200);
}

static void the_site_may_decide_without_a_meeting(void **state)
{
    struct hall *h = *state;
    on_day(h, "2026-03-02");
    set(h, "assignments.dispute_hearing", "0");
    i64 id = refused(h, 0, false);
    as_operator(h, 0);
    assert_int_equal(act(h, id, "dispute", DISPUTE), 200);
    as_dispatcher(h);
    assert_int_equal(act(h, id, "uphold", UPHOLD), 422);
    assert_int_equal(act(h, id, "uphold", DECIDED), 200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(it_is_contested_once_and_in_time, hall_setup,
                                        hall_teardown),
        cmocka_unit_test_setup_teardown(it_is_heard_and_a_leader_decides, hall_setup,
                                        hall_teardown),
        cmocka_unit_test_setup_teardown(days_of_request_and_dispute_do_not_count, hall_setup,
                                        hall_teardown),
        cmocka_unit_test_setup_teardown(more_time_knows_of_those_days, hall_setup, hall_teardown),
        cmocka_unit_test_setup_teardown(the_site_may_decide_without_a_meeting, hall_setup,
                                        hall_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
