/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Settings and dictionaries through the front door: found, changed from a day on, refused when
 * wrong, audited, and only by who may. HUOTANG_TEST_DB. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

#include "platform/access/access_settings.h"
#include "platform/base/str.h"
#include "platform/settings/settings.h"
#include "tests/harness/test_app.h"
#include "tests/harness/test_err.h"

static const struct setting SETTINGS[] = {
    { .name = "sample.days",
      .type = SETTING_NUMBER,
      .unit = "working_days",
      .min = 1,
      .max = 30,
      .fallback = "5",
      .source = "product" },
    { .name = "sample.open", .type = SETTING_BOOL, .fallback = "1", .source = "product" },
    { .name = "sample.way",
      .type = SETTING_CHOICE,
      .bound = "short long",
      .fallback = "short",
      .source = "product" },
    { .name = "sample.last", .type = SETTING_MONTH_DAY, .fallback = "", .source = "product" },
    { .name = "sample.words",
      .type = SETTING_TEXT,
      .max = 100,
      .fallback = "",
      .source = "product" },
    { 0 },
};
static const struct dictionary_value REASONS[] = { { "secret", "sample.secret" },
                                                   { "court", "sample.court" },
                                                   { .code = NULL } };
static const struct dictionary DICTIONARIES[] = {
    { "sample.reasons", REASONS, .source = "product" }, { 0 }
};
static const struct module SAMPLE = { .name = "sample",
                                      .settings = SETTINGS,
                                      .dictionaries = DICTIONARIES };
static struct module access = { .name = "access" };
static const struct module *const MODULE_LIST[] = { &SAMPLE, &access, &settings_module, NULL };

static struct test_app *t;

static int set_up(void **state)
{
    (void)state;
    access.settings = ACCESS_SETTINGS;
    access.settings_may = "settings.secure";
    t = test_app_new(MODULE_LIST);
    return 0;
}
static int tear_down(void **state)
{
    (void)state;
    test_app_free(t);
    return 0;
}

static i64 number_of(const char *sql_name)
{
    struct rq rq = test_system_rq(t);
    return setting_number(&rq, sql_name);
}

static struct db *reader(void)
{
    struct db *db;
    assert_ok(db_open(t->app.config.db, DB_READ, &db));
    assert_ok(db_begin(db));
    db_set_org(db, 1);
    return db;
}

static i64 days_seen_by(struct db *db)
{
    struct rq rq = test_system_rq(t);
    rq.db = db;
    return setting_number(&rq, "sample.days");
}

static void wait_until_not_fresh(void)
{
    nanosleep(&(struct timespec){ 1, 100000000 }, NULL);
}

/* A long work that still reads what was before a change does not put it back for the others. Comes
 * first: no look was suspect yet. */
static void an_older_moment_is_seen_by_itself_only(void **state)
{
    (void)state;
    i64 rows = 0;
    assert_int_equal(number_of("sample.days"), 5);
    struct db *old = reader();
    assert_ok(db_i64(old, SQL("SELECT COUNT(*) FROM settings WHERE org_id = :org"), &rows));
    assert_ok(db_run(t->db,
                     SQL("INSERT INTO settings (org_id, name, from_on, value, changed_at,"
                         " changed_by, mark) VALUES (:org, 'sample.days', 1, '9', 1, 0, 77)"),
                     NULL)); /* by another process */
    wait_until_not_fresh();
    assert_int_equal(number_of("sample.days"), 9);
    wait_until_not_fresh();
    assert_int_equal(days_seen_by(old), 5);
    struct db *new = reader();
    assert_int_equal(days_seen_by(new), 9);
    db_rollback(old);
    db_rollback(new);
    db_close(old);
    db_close(new);
    assert_ok(db_run(
        t->db, SQL("DELETE FROM settings WHERE org_id = :org AND name = 'sample.days'"), NULL));
    assert_int_equal(number_of("sample.days"), 5);
}

