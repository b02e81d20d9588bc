/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Days to answer, to say that it is not theirs, and how far more time goes, as localities set them
 * (rules.md 2.3, 2.4), computed by hand on the shipped calendar of 2026: 1 to 5 May, 19 to 21 June,
 * 25 to 27 September and 1 to 7 October are off, 20 September and 10 October are worked. */
#include <stdio.h>

#include "modules/assignments/tests/hall.h"
#include "platform/calendar/calendar.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"

/* ---- localities ---- */

struct locality {
    const char *host_months, *plenary_months, *last_day, *plenary_last_day, *party_last_day,
        *extend_months, *total_months;
};

/* rules.md 2.4: 3 months from receipt, hard cases at most 6 (K47), as shipped. */
static const struct locality SHIPPED = { "3", "0", "", "", "", "3", "6" };
/* 3 months; with consent 1 more; all before 30 September (K36). */
static const struct locality CITY_FOUR = { "3", "0", "9-30", "", "", "1", "4" };
/* Before 30 June, parties and federation before 10 May; between plenaries 3 months (K39). */
static const struct locality CITY_THREE = { "3", "12", "", "6-30", "5-10", "3", "6" };
/* Plenary 5 months, else 3; with consent at most 6 (K44). */
static const struct locality PROVINCE = { "3", "5", "", "", "", "3", "6" };
/* 2 months, 1 more, at most 3 (K48). */
static const struct locality MUNICIPALITY = { "2", "0", "", "", "", "1", "3" };

static void settle(struct hall *h, const struct locality *at)
{
    set(h, "assignments.host_months", at->host_months);
    set(h, "assignments.plenary_months", at->plenary_months);
    set(h, "assignments.last_day", at->last_day);
    set(h, "assignments.plenary_last_day", at->plenary_last_day);
    set(h, "assignments.party_last_day", at->party_last_day);
    set(h, "assignments.extend_months", at->extend_months);
    set(h, "assignments.total_months", at->total_months);
}

/* ---- days to answer ---- */

static void the_day_to_answer_follows_the_locality(void **state)
{
    struct hall *h = *state;
    static const struct {
        const struct locality *at;
        const char *role, *from;
        bool plenary, party;
        const char *due;
    } CASES[] = {
        { &SHIPPED, "sole", "2026-03-02", true, false, "2026-06-02" },
        { &SHIPPED, "split", "2026-03-02", false, true, "2026-06-02" },
        { &SHIPPED, "cohost", "2026-03-02", true, false, "2026-04-02" },
        { &PROVINCE, "sole", "2026-03-02", true, false, "2026-08-03" }, /* 2 August is a Sunday */
        { &PROVINCE, "host", "2026-03-02", false, false, "2026-06-02" },
        { &PROVINCE, "cohost", "2026-03-02", true, false, "2026-04-02" }, /* a month, as any */
        { &CITY_FOUR, "sole", "2026-03-02", true, false, "2026-06-02" },
        { &CITY_FOUR, "sole", "2026-07-20", false, false, "2026-09-30" }, /* not 20 October */
        { &CITY_FOUR, "sole", "2026-06-30", true, false, "2026-09-30" },  /* both the same */
        { &CITY_FOUR, "cohost", "2026-09-10", false, false, "2026-09-30" },
        { &CITY_FOUR, "sole", "2026-09-30", false, false, "2026-12-30" }, /* that day has begun */
        { &CITY_THREE, "sole", "2026-03-02", true, false, "2026-06-30" },
        { &CITY_THREE, "sole", "2026-03-02", true, true, "2026-05-10" },   /* a Sunday, it stands */
        { &CITY_THREE, "sole", "2026-07-06", false, false, "2026-10-08" }, /* not in the holiday */
        { &CITY_THREE, "sole", "2026-04-07", false, true, "2026-07-07" },  /* between: 3 months */
        { &MUNICIPALITY, "sole", "2026-03-02", true, false, "2026-05-06" }, /* not 2 May */
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        on_day(h, CASES[i].from);
        settle(h, CASES[i].at);
        struct rq rq = test_system_rq(h->t);
        i64 due = assignment_due(&rq, &(struct due_ask){ str_of(CASES[i].role), CASES[i].plenary,
                                                         CASES[i].party, day(CASES[i].from) });
        if (due != day(CASES[i].due))
            fail_msg("case %zu: %.*s", i, (int)text_day(h->t->mem, due).len,
                     text_day(h->t->mem, due).ptr);
    }
}

