/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Sessions and terms that are entered out of order, late, or close to each other: what is then true
 * of the others, and what is recorded. Each test has a house of its own: 五届一次 (2021-02-10 to
 * 14, until 2025-12-26) and 六届一次 (2026-02-10 to 14, open). Expectations:
 * modules/orgs/README.md. HUOTANG_TEST_DB. */
#include "modules/members/tests/house.h"

#include "modules/orgs/session.h"

static struct session session_of(i64 term, i64 number)
{
    struct rq rq = test_system_rq(house);
    struct rows rows;
    assert_ok(session_list(&rq, &rows));
    const struct session *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (all[i].term_number == term && all[i].number == number)
            return all[i];
    fail_msg("no such session");
    return (struct session){ 0 };
}

static struct term term_of(i64 number)
{
    struct rq rq = test_system_rq(house);
    struct rows rows;
    assert_ok(term_list(&rq, &rows));
    const struct term *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (all[i].number == number)
            return all[i];
    fail_msg("no such term");
    return (struct term){ 0 };
}

static i64 day(const char *text)
{
    i64 on = 0;
    assert_true(day_parse(str_of(text), &on));
    return on;
}

struct writing {
    const char *term, *number, *opened, *closed, *until;
};

/* Enters one as staff; says how the house answered and at which field the first fault stands. */
static int enter(const struct writing *w, const char *field)
{
    test_as_role(house, "staff");
    struct test_answer a =
        test_api(house, POST, "/api/v1/sessions",
                 arena_printf(house->mem,
                              "{\"term_number\":%s,\"number\":%s,\"opened_on\":\"%s\","
                              "\"closed_on\":\"%s\",\"until_on\":\"%s\"}",
                              w->term, w->number, w->opened, w->closed, w->until)
                     .ptr);
    if (field && !str_is(test_json(house, &a, "errors.0.field"), field))
        fail_msg("%.*s", (int)a.body.len, a.body.ptr);
    return a.status;
}

static int correct(const struct session *s, const struct writing *w, const char *field)
{
    test_as_role(house, "staff");
    struct test_answer a = test_api(
        house, PUT, arena_printf(house->mem, "/api/v1/sessions/%lld", (long long)s->id).ptr,
        arena_printf(house->mem,
                     "{\"term_number\":%s,\"number\":%s,\"opened_on\":\"%s\","
                     "\"closed_on\":\"%s\",\"until_on\":\"%s\",\"version\":%lld}",
                     w->term, w->number, w->opened, w->closed, w->until, (long long)s->version)
            .ptr);
    if (field && !str_is(test_json(house, &a, "errors.0.field"), field))
        fail_msg("%.*s", (int)a.body.len, a.body.ptr);
    return a.status;
}

static int write_term(const struct term *t, const char *from, const char *to)
{
    test_as_role(house, "staff");
    return test_api(house, PUT,
                    arena_printf(house->mem, "/api/v1/terms/%lld", (long long)t->id).ptr,
                    arena_printf(
                        house->mem,
                        "{\"number\":%lld,\"from_on\":\"%s\",\"to_on\":\"%s\",\"version\":%lld}",
                        (long long)t->number, from, to, (long long)t->version)
                        .ptr)
        .status;
}

static i64 recorded(const char *act, const char *before, const char *after)
{
    i64 n;
    str name = str_of(act), b = str_of(before), f = str_of(after);
    assert_ok(db_i64(house->db,
                     SQL("SELECT count(*) AS n FROM audits WHERE org_id = :org AND act = :name AND "
                         "before_text = :b AND after_text = :f",
                         P(name), P(b), P(f)),
                     &n));
    return n;
}

/* The fourth term is entered for history: it ends before the fifth, which can still be corrected.
 */
static void a_term_of_the_past_ends_before_the_next(void **state)
{
    (void)state;
    assert_int_equal(enter(&(struct writing){ "4", "1", "2016-02-10", "2016-02-14", "" }, NULL),
                     200);
    assert_int_equal(term_of(4).to_on, day("2021-02-09"));
    assert_int_equal(session_of(4, 1).until_on, day("2020-12-26"));
    struct term fifth = term_of(5);
    assert_int_equal(write_term(&fifth, "2021-02-10", "2026-02-08"), 200);
    assert_int_equal(recorded("orgs.term_add", "", "四届 2016-02-10/2021-02-09"), 1);
    assert_int_equal(
        recorded("orgs.session_add", "", "四届一次会议 2016-02-10/2016-02-14 2020-12-26"), 1);
}

