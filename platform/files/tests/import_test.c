/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Imports on both engines: headers by themselves and by mapping, rows refused with place and
 * reason, nothing half-imported, a second import that changes nothing. Lists that offices sent:
 * shared data, skipped where absent. HUOTANG_TEST_DB. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "embed.h"
#include "platform/access/access_settings.h"
#include "platform/base/str.h"
#include "platform/files/mapping.h"
#include "platform/text/texts.h"
#include "tests/harness/test_app.h"
#include "tests/harness/test_err.h"

static const struct import_field FIELDS[] = { { "source_id", "import.test.id", true },
                                              { "title", "import.test.title", true },
                                              { "proposer"
                                                "",
                                                "import.test.proposer", false },
                                              { "made", "import.test.made", false },
                                              { "body",
                                                "import.test.body"
                                                "",
                                                false },
                                              { "amount", "import.test.amount", false },
                                              { 0 } };

/* Adds or changes a row by source and source_id, as every module must. */
static err thing_row(struct rq *rq, const struct import_row *row, char *result)
{
    str source = row->source,
        source_id = import_value(row, "source_id"
                                      ""),
        title = import_value(row, "title");
    str proposer = import_value(row, "proposer");
    i64 made_at, changed, there;
    if (!import_time(import_value(row, "made"), &made_at))
        rq_fault(rq, "made", "list.bad_value", import_value(row, "made"), str_of(""));
    if (str_is(title, "bad"))
        rq_fault(rq, "title", "list.bad_value", title, str_of(""));
    if (rq_has_faults(rq))
        return err_make(ERR_INVALID, "form.faults");
    if (str_is(title, "conflict"))
        return err_make(ERR_CONFLICT, "db.version");
    TRY(db_i64(rq->db,
               SQL("SELECT COUNT(*) AS n FROM things WHERE org_id = :org AND source = :sourc"
                   "e AND source_id = :source_id",
                   P(source), P(source_id)),
               &there));
    if (!there) {
        *result = 'c';
        return db_run(rq->db,
                      SQL("INSERT INTO things (org_id, source, source_id, title, proposer, m"
                          "ade_at) "
                          "VALUES (:org, :source, :source_id, :title, :proposer, :made_at)",
                          P(source), P(source_id), P(title), P(proposer), P(made_at)),
                      NULL);
    }
    TRY(db_run(rq->db,
               SQL("UPDATE things SET title = :title, proposer = :proposer, made_at = :made_"
                   "at WHERE org_id = :org AND "
                   "source = :source AND source_id = :source_id AND (title <> :title OR prop"
                   "oser <> :proposer OR "
                   "made_at <> :made_at)",
                   P(title), P(proposer), P(made_at), P(source), P(source_id)),
               &changed));
    *result = changed ? 'u' : '=';
    return OK;
}
static const struct import_kind KIND = { "things", "things.import", FIELDS, thing_row, NULL };

static const char SCHEMA[] = "CREATE TABLE things (id @id, org_id @int NOT NULL, source TEXT"
                             " NOT NULL, source_id TEXT NOT NULL,"
                             " title TEXT NOT NULL, proposer TEXT NOT NULL, made_at @int NOT NULL,"
                             " UNIQUE (org_id, source, source_id));";
static const struct embed_file SCHEMA_FILES[] = { { "0001_things.sql"
                                                    "",
                                                    (const unsigned char *)SCHEMA,
                                                    sizeof SCHEMA - 1 },
                                                  { 0 } };
static const struct module MODULE = { .name = "things",
                                      .settings = ACCESS_SETTINGS,
                                      .schema = SCHEMA_FILES };
static const struct module *const TEST_MODULES[] = { &MODULE, NULL };
static const char TEXTS[] =
    "import.test.id = 提案号|编号\nimport.test.title = 案由|题目|建議項目及內容\n"
    "import.test.proposer = 提案人|第一提案人\nimport.test.made = 提交时间\nimpo"
    "rt.test.body = 提案内容\n"
    "import.test.amount = 核定金额\n";