/* What came for the plenary of a party's goes to the row, and on to who gets it instead. */
static void the_matter_keeps_what_its_days_hang_on(void **state)
{
    struct hall *h = *state;
    i64 made[AGENCIES] = { 0 };
    on_day(h, "2026-03-02");
    settle(h, &CITY_THREE);
    h->plenary = h->party = true;
    assert_int_equal(hand_out(h, &(struct handing){ 0, "hc", 1, 0 }, made).code, ERR_NONE);
    assert_int_equal(load(h, made[0]).due_on, day("2026-05-10"));
    assert_int_equal(load(h, made[1]).due_on, day("2026-04-02"));
    on_day(h, "2026-03-09");
    as_dispatcher(h);
    str json = arena_printf(h->t->mem, "{\"agency_id\":%lld}", (long long)h->agency[2]);
    assert_int_equal(act(h, made[0], "reassign", json.ptr), 200);
    assert_int_equal(load(h, made[1] + 1).due_on, day("2026-05-10"));
    assert_true(load(h, made[1] + 1).party);
}

/* The day stands in the row and its clock: a setting that changes moves nothing. */
static void a_changed_setting_moves_no_running_day(void **state)
{
    struct hall *h = *state;
    on_day(h, "2026-03-02");
    i64 id = hand_out_one(h);
    as_operator(h, 0);
    assert_int_equal(act(h, id, "accept", NULL), 200);
    settle(h, &MUNICIPALITY);
    set(h, "assignments.last_day", "3-31");
    on_day(h, "2026-03-10");
    assert_int_equal(load(h, id).due_on, day("2026-06-02"));
    struct rq rq = test_system_rq(h->t);
    i64 due = 0;
    assert_int_equal(flow_due(&rq, &ASSIGNMENTS_FLOW, id, "handle", &due).code, ERR_NONE);
    assert_int_equal(due, day("2026-06-02"));
}

/* ---- more time ---- */

static int extend_to(struct hall *h, i64 id, const char *to)
{
    char json[200];
    snprintf(json, sizeof json, "{\"to_on\":\"%s\",\"opinion\":\"Rain.\"}", to);
    as_operator(h, 0);
    return act(h, id, "extend", json);
}

/* The last day that is granted, and the day behind it, which is refused. */
static void more_time_ends_with_the_total(void **state)
{
    struct hall *h = *state;
    static const struct {
        const struct locality *at;
        bool plenary;
        const char *from, *last, *beyond;
    } CASES[] = {
        /* 06-02 and 3 months, which is 6 in all */
        { &SHIPPED, false, "2026-03-02", "2026-09-02", "2026-09-03" },
        /* due 08-03, 3 months more is 11-03, but 6 in all */
        { &PROVINCE, true, "2026-03-02", "2026-09-02", "2026-09-03" },
        /* due 05-06, 1 month more is 06-06, but 3 in all */
        { &MUNICIPALITY, false, "2026-03-02", "2026-06-02", "2026-06-03" },
        /* the day of the year binds the first day only: 09-30 and one month */
        { &CITY_FOUR, false, "2026-07-20", "2026-10-30", "2026-10-31" },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        i64 made[AGENCIES] = { 0 };
        on_day(h, CASES[i].from);
        settle(h, CASES[i].at);
        h->plenary = CASES[i].plenary;
        assert_int_equal(hand_out(h, &(struct handing){ (i64)i, "s", 1, 0 }, made).code, ERR_NONE);
        as_operator(h, 0);
        assert_int_equal(act(h, made[0], "accept", NULL), 200);
        assert_int_equal(extend_to(h, made[0], CASES[i].beyond), 422);
        assert_int_equal(extend_to(h, made[0], CASES[i].last), 200);
        struct test_answer a = page(h, "/assignments/", made[0], "");
        assert_int_equal(a.status, 200);
    }
}

