/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The calendar through the front door: the shipped list in force, an import that replaces its year
 * on every node, faults with their line, the reminder before the data ends. HUOTANG_TEST_DB. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "platform/access/access_settings.h"
#include "platform/base/str.h"
#include "platform/calendar/calendar.h"
#include "platform/jobs/jobs.h"
#include "platform/notify/notify.h"
#include "tests/harness/test_app.h"
#include "tests/harness/test_err.h"

static struct module access = { .name = "access" };
static const struct module *const MODULE_LIST[] = { &access, &calendar_module, &notify_module,
                                                    NULL };
static struct test_app *t;

static int set_up(void **state)
{
    (void)state;
    access.settings = ACCESS_SETTINGS;
    t = test_app_new(MODULE_LIST);
    assert_ok(calendar_start(&t->app, t->db));
    return 0;
}
static int tear_down(void **state)
{
    (void)state;
    test_app_free(t);
    return 0;
}

static i64 on(const char *text)
{
    i64 day = 0;
    assert_true(day_parse(str_of(text), &day));
    return day;
}

static void the_shipped_list_is_in_force(void **state)
{
    (void)state;
    assert_false(calendar_is_working(calendar_current(), on("2026-10-01")));
    test_as_role(t, "member");
    struct test_answer a = test_get(t, "/settings/calendar");
    assert_int_equal(a.status, 200);
    assert_true(test_has(&a, "248")); /* working days of 2026 */
    assert_false(test_has_field(t, &a, "lines"));
    a = test_get(t, "/settings/calendar?year=2030");
    assert_int_equal(a.status, 200);
    a = test_get(t, "/settings/calendar?year=1999");
    assert_int_equal(a.status, 422);
}

static void faults_name_their_line(void **state)
{
    (void)state;
    test_as_role(t, "member");
    struct test_answer a = test_post(t, "/settings/calendar", "lines", "2027-01-01 off A", NULL);
    assert_int_equal(a.status, 403);
    test_as_role(t, "sysadmin");
    a = test_post(t, "/settings/calendar", "lines", "2027-01-01 off A\n2027-01-04 work A", NULL);
    assert_int_equal(a.status, 422);
    assert_true(str_find(test_words(t, &a), str_of("2027-01-04 work A"), 0) >= 0);
    assert_true(str_starts(test_field(t, &a, "lines"), str_of("2027-01-01 off A")));
}

static void an_import_replaces_its_years(void **state)
{
    (void)state;
    test_as_role(t, "sysadmin");
    assert_true(calendar_is_working(calendar_current(), on("2027-01-04")));
    struct test_answer a = test_post(t, "/settings/calendar", "lines",
                                     "# notice\n2027-01-04 off A\n2027-01-02 work A\n2026-12-31"
                                     " off B",
                                     NULL);
    assert_int_equal(a.status, 303);
    assert_ok(calendar_start(&t->app, t->db)); /* as the scheduler does each minute */
    const struct calendar *c = calendar_current();
    assert_false(calendar_is_working(c, on("2027-01-04")));
    assert_true(calendar_is_working(c, on("2027-01-02")));
    assert_false(calendar_is_working(c, on("2026-12-31")));
    assert_true(calendar_is_working(c, on("2026-10-01")));  /* the whole year 2026 is replaced */
    assert_false(calendar_is_working(c, on("2025-10-01"))); /* other years are not */
    assert_int_equal(calendar_covers(c), on("2027-12-31"));
    /* A second list replaces its own year only. */
    a = test_post(t, "/settings/calendar", "lines", "2026-10-01 off C", NULL);
    assert_int_equal(a.status, 303);
    assert_ok(calendar_start(&t->app, t->db));
    c = calendar_current();
    assert_false(calendar_is_working(c, on("2026-10-01")));
    assert_true(calendar_is_working(c, on("2026-12-31")));
    assert_false(calendar_is_working(c, on("2027-01-04")));
    i64 audits = 0;
    assert_ok(
        db_i64(t->db, SQL("SELECT COUNT(*) FROM audits WHERE act = 'calendars.import'"), &audits));
    assert_int_equal(audits, 2);
}

static i64 warned(void)
{
    i64 count = 0;
    assert_ok(db_i64(t->db, SQL("SELECT COUNT(*) FROM deliveries"), &count));
    return count;
}

static void the_house_warns_once_before_the_data_ends(void **state)
{
    (void)state;
    assert_ok(db_begin(t->db));
    assert_ok(db_script(t->db, str_of("INSERT INTO accounts (org_id, id, login_name, name,"
                                      " created_at)"
                                      " VALUES (1, 50, 'sys', 'Sys', 0);"
                                      "INSERT INTO holdings (org_id, account_id, role_id,"
                                      " scope_kind, from_on, given_at)"
                                      " SELECT 1, 50, id, 'org', 1, 0 FROM roles WHERE org_id = 1"
                                      " AND code = 'sysadmin';")));
    assert_ok(db_commit(t->db));
    /* Data until the end of 2027 now: nothing to say on 25 November 2026. */
    assert_ok(jobs_run_due(&t->app, t->app.clock.fixed_ms, NULL));
    assert_int_equal(warned(), 0);
    static const struct {
        const char *day;
        i64 warned;
    } CASES[] = {
        { "2027-11-01", 0 }, { "2027-11-02", 1 }, { "2027-11-03", 1 }, { "2028-01-05", 1 }
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        assert_ok(jobs_run_due(&t->app, day_start_ms(on(CASES[i].day)) + 12 * 3600 * 1000, NULL));
        assert_int_equal(warned(), CASES[i].warned);
    }
}

/* The days count for everybody: not for another organisation's administrator to change. */
static void only_the_first_organisation_imports(void **state)
{
    (void)state;
    struct actor other = *test_as_role(t, "sysadmin");
    other.org_id = t->org + 1;
    test_as(t, &other);
    struct test_answer a = test_get(t, "/settings/calendar");
    assert_int_equal(a.status, 200);
    assert_false(test_has_form(&a, "/settings/calendar"));
    a = test_post(t, "/settings/calendar", "lines", "2027-01-01 off A", NULL);
    assert_int_equal(a.status, 403);
    test_as_role(t, "sysadmin");
    a = test_get(t, "/settings/calendar");
    assert_true(test_has_form(&a, "/settings/calendar"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_shipped_list_is_in_force),
        cmocka_unit_test(faults_name_their_line),
        cmocka_unit_test(an_import_replaces_its_years),
        cmocka_unit_test(only_the_first_organisation_imports),
        cmocka_unit_test(the_house_warns_once_before_the_data_ends),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