static const struct embed_file TEXT_FILES[] = {
    { "t.txt", (const unsigned char *)TEXTS, sizeof TEXTS - 1 }, { 0 }
};

static struct test_app *app;
static char file[64];

static int setup(void **state)
{
    (void)state;
    app = test_app_new(TEST_MODULES);
    assert_ok(text_load(app->mem, TEXT_FILES));
    snprintf(file, sizeof file, "/tmp/import-test-XXXXXX");
    int fd = mkstemp(file);
    assert_true(fd >= 0);
    close(fd);
    return 0;
}
static int teardown(void **state)
{
    (void)state;
    unlink(file);
    test_app_free(app);
    return 0;
}

static void file_write(const char *text)
{
    FILE *out = fopen(file, "wb");
    fputs(text, out);
    fclose(out);
}

static struct import_report report;
static const char *list_path; /* of the options made last */
static err run(const struct import_options *options)
{
    struct rq rq = test_system_rq(app);
    assert_ok(db_begin(app->db));
    struct import_options with_list = *options;
    with_list.list = test_list(app, list_path);
    err e = import_run(&rq, app->mem, &KIND, &with_list, &report);
    if (e.code == ERR_NONE)
        assert_ok(db_commit(app->db));
    else
        db_rollback(app->db);
    return e;
}

static void counts_are(i64 created, i64 updated, i64 unchanged, i64 refused)
{
    assert_int_equal(report.created, created);
    assert_int_equal(report.updated, updated);
    assert_int_equal(report.unchanged, unchanged);
    assert_int_equal(report.refused, refused);
}

static i64 stored(void)
{
    i64 n;
    assert_ok(db_i64(app->db, SQL("SELECT COUNT(*) AS n FROM things WHERE org_id = :org"), &n));
    return n;
}

static struct import_options options_for(const char *path)
{
    list_path = path;
    return (struct import_options){ .source = str_of("test") };
}

static void a_second_import_changes_nothing(void **state)
{
    (void)state;
    struct import_options options = options_for(file);
    file_write("2026年提案目录,,\n编 号,案由（标题）,提案人\n1,a,王 堃\n2,b,李四\n,,\n3,c,\n");
    assert_ok(run(&options));
    counts_are(3, 0, 0, 0);
    assert_int_equal(stored(), 3);
    assert_ok(run(&options));
    counts_are(0, 0, 3, 0);
    file_write("编号,案由,提案人\n1,A,王 堃\n2,b,李四\n4,d,\n");
    assert_ok(run(&options));
    counts_are(1, 1, 1, 0);
    assert_int_equal(stored(), 4);
    options.source = str_of("elsewhere"); /* another sender's numbers are other things */
    assert_ok(run(&options));
    counts_are(3, 0, 0, 0);
}

static void refused_rows_have_place_and_reason_and_undo_all(void **state)
{
    (void)state;
    struct import_options options = options_for(file);
    file_write(
        "编号,案由,提交时间,备注\n1,a,2026-01-02,x\n2,bad,tomorrow,\n3,,2026-01-02,\n4,conflict"
        ",,\n5,e,,\n");
    assert_ok(run(&options));
    counts_are(2, 0, 0, 3);
    assert_int_equal(stored(), 0);
    static const struct {
        i64 row;
        const char *column, *reason;
    } WANTED[] = { { 3, "提交时间", "list.bad_value" },
                   { 3, "案由", "list.bad_value" },
                   { 4, "案由", "import.value_missing" },
                   { 5, "", "db.version" } };
    assert_int_equal(report.fault_count, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(report.faults[i].row, WANTED[i].row);
        assert_true(str_is(report.faults[i].column, WANTED[i].column));
        assert_string_equal(report.faults[i].reason, WANTED[i].reason);
    }
    assert_true(str_is(report.faults[0].arg[0], "tomorrow"));
    assert_int_equal(report.ignored.count, 1);
    assert_true(str_is(report.ignored.items[0], "备注"));
}

