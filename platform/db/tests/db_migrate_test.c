/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Migrations: order, once only, checksums, newer databases, a failing file, two processes at a
 * time, files for one engine; and how script text is cut into statements. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "embed.h"
#include "platform/base/str.h"
#include "platform/db/db_engine.h"
#include "tests/harness/test_db.h"
#include "tests/harness/test_err.h"

static struct embed_file file(const char *name, const char *text)
{
    return (struct embed_file){ name, (const unsigned char *)text, strlen(text) };
}

static struct db *db;

static int set_up(void **state)
{
    (void)state;
    db = test_db_open(NULL);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    test_db_close(db);
    return 0;
}

static i64 number(struct sql sql)
{
    i64 n = -1;
    assert_ok(db_i64(db, sql, &n));
    return n;
}

static const char UNITS[] =
    "CREATE TABLE units (id @id, org_id @int NOT NULL, UNIQUE (org_id, id))";
static const char MEMBERS[] = "CREATE TABLE members (id @id, org_id @int NOT NULL, unit_id @int,\n"
                              "  FOREIGN KEY (org_id, unit_id) REFERENCES units (org_id, id));\n"
                              "INSERT INTO units (id, org_id) VALUES (1, 1)";

static void files_are_applied_in_order_and_once(void **state)
{
    (void)state;
    const struct embed_file units[] = { file("0001_units.sql", UNITS), { 0 } };
    const struct embed_file members[] = { file("0001_members.sql", MEMBERS),
                                          file("0002_more.sql",
                                               "INSERT INTO members (id, org_id, unit_id)"
                                               " VALUES (5, 1, 1)"),
                                          { 0 } };
    const struct db_schema first[] = { { "units", units }, { 0 } };
    const struct db_schema both[] = { { "units", units }, { "members", members }, { 0 } };
    i64 applied = -1;
    assert_err(db_migrate_check(db, first), ERR_CONFLICT, "db.migration_missing");
    assert_ok(db_migrate(db, first, &applied));
    assert_int_equal(applied, 1);
    assert_ok(db_migrate_check(db, first));
    err e = db_migrate_check(db, both);
    assert_err(e, ERR_CONFLICT, "db.migration_missing");
    assert_true(str_is(e.arg[0], "members"));
    assert_true(str_is(e.arg[1], "0001_members.sql"));
    assert_ok(db_migrate(db, both, &applied));
    assert_int_equal(applied, 2);
    assert_ok(db_migrate(db, both, &applied));
    assert_int_equal(applied, 0);
    assert_ok(db_migrate(db, both, NULL));
    assert_ok(db_migrate_check(db, both));
    assert_int_equal(number(SQL("SELECT unit_id FROM members WHERE org_id = 1")), 1);
    assert_int_equal(number(SQL("SELECT count(*) FROM schema_migrations WHERE length(sha256) = 64"
                                " AND applied_at > 1700000000000")),
                     3);
}

/* SHA-256 of "CREATE TABLE a (id @id)", computed with sha256sum. */
static void the_checksum_is_of_the_text_as_written(void **state)
{
    (void)state;
    const struct embed_file files[] = { file("0001_a.sql", "CREATE TABLE a (id @id)"), { 0 } };
    const struct db_schema schemas[] = { { "a", files }, { 0 } };
    assert_ok(db_migrate(db, schemas, NULL));
    assert_int_equal(number(
                         SQL("SELECT count(*) FROM schema_migrations WHERE owner = 'a'"
                             " AND name = '0001_a.sql' AND sha256 = '"
                             "61abab51edbc1ade0303e44bd89607a7b96d12065feb76a23f99bf3fe7f4ec63'")),
                     1);
}

static void an_applied_file_may_not_change(void **state)
{
    (void)state;
    const struct embed_file before[] = { file("0001_units.sql", UNITS), { 0 } };
    const struct embed_file after[] = { file("0001_units.sql", "CREATE TABLE units (id @id)"),
                                        { 0 } };
    const struct db_schema old[] = { { "units", before }, { 0 } };
    const struct db_schema new[] = { { "units", after }, { 0 } };
    assert_ok(db_migrate(db, old, NULL));
    err e = db_migrate(db, new, NULL);
    assert_err(e, ERR_CONFLICT, "db.migration_changed");
    assert_true(str_is(e.arg[0], "units"));
    assert_true(str_is(e.arg[1], "0001_units.sql"));
    assert_err(db_migrate_check(db, new), ERR_CONFLICT, "db.migration_changed");
    assert_ok(db_migrate_check(db, old));
}

