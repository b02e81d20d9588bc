/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Settings and dictionaries: values by day and organisation, limits, shipped rows and a site's own,
 * on both engines (HUOTANG_TEST_DB). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "embed.h"
#include "platform/base/str.h"
#include "platform/flow/tests/stage.h"
#include "platform/settings/settings.h"

static const struct setting SETTINGS[] = {
    { "sample.days", SETTING_NUMBER, "working_days", 1, 30, "5", NULL, "product" },
    { "sample.open", SETTING_BOOL, NULL, 0, 0, "1", NULL, "product" },
    { "sample.way", SETTING_CHOICE, NULL, 0, 0, "short", "short long", "product" },
    { "sample.words", SETTING_TEXT, "characters", 0, 6, "abc", NULL, "product" },
    { "sample.last", SETTING_MONTH_DAY, NULL, 0, 0, "", NULL, "product" },
    { "sample.remind", SETTING_NUMBER, "working_days", 0, 60, "1", NULL, "product" },
    { "sample.urge", SETTING_NUMBER, "working_days", 0, 60, "5", "sample.remind", "product" },
    { "sample.talk", SETTING_NUMBER, "working_days", 0, 60, "10", "sample.urge", "product" },
    { 0 },
};
static const struct dictionary_value REASONS[] = { { "secret", "sample.secret" },
                                                   { "court", "sample.court" },
                                                   { 0 } };
static const struct dictionary DICTIONARIES[] = { { "sample.reasons", REASONS, "product" }, { 0 } };
static const struct module SAMPLE = { .name = "sample",
                                      .settings = SETTINGS,
                                      .dictionaries = DICTIONARIES };
static const struct module *const MODULE_LIST[] = { &SAMPLE, NULL };
static const struct db_schema SCHEMAS[] = { { "settings", settings_schema }, { 0 } };

static struct stage stage;
static const struct actor CLERK = { .account_id = 7, .org_id = STAGE_ORG };
static const struct actor NEIGHBOUR = { .account_id = 8, .org_id = STAGE_OTHER_ORG };

static int set_up(void **state)
{
    (void)state;
    stage_open(&stage, MODULE_LIST, SCHEMAS);
    return 0;
}
static int tear_down(void **state)
{
    (void)state;
    stage_close(&stage);
    return 0;
}
static int begin(void **state)
{
    (void)state;
    stage_begin(&stage);
    return 0;
}
static int end(void **state)
{
    (void)state;
    stage_end(&stage);
    return 0;
}

static void defaults_hold_until_something_is_stored(void **state)
{
    (void)state;
    struct rq *rq = stage_rq(&stage, &CLERK);
    assert_int_equal(setting_number(rq, "sample.days"), 5);
    assert_true(setting_on(rq, "sample.open"));
    assert_true(str_is(setting_text(rq, "sample.way"), "short"));
    assert_true(str_is(setting_text(rq, "sample.words"), "abc"));
}

