/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What is behind its day, in working days (rules.md 12.5). The autumn of 2026 as the State Council
 * has it: Sunday 09-20 and Saturday 10-10 are worked, 09-25 to 27 and 10-01 to 07 are off. Days are
 * counted by hand. */
#include "modules/assignments/assignment_late.h"
#include "modules/urgings/urging_rules.h"

#include "modules/assignments/tests/hall.h"
#include "platform/calendar/calendar.h"

static const char AUTUMN[] = "2026-09-20 work x\n2026-09-25 off x\n2026-09-26 off x\n"
                             "2026-09-27 off x\n2026-10-01 off x\n2026-10-02 off x\n"
                             "2026-10-03 off x\n2026-10-04 off x\n2026-10-05 off x\n"
                             "2026-10-06 off x\n2026-10-07 off x\n2026-10-10 work x\n";

static int autumn_setup(void **state)
{
    if (hall_setup(state))
        return 1;
    struct hall *h = *state;
    struct calendar *autumn = NULL;
    assert_int_equal(calendar_load(h->t->mem, str_of(AUTUMN), &autumn).code, ERR_NONE);
    calendar_set_current(autumn);
    return 0;
}

static struct rows late(struct hall *h, const char *stage, i64 least)
{
    struct rq rq = test_system_rq(h->t);
    struct rows rows = { 0 };
    struct late_query query = { stage, least, 0, 0, 50 };
    assert_int_equal(urging_list_late_assignments(&rq, &query, &rows).code, ERR_NONE);
    return rows;
}

static const struct late_row *row(const struct rows *rows, size_t at)
{
    assert_true(at < rows->count);
    return (const struct late_row *)rows->items + at;
}

/* Due on Thursday 09-17 and taken: the first late day is 09-18, the second Sunday 09-20, the fifth
 * 09-23, the tenth 10-08, the twentieth 10-21. */
static void days_are_working_days(void **state)
{
    struct hall *h = *state;
    i64 made[AGENCIES] = { 0 };
    static const struct {
        const char *day;
        i64 days_late; /* 0 = not in the list */
    } CASES[] = {
        { "2026-09-17", 0 }, { "2026-09-18", 1 },  { "2026-09-19", 1 },  { "2026-09-20", 2 },
        { "2026-09-21", 3 }, { "2026-09-23", 5 },  { "2026-09-27", 6 },  { "2026-09-30", 9 },
        { "2026-10-07", 9 }, { "2026-10-08", 10 }, { "2026-10-10", 12 }, { "2026-10-21", 20 },
    };
    on_day(h, "2026-09-01");
    assert_int_equal(hand_out(h, &(struct handing){ 0, "s", 1, day("2026-09-17") }, made).code,
                     ERR_NONE);
    as_operator(h, 0);
    assert_int_equal(act(h, made[0], "accept", NULL), 200);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        on_day(h, CASES[i].day);
        struct rows rows = late(h, "handle", 1);
        assert_int_equal(rows.count, CASES[i].days_late > 0);
        if (CASES[i].days_late == 0)
            continue;
        assert_int_equal(row(&rows, 0)->days_late, CASES[i].days_late);
        assert_int_equal(row(&rows, 0)->subject_id, made[0]);
        assert_int_equal(row(&rows, 0)->due_on, day("2026-09-17"));
        assert_int_equal(row(&rows, 0)->agency_id, h->agency[0]);
        assert_int_equal(row(&rows, 0)->matter_id, MATTER_ID);
        same(row(&rows, 0)->agency_name, "Roads");
        assert_int_equal(late(h, "handle", CASES[i].days_late).count, 1);
        assert_int_equal(late(h, "handle", CASES[i].days_late + 1).count, 0);
    }
    assert_int_equal(late(h, "accept", 1).count, 0); /* it was taken in time */
}

/* Not taken within 5 working days of 09-01, by 09-08; a bounce stops that clock, and the dispatcher
 * has 7 days from 09-09, by Wednesday 09-16. */
static void each_stage_has_its_own(void **state)
{
    struct hall *h = *state;
    on_day(h, "2026-09-01");
    set(h, "assignments.bounce_days", "30");
    i64 id = hand_out_one(h);
    on_day(h, "2026-09-08");
    assert_int_equal(late(h, "accept", 1).count, 0);
    on_day(h, "2026-09-09");
    struct rows rows = late(h, "accept", 1);
    assert_int_equal(row(&rows, 0)->days_late, 1);
    as_operator(h, 0);
    assert_int_equal(act(h, id, "bounce", "{\"opinion\":\"Not ours at all.\"}"), 200);
    on_day(h, "2026-09-17");
    assert_int_equal(late(h, "accept", 1).count, 0);
    rows = late(h, "decide", 1);
    assert_int_equal(row(&rows, 0)->days_late, 1);
    assert_int_equal(row(&rows, 0)->subject_id, id);
    struct rq rq = test_system_rq(h->t); /* nothing of this is another organisation's */
    struct late_query query = { "decide", 1, 0, 0, 50 };
    db_set_org(rq.db, OTHER_ORG);
    assert_int_equal(urging_list_late_assignments(&rq, &query, &rows).code, ERR_NONE);
    assert_int_equal(rows.count, 0);
    db_set_org(rq.db, h->t->org);
}

/* With a day for the first talk of 3 working days: handed out on 09-01, by 09-04. */
static void a_talk_that_was_not_held_is_late(void **state)
{
    struct hall *h = *state;
    on_day(h, "2026-09-01");
    set(h, "assignments.contact_days", "3");
    i64 id = hand_out_one(h);
    on_day(h, "2026-09-07");
    struct rows rows = late(h, "contact", 1);
    assert_int_equal(row(&rows, 0)->days_late, 1);
    assert_int_equal(row(&rows, 0)->subject_id, id);
}

/* Two a page: the third comes behind the second. */
static void it_is_paged_by_its_keys(void **state)
{
    struct hall *h = *state;
    struct rows rows = { 0 };
    i64 made[AGENCIES] = { 0 };
    on_day(h, "2026-09-01");
    for (i64 n = 0; n < 3; n++)
        assert_int_equal(hand_out(h, &(struct handing){ n, "s", 1, 0 }, made).code, ERR_NONE);
    on_day(h, "2026-09-10");
    struct rq rq = test_system_rq(h->t);
    struct late_query query = { "accept", 1, 0, 0, 2 };
    assert_int_equal(urging_list_late_assignments(&rq, &query, &rows).code, ERR_NONE);
    assert_int_equal(rows.count, 2);
    query.after_on = row(&rows, 1)->due_on;
    query.after_id = row(&rows, 1)->id;
    assert_int_equal(urging_list_late_assignments(&rq, &query, &rows).code, ERR_NONE);
    assert_int_equal(rows.count, 1);
    assert_int_equal(row(&rows, 0)->subject_id, made[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(days_are_working_days, autumn_setup, hall_teardown),
        cmocka_unit_test_setup_teardown(each_stage_has_its_own, autumn_setup, hall_teardown),
        cmocka_unit_test_setup_teardown(a_talk_that_was_not_held_is_late, autumn_setup,
                                        hall_teardown),
        cmocka_unit_test_setup_teardown(it_is_paged_by_its_keys, autumn_setup, hall_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