static void a_newer_database_is_refused(void **state)
{
    (void)state;
    const struct embed_file two[] = { file("0001_units.sql", UNITS),
                                      file("0002_x.sql", "CREATE TABLE x (id @id)"),
                                      { 0 } };
    const struct embed_file one[] = { file("0001_units.sql", UNITS), { 0 } };
    const struct db_schema newer[] = { { "units", two }, { 0 } };
    const struct db_schema older[] = { { "units", one }, { 0 } };
    assert_ok(db_migrate(db, newer, NULL));
    assert_err(db_migrate(db, older, NULL), ERR_CONFLICT, "db.migration_newer");
    assert_err(db_migrate_check(db, older), ERR_CONFLICT, "db.migration_newer");
}

/* The failing file leaves nothing behind; what was applied before it stays; a corrected file goes
 * on from there. */
static void a_failing_file_is_undone_whole(void **state)
{
    (void)state;
    const struct embed_file bad[] = { file("0001_units.sql", UNITS),
                                      file("0002_bad.sql", "CREATE TABLE half (id @id);\n"
                                                           "INSERT INTO nowhere VALUES (1)"),
                                      { 0 } };
    const struct embed_file good[] = { file("0001_units.sql", UNITS),
                                       file("0002_bad.sql", "CREATE TABLE half (id @id)"),
                                       { 0 } };
    const struct db_schema schemas[] = { { "units", bad }, { 0 } };
    const struct db_schema corrected[] = { { "units", good }, { 0 } };
    i64 applied = -1;
    assert_err(db_migrate(db, schemas, &applied), ERR_INTERNAL, "db.failed");
    assert_int_equal(applied, 1);
    assert_ok(db_migrate(db, corrected, &applied));
    assert_int_equal(applied, 1);
    assert_int_equal(number(SQL("SELECT count(*) FROM half")), 0);
}

static void a_file_for_the_other_engine_is_passed_over(void **state)
{
    (void)state;
    const struct embed_file files[] = { file("0001_x.postgres.sql", "CREATE TABLE x (a TEXT[])"),
                                        file("0001_x.sqlite.sql",
                                             "CREATE VIRTUAL TABLE x USING fts5 (a)"),
                                        { 0 } };
    const struct db_schema schemas[] = { { "x", files }, { 0 } };
    i64 applied;
    assert_ok(db_migrate(db, schemas, &applied));
    assert_int_equal(applied, 1);
    assert_ok(db_migrate_check(db, schemas));
    assert_int_equal(number(SQL("SELECT count(*) FROM x")), 0);
}

static int migrate_in_child(const struct db_schema *schemas, str url)
{
    struct db *own;
    i64 applied = 0;
    err e = db_open(url, DB_WRITE, &own);
    if (e.code == ERR_NONE)
        e = db_migrate(own, schemas, &applied);
    return e.code == ERR_NONE ? (int)applied : 100;
}

/* Three processes start at once, as app nodes do after an update: together they apply each file
 * once. */
static void processes_take_turns(void **state)
{
    (void)state;
    char names[12][24], texts[12][48];
    struct embed_file files[13] = { 0 };
    for (int i = 0; i < 12; i++) {
        snprintf(names[i], sizeof names[i], "%04d_t.sql", i + 1);
        snprintf(texts[i], sizeof texts[i], "CREATE TABLE t%d (id @id)", i);
        files[i] = file(names[i], texts[i]);
    }
    const struct db_schema schemas[] = { { "t", files }, { 0 } };
    str url = test_db_url(db);
    pid_t children[3];
    for (int i = 0; i < 3; i++) {
        children[i] = fork();
        assert_true(children[i] >= 0);
        if (children[i] == 0)
            _exit(migrate_in_child(schemas, url));
    }
    int total = 0;
    for (int i = 0; i < 3; i++) {
        int status;
        assert_int_equal(waitpid(children[i], &status, 0), children[i]);
        assert_true(WIFEXITED(status));
        total += WEXITSTATUS(status);
    }
    assert_int_equal(total, 12);
    assert_ok(db_migrate_check(db, schemas));
}

/* A table that others refer to is rebuilt: only SQLite needs and allows this. What leaves a
 * reference without its row is refused. */