static void a_value_holds_from_its_day_and_for_its_organisation(void **state)
{
    (void)state;
    struct rq *rq = stage_rq(&stage, &CLERK);
    i64 today = rq->today;
    stage_expect(setting_store(rq, "sample.days", str_of("7"), today - 100), NULL);
    stage_expect(setting_store(rq, "sample.days", str_of("9"), today), NULL);
    stage_expect(setting_store(rq, "sample.days", str_of("11"), today + 1), NULL);
    static const struct {
        i64 offset;
        const char *value;
    } CASES[] = {
        { -101, "5" }, { -100, "7" }, { -1, "7" }, { 0, "9" }, { 1, "11" }, { 900, "11" }
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        assert_true(
            str_is(setting_text_on(rq, "sample.days", today + CASES[i].offset), CASES[i].value));
    assert_int_equal(setting_number(rq, "sample.days"), 9);
    /* The same day again replaces. */
    stage_expect(setting_store(rq, "sample.days", str_of("8"), today), NULL);
    assert_int_equal(setting_number(rq, "sample.days"), 8);
    struct rows values;
    stage_expect(setting_values(rq, "sample.days", &values), NULL);
    assert_int_equal(values.count, 3);
    const struct setting_value *first = values.items;
    assert_int_equal(first->from_on, today - 100);
    assert_int_equal(first->changed_by, CLERK.account_id);
    /* The other organisation keeps the default. */
    assert_int_equal(setting_number(stage_rq(&stage, &NEIGHBOUR), "sample.days"), 5);
}

static void a_rolled_back_change_is_forgotten(void **state)
{
    (void)state;
    struct rq *rq = stage_rq(&stage, &CLERK);
    stage_expect(db_savepoint(stage.db), NULL);
    stage_expect(setting_store(rq, "sample.days", str_of("20"), 0), NULL);
    assert_int_equal(setting_number(rq, "sample.days"), 20);
    db_savepoint_rollback(stage.db);
    assert_int_equal(setting_number(rq, "sample.days"), 5);
    stage_expect(setting_store(rq, "sample.days", str_of("21"), 0), NULL);
    assert_int_equal(setting_number(rq, "sample.days"), 21);
}

static void looks_are_served_from_memory(void **state)
{
    (void)state;
    static const struct actor QUIET = { .account_id = 9, .org_id = 77 };
    struct rq *rq = stage_rq(&stage, &QUIET);
    assert_int_equal(setting_number(rq, "sample.days"), 5);
    i64 before = db_statements(stage.db);
    for (int i = 0; i < 100; i++)
        assert_int_equal(setting_number(rq, "sample.days"), 5);
    assert_true(db_statements(stage.db) - before <= 1);
}

/* The first one behind the day, not rolled; a leap day is the last of February in other years. */
static void a_day_of_every_year_is_the_next_one(void **state)
{
    (void)state;
    struct rq *rq = stage_rq(&stage, &CLERK);
    static const struct {
        const char *value, *stored, *day, *next;
    } CASES[] = {
        { "09-30", "09-30", "2026-07-20", "2026-09-30" },
        { "9-30", "09-30", "2026-09-29", "2026-09-30" },
        { "9/30", "09-30", "2026-09-30", "2027-09-30" },
        { "9.30", "09-30", "2026-12-31", "2027-09-30" },
        { "5-10", "05-10", "2026-03-02", "2026-05-10" },
        { "12-31", "12-31", "2026-12-30", "2026-12-31" },
        { "2-29", "02-29", "2026-03-02", "2027-02-28" },
        { "2-29", "02-29", "2027-02-28", "2028-02-29" },
    };
    assert_int_equal(setting_day_after(rq, "sample.last", rq->today), 0);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        i64 day = 0, next = 0;
        assert_true(day_parse(str_of(CASES[i].day), &day));
        assert_true(day_parse(str_of(CASES[i].next), &next));
        stage_expect(setting_store(rq, "sample.last", str_of(CASES[i].value), 0), NULL);
        assert_true(str_is(setting_text(rq, "sample.last"), CASES[i].stored));
        assert_int_equal(setting_day_after(rq, "sample.last", day), next);
    }
    stage_expect(setting_store(rq, "sample.last", str_of(""), 0), NULL);
    assert_int_equal(setting_day_after(rq, "sample.last", rq->today), 0);
}

