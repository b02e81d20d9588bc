/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A city sees the figures of letters of its counties beside its own: sums, never a word of a case,
 * and every look is in the audit; a county sees itself alone. Reckoned by hand. */
#include "modules/dashboards/dashboard_gather.h"
#include "modules/mailbox/tests/mailbox.h"

#define PAGE "/letters/figures/counties"
#define LINE "tables.0.lines."

static const i64 DAY = INT64_C(86400000);

static void is(struct house *h, const struct test_answer *a, const char *path, const char *wanted)
{
    str got = test_json(h->t, a, path);
    if (!str_is(got, wanted))
        fail_msg("%s: %.*s, not %s", path, (int)got.len, got.ptr, wanted);
}

/* The city has two letters and has answered one at once; the county has one, answered two days
 * later and solved. */
static void two_houses(struct house *h)
{
    house_write(h, "&title=Lamp+of+the+city");
    house_write(h, "&title=Lamp+of+the+city+two");
    house_as_staff(h);
    assert_int_equal(
        house_step(h, house_newest(h), "answer", "{\"opinion\":\"Mended today.\"}").status, 200);
    struct test_answer a =
        house_send(h, &(struct stranger){ "/letters/new?area=990200", BOX_HERE,
                                          "title=CANARYTITLE&body=CANARYBODY+no+water.", false });
    str digits = house_digits(h, &a);
    h->t->org = h->county;
    i64 id = house_newest(h);
    h->t->app.clock.fixed_ms += 2 * DAY;
    house_as_county(h);
    assert_int_equal(house_step(h, id, "answer", "{\"opinion\":\"CANARYREPLY it runs.\"}").status,
                     200);
    assert_int_equal(house_follow(h, digits, "&act=evaluate&verdict=solved").status, 200);
}

static void a_city_sees_sums_of_its_counties(void **state)
{
    struct house *h = *state;
    two_houses(h);
    house_as_staff(h);
    struct test_answer a = test_get(h->t, "/api/v1" PAGE);
    assert_int_equal(a.status, 200);
    is(h, &a, LINE "0.cells.0.value", "2"); /* letters */
    is(h, &a, LINE "0.cells.1.value", "1"); /* answered */
    is(h, &a, LINE "0.cells.6.value", "0"); /* solved */
    is(h, &a, LINE "0.cells.8.words", "0"); /* median of days */
    is(h, &a, LINE "1.label", "County Cppcc");
    is(h, &a, LINE "1.cells.0.value", "1");
    is(h, &a, LINE "1.cells.1.value", "1");
    is(h, &a, LINE "1.cells.6.value", "1");
    is(h, &a, LINE "1.cells.8.words", "2");
    is(h, &a, LINE "1.cells.9.words", "2");
    is(h, &a, LINE "2.label", "");
    a = test_get(h->t, PAGE "?year=2026");
    assert_int_equal(a.status, 200);
    assert_true(test_has(&a, "County Cppcc"));
    assert_false(test_has(&a, "CANARY") || test_has(&a, "/letters?"));
    assert_int_equal(house_number(h, SQL("SELECT count(*) AS n FROM audits WHERE org_id = :org AND "
                                         "act = 'letters.figures' AND account_id > 0")),
                     2);
    a = test_get(h->t, PAGE ".xlsx");
    assert_int_equal(a.status, 200);
    assert_int_equal(house_number(h, SQL("SELECT count(*) AS n FROM audits WHERE org_id = :org AND "
                                         "act = 'letters.figures'")),
                     3);
    /* What is asked next is the city's own again. */
    a = test_get(h->t, "/api/v1/letters");
    is(h, &a, "total", "2");
    assert_false(test_has(&a, "CANARY"));
    a = test_get(h->t, "/letters/figures");
    assert_true(test_has(&a, PAGE));
}

/* What a county does not want to show is not there, and the city cannot turn it on. */
static void a_county_may_keep_its_sums(void **state)
{
    struct house *h = *state;
    two_houses(h);
    h->t->org = h->county;
    box_setting(h->t, "dashboards.letters_shared", "0");
    h->t->org = h->city;
    house_as_staff(h);
    struct test_answer a = test_get(h->t, "/api/v1" PAGE);
    is(h, &a, LINE "0.cells.0.value", "2");
    is(h, &a, LINE "1.label", "");
    box_setting(h->t, "dashboards.letters_shared", "1");
    a = test_get(h->t, "/api/v1" PAGE);
    is(h, &a, LINE "1.label", "");
}

static void a_county_sees_itself_alone(void **state)
{
    struct house *h = *state;
    two_houses(h);
    house_as_county(h);
    struct test_answer a = test_get(h->t, "/api/v1" PAGE);
    is(h, &a, LINE "0.cells.0.value", "1");
    is(h, &a, LINE "1.label", "");
    a = test_get(h->t, "/letters/figures");
    assert_false(test_has(&a, PAGE));
    h->t->org = h->city;
    test_as_role(h->t, "member");
    assert_int_equal(test_get(h->t, PAGE).status, 403);
}

#define T(test_) cmocka_unit_test_setup_teardown(test_, house_setup, house_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = { T(a_city_sees_sums_of_its_counties),
                                        T(a_county_may_keep_its_sums),
                                        T(a_county_sees_itself_alone) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