static void a_dry_run_tells_and_keeps_nothing(void **state)
{
    (void)state;
    struct import_options options = options_for(file);
    options.dry_run = true;
    file_write("编号,案由\n1,a\n2,b\n1,again\n");
    assert_ok(run(&options));
    counts_are(2, 1, 0, 0); /* also what rows of the same file do to each other */
    assert_int_equal(stored(), 0);
}

static void slices_continue(void **state)
{
    (void)state;
    struct import_options options = options_for(file);
    file_write("编号,案由\n1,a\n2,b\n3,c\n4,d\n5,e\n");
    options.most = 2;
    i64 runs = 0;
    do {
        assert_ok(run(&options));
        assert_true(report.rows <= 2);
        options.first_row = report.next_row;
        runs++;
    } while (report.next_row);
    assert_int_equal(runs, 3);
    assert_int_equal(stored(), 5);
}

static void headers_that_are_missing(void **state)
{
    (void)state;
    struct import_options options = options_for(file);
    file_write("a,b\n1,2\n");
    assert_err(run(&options), ERR_INVALID, "import.no_headers");
    file_write("编号,提案人\n1,2\n");
    err e = run(&options);
    assert_err(e, ERR_INVALID, "import.column_missing");
    assert_true(str_is(e.arg[0], "案由"));
}

static void mappings_are_read_and_written(void **state)
{
    (void)state;
    struct import_mapping mapping, again;
    static const char TEXT[] =
        "{\"header_row\":2,\"header_rows\":2,\"skip_rows\":[9,10],\"f"
        "ill\":[\"proposer\"],"
        "\"columns\":{\"议员.姓名\":\"proposer\",\"C\":\"title\",\"备注\":\"\"}}";
    assert_ok(import_mapping_read(app->mem, str_of(TEXT), &KIND, &mapping));
    assert_int_equal(mapping.header_row, 2);
    assert_int_equal(mapping.skip_rows.count, 2);
    assert_int_equal(mapping.pair_count, 3);
    assert_true(str_is(mapping.pairs[0].header, "议员.姓名"));
    str text = import_mapping_text(app->mem, &mapping);
    assert_ok(import_mapping_read(app->mem, text, &KIND, &again));
    assert_true(str_eq(import_mapping_text(app->mem, &again), text));
    static const struct {
        const char *text, *wrong;
    } BAD[] = { { "{\"header_row\":\"x\"}", "header_row" },
                { "{\"columns\":{\"a\":\"nothing"
                  "\"}}",
                  "columns.a" },
                { "{\"unknown\":1}", "unknown" },
                { "{\"fill\":[\"nothing\"]}", "fill" },
                { "{\"header_rows\":6}", "header_rows" } };
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        err e = import_mapping_read(app->mem, str_of(BAD[i].text), &KIND, &mapping);
        assert_err(e, ERR_INVALID, "import.mapping");
        assert_true(str_is(e.arg[0], BAD[i].wrong));
    }
    /* a wide sheet: what is kept of it can be read again */
    enum { WIDE = 150 };
    struct import_pair pairs[WIDE];
    for (int c = 0; c < WIDE; c++)
        pairs[c] = (struct import_pair){ arena_printf(app->mem, "%c%c", 'A' + c / 26, 'A' + c % 26),
                                         str_of("") };
    struct import_mapping wide = { .header_row = 1, .pairs = pairs, .pair_count = WIDE };
    assert_ok(import_mapping_read(app->mem, import_mapping_text(app->mem, &wide), &KIND, &again));
    assert_int_equal(again.pair_count, WIDE);
    assert_err(import_mapping_read(app->mem, str_of("[1"), &KIND, &mapping), ERR_INVALID,
               "import.mapping");
}

static const char *shared(char out[300], const char *name)
{
    const char *dir = getenv("HUOTANG_SHARED_DATA");
    snprintf(out, 300, "%s/import/%s", dir ? dir : "../shared/data", name);
    return access(out, R_OK) == 0 ? out : NULL;
}