static void values_are_checked(void **state)
{
    (void)state;
    struct rq *rq = stage_rq(&stage, &CLERK);
    static const struct {
        const char *name, *value, *fault;
    } CASES[] = {
        { "sample.days", "0", "settings.out_of_range" },
        { "sample.days", "31", "settings.out_of_range" },
        { "sample.days", "1", NULL },
        { "sample.days", "30", NULL },
        { "sample.days", "", "settings.not_a_number" },
        { "sample.days", "5.5", "settings.not_a_number" },
        { "sample.open", "0", NULL },
        { "sample.open", "yes", "settings.not_a_choice" },
        { "sample.way", "long", NULL },
        { "sample.way", "lon", "settings.not_a_choice" },
        { "sample.way", "", "settings.not_a_choice" },
        { "sample.way", "short long", "settings.not_a_choice" },
        { "sample.words",
          "\xE5\x9B\xBD\xE5\xBA\x86\xE5\x9B\xBD\xE5\xBA\x86\xE5\x9B\xBD\xE5\xBA\x86", NULL },
        { "sample.words", "1234567", "settings.too_long" },
        { "sample.last", "", NULL },
        { "sample.last", "09-30", NULL },
        { "sample.last", "9/30", NULL },
        { "sample.last", "2.29", NULL },
        { "sample.last", "02-30", "settings.not_a_month_day" },
        { "sample.last", "04-31", "settings.not_a_month_day" },
        { "sample.last", "13-01", "settings.not_a_month_day" },
        { "sample.last", "00-10", "settings.not_a_month_day" },
        { "sample.last", "09-", "settings.not_a_month_day" },
        { "sample.last", "0930", "settings.not_a_month_day" },
        { "sample.last", "2026-09-30", "settings.not_a_month_day" },
        { "sample.none", "1", "settings.unknown" },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        stage_expect(setting_store(rq, CASES[i].name, str_of(CASES[i].value), 0), CASES[i].fault);
}

static const struct dictionary_row *row_of(struct rows *rows, size_t i)
{
    return (const struct dictionary_row *)rows->items + i;
}

static void a_site_replaces_shipped_rows(void **state)
{
    (void)state;
    struct rq *rq = stage_rq(&stage, &CLERK);
    struct rows rows;
    stage_expect(dictionary_list(rq, "sample.reasons", &rows), NULL);
    assert_int_equal(rows.count, 2);
    assert_true(str_is(row_of(&rows, 0)->code, "secret"));
    assert_true(dictionary_has(rq, "sample.reasons", str_of("court")));
    assert_false(dictionary_has(rq, "sample.reasons", str_of("empty")));

    struct dictionary_row added = { .code = str_of("empty"), .label = str_of("Empty words") };
    stage_expect(dictionary_store(rq, "sample.reasons", &added), NULL);
    struct dictionary_row changed = { .code = str_of("secret"),
                                      .label = str_of("Secrets"),
                                      .position = 9 };
    stage_expect(dictionary_store(rq, "sample.reasons", &changed), NULL);
    stage_expect(dictionary_list(rq, "sample.reasons", &rows), NULL);
    assert_int_equal(rows.count, 3); /* the shipped ones stayed */
    assert_true(str_is(row_of(&rows, 0)->code, "court"));
    assert_true(str_is(row_of(&rows, 1)->code, "empty"));
    assert_true(str_is(row_of(&rows, 2)->label, "Secrets"));

    /* The neighbour still has what was shipped. */
    struct rq *other = stage_rq(&stage, &NEIGHBOUR);
    stage_expect(dictionary_list(other, "sample.reasons", &rows), NULL);
    assert_int_equal(rows.count, 2);
}

static void a_code_out_of_force_keeps_its_label(void **state)
{
    (void)state;
    struct rq *rq = stage_rq(&stage, &CLERK);
    struct dictionary_row ended = { .code = str_of("old"),
                                    .label = str_of("Old"),
                                    .to_on = rq->today - 1 };
    struct dictionary_row last_day = { .code = str_of("last"),
                                       .label = str_of("Last"),
                                       .to_on = rq->today };
    struct dictionary_row coming = { .code = str_of("soon"),
                                     .label = str_of("Soon"),
                                     .from_on = rq->today + 1 };
    stage_expect(dictionary_store(rq, "sample.reasons", &ended), NULL);
    stage_expect(dictionary_store(rq, "sample.reasons", &last_day), NULL);
    stage_expect(dictionary_store(rq, "sample.reasons", &coming), NULL);
    assert_false(dictionary_has(rq, "sample.reasons", str_of("old")));
    assert_true(dictionary_has(rq, "sample.reasons", str_of("last")));
    assert_false(dictionary_has(rq, "sample.reasons", str_of("soon")));
    assert_true(str_is(dictionary_label(rq, "sample.reasons", str_of("old")), "Old"));
    assert_true(str_is(dictionary_label(rq, "sample.reasons", str_of("never")), "never"));
    struct rows rows;
    stage_expect(dictionary_list_all(rq, "sample.reasons", &rows), NULL);
    assert_int_equal(rows.count, 5);
}

static void a_new_word_holds_from_its_day(void **state)
{
    (void)state;
    struct rq *rq = stage_rq(&stage, &CLERK);
    i64 today = rq->today;
    str code = str_of("secret");
    struct rows rows;
    struct dictionary_row word = { .code = code, .label = str_of("Closed") };
    str shipped = dictionary_label(rq, "sample.reasons", code);
    stage_expect(dictionary_rename(rq, "sample.reasons", &word, today + 10), NULL);
    assert_true(str_eq(dictionary_label(rq, "sample.reasons", code), shipped));
    rq->today = today + 10;
    assert_true(str_is(dictionary_label(rq, "sample.reasons", code), "Closed"));
    assert_true(str_eq(dictionary_label_on(rq, "sample.reasons", code, today + 9), shipped));
    stage_expect(dictionary_list(rq, "sample.reasons", &rows), NULL);
    assert_int_equal(rows.count, 2);
    assert_true(str_is(row_of(&rows, 0)->label, "Closed"));
    /* Mending today's word leaves what it was called before. */
    struct dictionary_row mended = { .code = code, .label = str_of("Shut"), .position = 1 };
    stage_expect(dictionary_store(rq, "sample.reasons", &mended), NULL);
    assert_true(str_is(dictionary_label(rq, "sample.reasons", code), "Shut"));
    assert_true(str_eq(dictionary_label_on(rq, "sample.reasons", code, today), shipped));
    word.code = str_of("never");
    stage_expect(dictionary_rename(rq, "sample.reasons", &word, today), "dictionaries.code");
}

static void a_supposed_value_is_read_and_not_stored(void **state)
{
    (void)state;
    struct rq *rq = stage_rq(&stage, &CLERK);
    struct setting_value as_if[] = {
        { .name = str_of("sample.days"), .value = str_of("9"), .from_on = rq->today + 5 },
    };
    struct rows rows = { .items = as_if, .count = 1, .size = sizeof *as_if };
    i64 now = setting_number(rq, "sample.days");
    settings_suppose(rq, &rows);
    assert_int_equal(setting_number(rq, "sample.days"), now); /* not begun */
    assert_true(str_is(setting_text_on(rq, "sample.days", rq->today + 5), "9"));
    rq->today += 5;
    assert_int_equal(setting_number(rq, "sample.days"), 9);
    settings_suppose(rq, NULL);
    assert_int_equal(setting_number(rq, "sample.days"), now);
}

/* Defaults: remind 1, urge 5, talk 10. Each row stores one value, after those before it; what is
 * refused is rolled back by its page, here by a savepoint. */
static void steps_go_up(void **state)
{
    (void)state;
    struct rq *rq = stage_rq(&stage, &CLERK);
    static const struct {
        const char *name, *value;
        i64 offset;
        const char *fault;
    } CASES[] = {
        { "sample.urge", "1", 0, "settings.not_over" }, /* not larger than 1 */
        { "sample.urge", "2", 0, NULL },
        { "sample.remind", "2", 0, "settings.not_over" },
        { "sample.urge", "0", 0, NULL }, /* left out: talk stands over remind */
        { "sample.remind", "9", 0, NULL },
        { "sample.remind", "10", 0, "settings.not_over" },
        { "sample.remind", "0", 0, NULL },
        { "sample.talk", "1", 0, NULL },
        { "sample.remind", "4", 20, "settings.not_over" }, /* on that later day */
        { "sample.talk", "6", 10, NULL },
        { "sample.remind", "4", 20, NULL },
        { "sample.talk", "3", 15, "settings.not_over" }, /* whole from the 20th on: 4 before 3 */
        { "sample.talk", "0", 15, NULL },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        stage_expect(db_savepoint(stage.db), NULL);
        stage_expect(setting_store(rq, CASES[i].name, str_of(CASES[i].value),
                                   rq->today + CASES[i].offset),
                     NULL);
        stage_expect(settings_in_order(rq, rq->today + CASES[i].offset), CASES[i].fault);
        if (CASES[i].fault) {
            db_savepoint_rollback(stage.db);
        } else
            stage_expect(db_savepoint_release(stage.db), NULL);
    }
}

static void dictionary_rows_are_checked(void **state)
{
    (void)state;
    struct rq *rq = stage_rq(&stage, &CLERK);
    static const struct {
        const char *code, *label;
        i64 from_on, to_on;
        const char *fault;
    } CASES[] = {
        { "ok_1", "Words", 0, 0, NULL },
        { "kind.of", "Words", 0, 0, NULL },
        { "", "Words", 0, 0, "dictionaries.code" },
        { "No", "Words", 0, 0, "dictionaries.code" },
        { "a b", "Words", 0, 0, "dictionaries.code" },
        { "ok_2", "  ", 0, 0, "dictionaries.label" },
        { "ok_3", "Words", 20, 19, "dictionaries.dates" },
        { "ok_4", "Words", 20, 20, NULL },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct dictionary_row row = { .code = str_of(CASES[i].code),
                                      .label = str_of(CASES[i].label),
                                      .from_on = CASES[i].from_on,
                                      .to_on = CASES[i].to_on };
        stage_expect(dictionary_store(rq, "sample.reasons", &row), CASES[i].fault);
    }
    stage_expect(dictionary_store(rq, "sample.none", &(struct dictionary_row){ 0 }),
                 "dictionaries.unknown");
}

static void a_broken_declaration_is_told(void **state)
{
    (void)state;
    static const struct setting BROKEN[] = {
        { "sample.a", SETTING_NUMBER, NULL, 1, 3, "4", NULL, "product" },
        { "sample.b", SETTING_CHOICE, NULL, 0, 0, "x", "y z", "product" },
        { "loose", SETTING_BOOL, NULL, 0, 0, "1", NULL, "product" },
        { "sample.c", SETTING_BOOL, NULL, 0, 0, "1", NULL, "product" },
        { "sample.c", SETTING_BOOL, NULL, 0, 0, "0", NULL, "product" },
        { 0 },
    };
    static const struct module BAD = { .name = "bad", .settings = BROKEN };
    static const struct module *const BAD_LIST[] = { &BAD, NULL };
    struct buf *faults = buf_new(stage.mem, 10000);
    assert_false(settings_check(BAD_LIST, faults));
    const char *text = arena_cstr(stage.mem, buf_str(faults));
    assert_non_null(strstr(text, "setting sample.a: its default"));
    assert_non_null(strstr(text, "setting sample.b: its default"));
    assert_non_null(strstr(text, "setting loose has no group"));
    assert_non_null(strstr(text, "setting sample.c is declared twice"));
    assert_true(settings_check(MODULE_LIST, buf_new(stage.mem, 10000)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(defaults_hold_until_something_is_stored, begin, end),
        cmocka_unit_test_setup_teardown(a_value_holds_from_its_day_and_for_its_organisation, begin,
                                        end),
        cmocka_unit_test_setup_teardown(a_rolled_back_change_is_forgotten, begin, end),
        cmocka_unit_test_setup_teardown(looks_are_served_from_memory, begin, end),
        cmocka_unit_test_setup_teardown(a_day_of_every_year_is_the_next_one, begin, end),
        cmocka_unit_test_setup_teardown(values_are_checked, begin, end),
        cmocka_unit_test_setup_teardown(a_site_replaces_shipped_rows, begin, end),
        cmocka_unit_test_setup_teardown(a_code_out_of_force_keeps_its_label, begin, end),
        cmocka_unit_test_setup_teardown(a_new_word_holds_from_its_day, begin, end),
        cmocka_unit_test_setup_teardown(a_supposed_value_is_read_and_not_stored, begin, end),
        cmocka_unit_test_setup_teardown(steps_go_up, begin, end),
        cmocka_unit_test_setup_teardown(dictionary_rows_are_checked, begin, end),
        cmocka_unit_test(a_broken_declaration_is_told),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