/* Asked to be taken away on 6 March, refused on the 10th: four days that count for nobody. The
 * first day is 6 June instead of the 2nd, and the total ends on 6 September. */
static void days_of_a_refused_bounce_are_not_in_the_total(void **state)
{
    struct hall *h = *state;
    on_day(h, "2026-03-02");
    settle(h, &SHIPPED);
    i64 id = hand_out_one(h);
    on_day(h, "2026-03-06");
    as_operator(h, 0);
    assert_int_equal(act(h, id, "bounce", "{\"opinion\":\"Not within our duty.\"}"), 200);
    on_day(h, "2026-03-10");
    as_dispatcher(h);
    assert_int_equal(act(h, id, "uphold", "{\"opinion\":\"It is yours.\"}"), 200);
    as_operator(h, 0);
    assert_int_equal(act(h, id, "accept", NULL), 200);
    assert_int_equal(load(h, id).due_on, day("2026-06-06"));
    assert_int_equal(extend_to(h, id, "2026-09-07"), 422);
    struct test_answer a = page(h, "/assignments/", id, "/extend");
    assert_true(test_has(&a, "2026-09-06") || test_has(&a, "9月6日"));
    assert_int_equal(extend_to(h, id, "2026-09-06"), 200);
}

/* ---- not theirs ---- */

/* Three working days from Monday, 2 March, end on Thursday; ten days on the 12th; ten days from
 * Thursday, 9 April, end on Sunday, the 19th, and so on Monday. */
static void the_days_of_a_bounce_have_a_unit(void **state)
{
    struct hall *h = *state;
    static const struct {
        const char *days, *unit, *from, *on;
        int status;
    } CASES[] = {
        { "3", "working_days", "2026-03-02", "2026-03-05", 200 },
        { "3", "working_days", "2026-03-02", "2026-03-06", 409 },
        { "10", "days", "2026-03-02", "2026-03-12", 200 },
        { "10", "days", "2026-03-02", "2026-03-13", 409 },
        { "10", "days", "2026-04-09", "2026-04-20", 200 },
        { "10", "days", "2026-04-09", "2026-04-21", 409 },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        i64 made[AGENCIES] = { 0 };
        on_day(h, CASES[i].from);
        set(h, "assignments.bounce_days", CASES[i].days);
        set(h, "assignments.bounce_unit", CASES[i].unit);
        assert_int_equal(hand_out(h, &(struct handing){ (i64)i, "s", 1, 0 }, made).code, ERR_NONE);
        on_day(h, CASES[i].on);
        as_operator(h, 0);
        assert_int_equal(act(h, made[0], "bounce", "{\"opinion\":\"Not within our duty.\"}"),
                         CASES[i].status);
    }
}

static int calendar_setup(void **state)
{
    int failed = hall_setup(state);
    struct hall *h = *state;
    if (!failed && calendar_start(&h->t->app, h->t->db).code != ERR_NONE)
        return 1;
    return failed;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        { "the_day_to_answer_follows_the_locality", the_day_to_answer_follows_the_locality,
          calendar_setup, hall_teardown, NULL },
        { "the_matter_keeps_what_its_days_hang_on", the_matter_keeps_what_its_days_hang_on,
          calendar_setup, hall_teardown, NULL },
        { "a_changed_setting_moves_no_running_day", a_changed_setting_moves_no_running_day,
          calendar_setup, hall_teardown, NULL },
        { "more_time_ends_with_the_total", more_time_ends_with_the_total, calendar_setup,
          hall_teardown, NULL },
        { "days_of_a_refused_bounce_are_not_in_the_total",
          days_of_a_refused_bounce_are_not_in_the_total, calendar_setup, hall_teardown, NULL },
        { "the_days_of_a_bounce_have_a_unit", the_days_of_a_bounce_have_a_unit, calendar_setup,
          hall_teardown, NULL },
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
