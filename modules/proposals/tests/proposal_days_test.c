/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The day of a case follows the days of its agencies, and its lead is told of a new agency and of a
 * longer day (rules.md 2.4). Days: handed out on 2026-11-25, three months to answer. */
#include "modules/assignments/assignment.h"
#include "modules/proposals/tests/desk_look.h"

static int on_assignment(struct desk *d, i64 id, const char *verb, const char *json)
{
    str path = arena_printf(d->t->mem, "/api/v1/assignments/%lld/%s", (long long)id, verb);
    return test_api(d->t, POST, path.ptr,
                    test_versioned(d->t, json, desk_assignment_version(d, id)))
        .status;
}

static i64 day_of(const char *text)
{
    i64 day = 0;
    assert_true(day_parse(str_of(text), &day));
    return day;
}

/* What the lead was told last. */
static bool told_last(struct desk *d, const char *words)
{
    i64 n = 0;
    str like = arena_printf(d->t->mem, "%%%s%%", words);
    assert_ok(db_i64(d->t->db,
                     SQL("SELECT count(*) FROM deliveries v WHERE v.org_id = :org "
                         "AND v.id = (SELECT max(w.id) FROM deliveries w JOIN accounts a "
                         "ON a.org_id = w.org_id AND a.id = w.account_id "
                         "WHERE w.org_id = :org AND a.login_name = 'li') AND v.words LIKE :like",
                         P(like)),
                     &n));
    return n == 1;
}

static void a_new_agency_brings_its_day(void **state)
{
    struct desk *d = *state;
    desk_lead_signs_in(d);
    i64 id = desk_assigned(d, "A line over the bridge");
    assert_int_equal(desk_load(d, id).due_on, day_of("2027-02-25"));
    str json = arena_printf(d->t->mem, "{\"agency_id\":%lld,\"due_on\":\"2027-01-15\"}",
                            (long long)d->agency[1]);
    desk_as_dispatcher(d);
    assert_int_equal(on_assignment(d, desk_assignment(d, id), "reassign", json.ptr), 200);
    struct proposal p = desk_load(d, id);
    assert_int_equal(p.due_on, day_of("2027-01-15"));
    desk_same(p.host_name, "Health");
    assert_true(told_last(d, "Health"));
}

static void a_longer_day_is_the_cases_too(void **state)
{
    struct desk *d = *state;
    desk_lead_signs_in(d);
    i64 id = desk_assigned(d, "A line over the bridge"), assignment = desk_assignment(d, id);
    desk_as_operator(d, 0);
    assert_int_equal(on_assignment(d, assignment, "accept", "{}"), 200);
    assert_int_equal(on_assignment(d, assignment, "extend",
                                   "{\"to_on\":\"2027-04-25\",\"opinion\":\"Rain.\"}"),
                     200);
    assert_int_equal(desk_load(d, id).due_on, day_of("2027-02-25")); /* only asked */
    desk_as_dispatcher(d);
    assert_int_equal(on_assignment(d, assignment, "decide_extension", "{\"decision\":\"granted\"}"),
                     200);
    assert_int_equal(desk_load(d, id).due_on, day_of("2027-04-25"));
    assert_true(told_last(d, "2027年4月25日"));
}

/* Asked on the 25th, refused on the 30th: five days stood still. */
static void a_refused_bounce_moves_the_cases_day(void **state)
{
    struct desk *d = *state;
    i64 id = desk_assigned(d, "A line over the bridge"), assignment = desk_assignment(d, id);
    desk_as_operator(d, 0);
    assert_int_equal(on_assignment(d, assignment, "bounce", "{\"opinion\":\"Not our business.\"}"),
                     200);
    desk_on_day(d, "2026-11-30");
    desk_as_dispatcher(d);
    assert_int_equal(on_assignment(d, assignment, "uphold", "{\"opinion\":\"It is yours.\"}"), 200);
    assert_int_equal(desk_load(d, id).due_on, day_of("2027-03-02"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        { "a_new_agency_brings_its_day", a_new_agency_brings_its_day, desk_setup, desk_teardown,
          NULL },
        { "a_longer_day_is_the_cases_too", a_longer_day_is_the_cases_too, desk_setup, desk_teardown,
          NULL },
        { "a_refused_bounce_moves_the_cases_day", a_refused_bounce_moves_the_cases_day, desk_setup,
          desk_teardown, NULL },
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