/* The third session of a new term is entered first, then its first. */
static void the_first_session_begins_its_term(void **state)
{
    (void)state;
    assert_int_equal(enter(&(struct writing){ "7", "3", "2033-02-10", "2033-02-14", "" }, NULL),
                     200);
    assert_int_equal(term_of(6).to_on, day("2033-02-09"));
    assert_int_equal(session_of(6, 1).until_on, day("2032-12-26"));
    struct session old = session_of(6, 1);
    assert_int_equal(
        correct(&old, &(struct writing){ "6", "1", "2026-02-10", "2026-02-14", "2030-12-31" },
                NULL),
        200);
    assert_int_equal(enter(&(struct writing){ "7", "1", "2031-02-10", "2031-02-14", "" }, NULL),
                     200);
    assert_int_equal(term_of(7).from_on, day("2031-02-10"));
    assert_int_equal(term_of(6).to_on, day("2031-02-09"));
    assert_int_equal(recorded("orgs.term_correct", "七届 2033-02-10/", "七届 2031-02-10/"), 1);
    assert_int_equal(recorded("orgs.term_correct", "六届 2026-02-10/2033-02-09",
                              "六届 2026-02-10/2031-02-09"),
                     1);
}

static void a_session_lies_in_its_term(void **state)
{
    (void)state;
    struct term sixth = term_of(6);
    assert_int_equal(write_term(&sixth, "2026-02-10", "2030-12-31"), 200);
    struct writing late = { "6", "2", "2031-02-10", "2031-02-14", "" };
    assert_int_equal(enter(&late, "opened_on"), 422);
    late.opened = "2030-12-31";
    assert_int_equal(enter(&late, NULL), 200);
}

/* An opening that moves its term does not move it into the one before. */
static void a_term_that_moves_overlaps_none(void **state)
{
    (void)state;
    struct term fifth = term_of(5);
    assert_int_equal(write_term(&fifth, "2021-02-10", "2026-02-01"), 200);
    struct session s = session_of(6, 1);
    struct writing w = { "6", "1", "2026-01-20", "2026-01-24", "" };
    assert_int_equal(correct(&s, &w, "opened_on"), 422);
    assert_int_equal(term_of(6).from_on, day("2026-02-10"));
    w.opened = "2026-02-02";
    w.closed = "2026-02-06";
    assert_int_equal(correct(&s, &w, NULL), 200);
    assert_int_equal(term_of(6).from_on, day("2026-02-02"));
}

/* The one that follows opens within the days of collecting. */
static void collecting_begins_no_earlier_than_the_plenary_ends(void **state)
{
    (void)state;
    assert_int_equal(enter(&(struct writing){ "5", "2", "2026-01-05", "2026-01-09", "" }, NULL),
                     200);
    assert_int_equal(session_of(5, 2).until_on, day("2026-01-09"));
    assert_int_equal(enter(&(struct writing){ "6", "2", "2026-03-01", "2026-03-05", "" }, NULL),
                     200);
    assert_int_equal(session_of(6, 1).until_on, day("2026-02-14"));
    assert_int_equal(recorded("orgs.session_correct", "六届一次会议 2026-02-10/2026-02-14 ",
                              "六届一次会议 2026-02-10/2026-02-14 2026-02-14"),
                     1);
    struct writing within = { "6", "3", "2026-03-05", "2026-03-09", "" };
    assert_int_equal(enter(&within, "opened_on"), 422);
}

/* The last day for proposals can be given at once, and its faults stand at it. */
static void the_last_day_can_be_given(void **state)
{
    (void)state;
    struct writing w = { "5", "2", "2026-01-05", "2026-01-09", "2026-02-10" };
    assert_int_equal(enter(&w, "until_on"), 422);
    w.until = "2026-01-31";
    assert_int_equal(enter(&w, NULL), 200);
    assert_int_equal(session_of(5, 2).until_on, day("2026-01-31"));
    struct test_answer a = test_get(house, "/sessions/new");
    assert_true(test_has(&a, "name=\"until_on\""));
}

/* Behind a session that still takes proposals there is no next one. */
static void an_open_session_is_the_last(void **state)
{
    (void)state;
    assert_int_equal(enter(&(struct writing){ "6", "2", "2027-02-16", "2027-02-20", "" }, NULL),
                     200);
    struct session s = session_of(6, 1);
    struct writing w = { "6", "3", "2028-02-16", "2028-02-20", "" };
    assert_int_equal(correct(&s, &w, "opened_on"), 422);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_term_of_the_past_ends_before_the_next, house_open,
                                        house_close),
        cmocka_unit_test_setup_teardown(the_first_session_begins_its_term, house_open, house_close),
        cmocka_unit_test_setup_teardown(a_session_lies_in_its_term, house_open, house_close),
        cmocka_unit_test_setup_teardown(a_term_that_moves_overlaps_none, house_open, house_close),
        cmocka_unit_test_setup_teardown(collecting_begins_no_earlier_than_the_plenary_ends,
                                        house_open, house_close),
        cmocka_unit_test_setup_teardown(the_last_day_can_be_given, house_open, house_close),
        cmocka_unit_test_setup_teardown(an_open_session_is_the_last, house_open, house_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