static i64 audits(void)
{
    i64 count = 0;
    assert_ok(db_i64(t->db,
                     SQL("SELECT COUNT(*) FROM audits WHERE act = 'settings.manage' AND"
                         " org_id = 1"),
                     &count));
    return count;
}

static void the_list_shows_values_and_is_searched(void **state)
{
    (void)state;
    test_as_role(t, "staff");
    struct test_answer a = test_get(t, "/settings");
    assert_int_equal(a.status, 200);
    assert_true(test_has(&a, "/settings/edit?name=sample.days"));
    assert_true(test_has(&a, "/settings/edit?name=sample.way"));
    assert_false(test_has(&a, "units.")); /* a unit is its words and nothing else */
    a = test_get(t, "/settings?q=sample.way");
    assert_true(test_has(&a, "/settings/edit?name=sample.way"));
    assert_false(test_has(&a, "/settings/edit?name=sample.days"));
    a = test_get(t, "/settings?q=nothing-like-this");
    assert_int_equal(a.status, 200);
    assert_false(test_has(&a, "/settings/edit?name="));
    a = test_get(t, "/settings/edit?name=sample.days");
    assert_int_equal(a.status, 200);
    assert_true(str_is(test_field(t, &a, "value"), "5"));
    assert_true(str_is(test_field(t, &a, "from_on"), "2026-11-25"));
    a = test_get(t, "/settings/edit?name=sample.none");
    assert_int_equal(a.status, 404);
}

static void a_change_holds_from_its_day(void **state)
{
    (void)state;
    test_as_role(t, "staff");
    i64 before = audits();
    struct test_answer a = test_post(t, "/settings/edit", "name", "sample.days", "value", "7",
                                     "from_on", "2026-12-01", NULL);
    assert_int_equal(a.status, 303);
    assert_int_equal(number_of("sample.days"), 5);
    a = test_get(t, "/settings");
    assert_true(test_has(&a, "2026-12-01") || test_has(&a, "12\xE6\x9C\x88"
                                                           "1\xE6\x97\xA5"));
    i64 now = t->app.clock.fixed_ms;
    t->app.clock.fixed_ms = now + 6 * 24 * 3600 * INT64_C(1000);
    assert_int_equal(number_of("sample.days"), 7);
    t->app.clock.fixed_ms = now;
    assert_int_equal(audits(), before + 1);
    a = test_get(t, "/settings/edit?name=sample.days");
    assert_true(test_has(&a, "<caption")); /* the history */
}

static void wrong_input_is_refused_and_kept(void **state)
{
    (void)state;
    test_as_role(t, "staff");
    static const struct {
        const char *name, *value, *from_on;
        int status;
    } CASES[] = {
        { "sample.days", "31", "2026-12-01", 422 },
        { "sample.days", "x", "2026-12-01", 422 },
        { "sample.days", "7", "2026-11-24", 422 },
        { "sample.days", "7", "", 422 },
        { "sample.way", "medium", "2026-12-01", 422 },
        { "sample.open", "2", "2026-12-01", 422 },
        { "sample.none", "1", "2026-12-01", 404 },
        { "sample.way", "long", "2026-11-25", 303 },
        { "sample.open", "0", "2026-11-25", 303 },
        { "sample.words", "a\nb", "2026-11-25", 303 },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct test_answer a = test_post(t, "/settings/edit", "name", CASES[i].name, "value",
                                         CASES[i].value, "from_on", CASES[i].from_on, NULL);
        if (a.status != CASES[i].status)
            fail_msg("row %zu: %d", i, a.status);
        if (a.status == 422 && strcmp(CASES[i].name, "sample.days") == 0)
            assert_true(str_is(test_field(t, &a, "value"), CASES[i].value));
    }
    struct rq rq = test_system_rq(t);
    assert_true(str_is(setting_text(&rq, "sample.words"), "a\nb"));
    assert_false(setting_on(&rq, "sample.open"));
}