static void three_forms_are_one_list(void **state)
{
    (void)state;
    static const char *const NAMES[] = { "proposals_60.xlsx",
                                         "proposals_60_utf8bom.csv"
                                         "",
                                         "proposals_60_gb18030.csv" };
    for (size_t i = 0; i < 3; i++) {
        char path[300];
        if (!shared(path, NAMES[i]))
            skip();
        struct import_options options = options_for(path);
        assert_ok(run(&options));
        counts_are(i ? 0 : 60, 0, i ? 60 : 0, 0);
    }
    assert_int_equal(stored(), 60);
}

/* Title rows, headers of two lines with merged cells, sums and notes at the end. */
static void a_published_workbook_by_mapping(void **state)
{
    (void)state;
    char path[300];
    struct import_mapping mapping;
    struct import_preview look;
    if (!shared(path, "kaohsiung_2014_h1.xlsx"))
        skip();
    struct import_options options = options_for(path);
    assert_ok(import_mapping_read(app->mem,
                                  str_of("{\"header_row\":4,\"header_rows\":2,\"skip_rows\":"
                                         "[534,535,536],\"fill\":[\"proposer\"],"
                                         "\"columns\":{\"議員姓名\":\"proposer\",\"B\":\"title"
                                         "\",\"建議地點\":\"source_id\","
                                         "\"核定金額\":\"amount\"}}"),
                                  &KIND, &mapping));
    assert_ok(import_look(app->mem, test_list(app, path), &KIND, &mapping, &look));
    assert_int_equal(look.column_count, 9);
    assert_true(str_is(look.columns[0].field, "proposer"));
    assert_true(str_is(look.columns[4].field, "amount"));
    assert_true(str_ends(look.columns[4].header, str_of("/核定金額")));
    assert_true(str_is(look.sample[0].cells.items[0], "林富寶"));
    assert_int_equal(look.missing.count, 0);
    options.mapping = &mapping;
    options.dry_run = true;
    assert_ok(run(&options));
    assert_int_equal(report.rows, 528); /* rows 6 to 533 */
}

static void values(void **state)
{
    (void)state;
    i64 day, ms;
    assert_true(import_day(str_of("2019-01-12 16:04:48"), &day));
    assert_int_equal(day, day_from_civil(2019, 1, 12));
    assert_true(import_day(str_of(""), &day));
    assert_true(day == DAY_NONE);
    assert_false(import_day(str_of("soon"), &day));
    assert_true(import_time(str_of("2019-01-12 16:04:48"), &ms));
    assert_int_equal(ms,
                     day_start_ms(day_from_civil(2019, 1, 12)) + ((16 * 60 + 4) * 60 + 48) * 1000);
    assert_true(import_time(str_of("2019/1/12"), &ms));
    assert_false(import_time(str_of("2019-01-12 25:00"), &ms));
    strs names = import_names(app->mem, str_of("王 堃、李　四，赵昇;Ann Lee/ \n周\U0002CC56"));
    static const char *const WANTED[] = { "王堃", "李四", "赵昇", "Ann Lee", "周\U0002CC56" };
    assert_int_equal(names.count, 5);
    for (size_t i = 0; i < 5; i++)
        assert_true(str_is(names.items[i], WANTED[i]));
    assert_int_equal(import_names(app->mem, str_of("")).count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_second_import_changes_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(refused_rows_have_place_and_reason_and_undo_all, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(a_dry_run_tells_and_keeps_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(slices_continue, setup, teardown),
        cmocka_unit_test_setup_teardown(headers_that_are_missing, setup, teardown),
        cmocka_unit_test_setup_teardown(mappings_are_read_and_written, setup, teardown),
        cmocka_unit_test_setup_teardown(three_forms_are_one_list, setup, teardown),
        cmocka_unit_test_setup_teardown(a_published_workbook_by_mapping, setup, teardown),
        cmocka_unit_test_setup_teardown(values, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