static void sqlite_rebuilds_a_referenced_table(void **state)
{
    (void)state;
    if (test_db_engine() != DB_SQLITE)
        return;
    struct embed_file files[] = {
        file("0001_units.sql", UNITS),
        file("0002_members.sql", MEMBERS),
        file("0003_rows.sql", "INSERT INTO members (id, org_id, unit_id) VALUES (5, 1, 1)"),
        { 0 },
        { 0 },
    };
    const struct db_schema schemas[] = { { "units", files }, { 0 } };
    assert_ok(db_migrate(db, schemas, NULL));
    files[3] = file("0004_lose.sql", "DELETE FROM units");
    assert_err(db_migrate(db, schemas, NULL), ERR_INTERNAL, "db.corrupt");
    assert_int_equal(number(SQL("SELECT count(*) FROM units")), 1);
    files[3] = file("0004_rebuild.sql",
                    "CREATE TABLE units_new (id @id, org_id @int NOT NULL, name TEXT NOT NULL"
                    " DEFAULT '', UNIQUE (org_id, id));"
                    "INSERT INTO units_new (id, org_id) SELECT id, org_id FROM units;"
                    "DROP TABLE units; ALTER TABLE units_new RENAME TO units");
    assert_ok(db_migrate(db, schemas, NULL));
    assert_int_equal(number(SQL("SELECT count(*) FROM members m JOIN units u ON u.id = m.unit_id")),
                     1);
    /* foreign keys are on again */
    assert_err(db_run(db, SQL("DELETE FROM units"), NULL), ERR_CONFLICT, "db.reference");
}

static void assert_statements(const char *script, const char *const *expected)
{
    str rest = str_of(script), statement;
    size_t n = 0;
    for (; db_script_next(&rest, &statement); n++) {
        if (!expected[n] || !str_is(str_trim(statement), expected[n]))
            fail_msg("statement %zu of '%s': '%.*s'", n, script, (int)statement.len, statement.ptr);
    }
    assert_null(expected[n]);
}

static void scripts_are_cut_at_semicolons_of_sql_only(void **state)
{
    (void)state;
    assert_statements("", (const char *const[]){ NULL });
    assert_statements(" ;; -- nothing; here\n /* ; */ ;", (const char *const[]){ NULL });
    assert_statements("A; B;\n-- it's c\nC", (const char *const[]){ "A", "B", "C", NULL });
    assert_statements("A ';' B; \"x;y\" /* ; ' */ -- ;'\n z; 'it''s;';",
                      (const char *const[]){ "A ';' B", "\"x;y\" /* ; ' */ -- ;'\n z", "'it''s;'",
                                             NULL });
    assert_statements("A 'open ; B", (const char *const[]){ "A 'open ; B", NULL });
}

static void assert_words(const char *script, const char *sqlite, const char *postgres)
{
    struct arena *mem = arena_new(4 << 20, 0);
    assert_string_equal(db_script_words(mem, str_of(script), DB_SQLITE), sqlite);
    assert_string_equal(db_script_words(mem, str_of(script), DB_POSTGRES), postgres);
    arena_free(mem);
}

static void tokens_become_the_engines_words(void **state)
{
    (void)state;
    assert_words("create table T (a @id, b @int, c @bytes)",
                 "create table T (a INTEGER PRIMARY KEY, b INTEGER, c BLOB)\n STRICT",
                 "create table T (a BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, b BIGINT,"
                 " c BYTEA)");
    assert_words("INSERT INTO t VALUES ('@int', 'a@id.cn') -- @int\n",
                 "INSERT INTO t VALUES ('@int', 'a@id.cn') -- @int\n",
                 "INSERT INTO t VALUES ('@int', 'a@id.cn') -- @int\n");
    assert_words("SELECT @integer, @ident, @", "SELECT @integer, @ident, @",
                 "SELECT @integer, @ident, @");
    assert_words("CREATE TABLE a AS SELECT f(1)", "CREATE TABLE a AS SELECT f(1)",
                 "CREATE TABLE a AS SELECT f(1)");
    assert_words("CREATE VIRTUAL TABLE a USING fts5 (b)", "CREATE VIRTUAL TABLE a USING fts5 (b)",
                 "CREATE VIRTUAL TABLE a USING fts5 (b)");
    assert_words("/* x */ CREATE TABLE IF NOT EXISTS a (b TEXT) -- c",
                 "/* x */ CREATE TABLE IF NOT EXISTS a (b TEXT) -- c\n STRICT",
                 "/* x */ CREATE TABLE IF NOT EXISTS a (b TEXT) -- c");
    assert_words("CREATE INDEX a ON b (c)", "CREATE INDEX a ON b (c)", "CREATE INDEX a ON b (c)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(files_are_applied_in_order_and_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_checksum_is_of_the_text_as_written, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_applied_file_may_not_change, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_newer_database_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_failing_file_is_undone_whole, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_file_for_the_other_engine_is_passed_over, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(processes_take_turns, set_up, tear_down),
        cmocka_unit_test_setup_teardown(sqlite_rebuilds_a_referenced_table, set_up, tear_down),
        cmocka_unit_test(scripts_are_cut_at_semicolons_of_sql_only),
        cmocka_unit_test(tokens_become_the_engines_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