/* A day of every year: said in words, kept as typed where it is none. */
static void a_day_of_every_year_is_typed_and_read(void **state)
{
    (void)state;
    test_as_role(t, "staff");
    struct test_answer a = test_get(t, "/settings/edit?name=sample.last");
    assert_true(test_has(&a, "（不设）"));
    assert_true(test_has(&a, "按“月-日”填写"));
    a = test_post(t, "/settings/edit", "name", "sample.last", "value", "2-30", "from_on",
                  "2026-11-25", NULL);
    assert_int_equal(a.status, 422);
    assert_true(str_is(test_field(t, &a, "value"), "2-30"));
    assert_true(test_has(&a, "请按“月-日”填写每年的一个日期"));
    a = test_api(t, POST, "/api/v1/settings",
                 "{\"name\":\"sample.last\",\"value\":\"9/3\",\"from_on\":\"2026-11-25\"}");
    assert_int_equal(a.status, 200);
    assert_true(str_is(test_json(t, &a, "value"), "09-03"));
    a = test_get(t, "/settings");
    assert_true(test_has(&a, "每年 9 月 3 日"));
    a = test_api(t, GET, "/api/v1/settings?q=sample.last", NULL);
    assert_true(str_is(test_json(t, &a, "items.0.type"), "month_day"));
    assert_true(str_is(test_json(t, &a, "items.0.value"), "09-03"));
    a = test_post(t, "/settings/edit", "name", "sample.last", "value", "", "from_on", "2026-11-26",
                  NULL);
    assert_int_equal(a.status, 303); /* no day from then on */
}

static void only_who_may_changes_settings(void **state)
{
    (void)state;
    test_as_role(t, "member");
    struct test_answer a = test_get(t, "/settings");
    assert_int_equal(a.status, 403);
    a = test_post(t, "/settings/edit", "name", "sample.days", "value", "9", "from_on", "2026-12-01",
                  NULL);
    assert_int_equal(a.status, 403);
    a = test_post(t, "/dictionaries/edit", "name", "sample.reasons", "code", "x", "label", "X",
                  NULL);
    assert_int_equal(a.status, 403);
    /* Codes are no secret: whoever is signed in may read them. */
    a = test_api(t, GET, "/api/v1/dictionaries?name=sample.reasons", NULL);
    assert_int_equal(a.status, 200);
    test_as_nobody(t);
    a = test_api(t, GET, "/api/v1/settings", NULL);
    assert_int_equal(a.status, 401);
}

static int store(const char *path, const char *name, const char *value)
{
    return test_post(t, path, "name", name, "value", value, "from_on", "2026-12-01", NULL).status;
}

/* GB/T 22239-2019 8.1.4.1: what keeps the house safe is the security administrator's, not the
 * business of the staff it binds; and not the other way round. */
static void security_is_set_by_its_administrator_only(void **state)
{
    (void)state;
    static const char EDIT[] = "/settings/edit", SECURE[] = "/settings/security/edit";
    test_as_role(t, "staff");
    struct test_answer a = test_get(t, "/settings");
    assert_false(test_has(&a, "name=accounts."));
    assert_false(test_has(&a, "name=audits."));
    assert_false(test_has(&a, "name=settings.demo"));
    a = test_api(t, GET, "/api/v1/settings", NULL);
    assert_false(test_has(&a, "\"accounts."));
    assert_int_equal(test_get(t, "/settings/edit?name=accounts.second_factor").status, 404);
    assert_int_equal(store(EDIT, "accounts.second_factor", "none"), 404);
    assert_int_equal(store(EDIT, "settings.demo", "1"), 404);
    assert_int_equal(store(SECURE, "accounts.second_factor", "none"), 403);
    a = test_api(t, POST, "/api/v1/settings",
                 "{\"name\":\"audits.keep_days\",\"value\":\"180\",\"from_on\":\"2026-12-01\"}");
    assert_int_equal(a.status, 404);

    struct actor *secadmin = test_as_role(t, "secadmin");
    a = test_get(t, "/settings/security");
    assert_true(test_has(&a, "/settings/security/edit?name=accounts.second_factor"));
    assert_false(test_has(&a, "name=sample.days"));
    assert_int_equal(store(SECURE, "sample.days", "7"), 404);
    assert_int_equal(store(EDIT, "sample.days", "7"), 403);
    assert_int_equal(store(SECURE, "accounts.password_min", "12"), 303);
    i64 count = 0;
    assert_ok(db_i64(
        t->db, SQL("SELECT COUNT(*) FROM audits WHERE act = 'settings.secure' AND org_id = 1"),
        &count));
    assert_int_equal(count, 1);
    secadmin->authenticated_at = 1; /* long ago: the password again, please */
    assert_int_equal(store(SECURE, "accounts.password_min", "13"), 403);
}

static void a_dictionary_is_edited(void **state)
{
    (void)state;
    test_as_role(t, "staff");
    struct test_answer a = test_get(t, "/dictionaries");
    assert_true(test_has(&a, "/dictionaries/edit?name=sample.reasons"));
    a = test_post(t, "/dictionaries/edit", "name", "sample.reasons", "code", "empty", "label",
                  "Empty words", NULL);
    assert_int_equal(a.status, 303);
    a = test_get(t, "/dictionaries/edit?name=sample.reasons&code=empty");
    assert_true(test_has(&a, "Empty words"));
    assert_true(test_has(&a, "secret"));
    assert_true(str_is(test_field(t, &a, "label"), "Empty words"));
    a = test_post(t, "/dictionaries/edit", "name", "sample.reasons", "code", "No Good", "label",
                  "x", NULL);
    assert_int_equal(a.status, 422);
    assert_true(str_is(test_field(t, &a, "code"), "No Good"));
    a = test_post(t, "/dictionaries/edit", "name", "sample.reasons", "code", "empty", "label",
                  "Empty", "from_on", "2026-12-02", "to_on", "2026-12-01", NULL);
    assert_int_equal(a.status, 422);
    a = test_get(t, "/dictionaries/edit?name=sample.none");
    assert_int_equal(a.status, 404);
    a = test_api(t, GET, "/api/v1/dictionaries?name=sample.reasons", NULL);
    assert_true(str_is(test_json(t, &a, "items.2.code"), "empty"));
}

static void the_api_does_the_same(void **state)
{
    (void)state;
    test_as_role(t, "staff");
    struct test_answer a =
        test_api(t, POST, "/api/v1/settings",
                 "{\"name\":\"sample.days\",\"value\":\"12\",\"from_on\":\"2026-11-25\"}");
    assert_int_equal(a.status, 200);
    assert_int_equal(number_of("sample.days"), 12);
    a = test_api(t, GET, "/api/v1/settings?q=sample.days", NULL);
    assert_true(str_is(test_json(t, &a, "items.0.value"), "12"));
    assert_true(str_is(test_json(t, &a, "items.0.default"), "5"));
    a = test_api(t, POST, "/api/v1/settings",
                 "{\"name\":\"sample.days\",\"value\":\"99\",\"from_on\":\"2026-11-25\"}");
    assert_int_equal(a.status, 422);
    assert_true(str_is(test_json(t, &a, "errors.0.code"), "settings.out_of_range"));
    a = test_api(t, POST, "/api/v1/dictionaries",
                 "{\"name\":\"sample.reasons\",\"code\":\"court\",\"label\":\"In court\"}");
    assert_int_equal(a.status, 200);
    assert_true(test_has(&a, "In court"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_older_moment_is_seen_by_itself_only),
        cmocka_unit_test(the_list_shows_values_and_is_searched),
        cmocka_unit_test(a_change_holds_from_its_day),
        cmocka_unit_test(wrong_input_is_refused_and_kept),
        cmocka_unit_test(a_day_of_every_year_is_typed_and_read),
        cmocka_unit_test(only_who_may_changes_settings),
        cmocka_unit_test(security_is_set_by_its_administrator_only),
        cmocka_unit_test(a_dictionary_is_edited),
        cmocka_unit_test(the_api_does_the_same),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
