/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The planner's figures: renewed while others are connected, within a transaction too. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "embed.h"
#include "platform/base/str.h"
#include "tests/harness/test_db.h"
#include "tests/harness/test_err.h"

/* Without figures SQLite takes the last index of those that look alike: here the useless one. */
static const char SCHEMA[] = "CREATE TABLE marks (id @id, code @int NOT NULL, kind @int NOT NULL);"
                             "CREATE INDEX marks_code ON marks (code);"
                             "CREATE INDEX marks_kind ON marks (kind);";
static const struct embed_file FILES[] = {
    { "0001_marks.sql", (const unsigned char *)SCHEMA, sizeof SCHEMA - 1 },
    { 0 },
};
static const struct db_schema SCHEMAS[] = { { "marks", FILES }, { 0 } };

struct plan {
    i64 id, parent, notused;
    str detail;
};
static const struct field PLAN_ROW[] = { FIELD(struct plan, id),
                                         FIELD(struct plan, parent),
                                         FIELD(struct plan, notused),
                                         FIELD(struct plan, detail),
                                         { 0 } };

static bool uses_code(struct db *db, struct sql explain, struct arena *mem)
{
    struct rows rows = { .size = sizeof(struct plan) };
    i64 count = 0;
    assert_ok(db_i64(db, SQL("SELECT COUNT(*) FROM marks"), &count)); /* sees the schema's number */
    assert_ok(db_list(db, explain, PLAN_ROW, mem, &rows));
    assert_int_equal(rows.count, 1);
    return str_find(((struct plan *)rows.items)->detail, str_of("marks_code"), 0) >= 0;
}

static void fill(struct db *db)
{
    for (i64 code = 0; code < 2000; code++)
        assert_ok(
            db_run(db, SQL("INSERT INTO marks (code, kind) VALUES (:code, 1)", P(code)), NULL));
}

static void others_see_new_figures_at_once(void **state)
{
    (void)state;
    if (test_db_engine() != DB_SQLITE)
        skip(); /* autovacuum's business */
    struct arena *mem = arena_new(1 << 20, 0);
    struct db *db = test_db_open(SCHEMAS), *other;
    assert_ok(db_open(test_db_url(db), DB_READ, &other));
    assert_ok(db_analyze(db, false)); /* of an empty table: the start of a new house */
    assert_false(uses_code(
        other, SQL("EXPLAIN QUERY PLAN SELECT id FROM marks WHERE code = 5 AND kind = 1"), mem));
    assert_ok(db_begin(db));
    assert_ok(db_savepoint(db));
    fill(db);
    assert_ok(db_analyze(db, false));
    assert_ok(db_savepoint_release(db));
    assert_ok(db_commit(db));
    assert_true(uses_code(
        other, SQL("EXPLAIN QUERY PLAN SELECT id FROM marks WHERE code = 6 AND kind = 1"), mem));
    db_close(other);
    test_db_close(db);
    arena_free(mem);
}

/* What an import brings in within one transaction, before anybody else sees it. */
static void bulk_is_looked_at_within_its_transaction(void **state)
{
    (void)state;
    struct db *db = test_db_open(SCHEMAS);
    i64 known = 0;
    assert_ok(db_begin(db));
    fill(db);
    assert_ok(db_analyze(db, true));
    if (test_db_engine() ==
        DB_POSTGRES) /* how many differ, as a share of all: none is twice there */
        assert_ok(db_i64(db,
                         SQL("SELECT COUNT(*) FROM pg_stats s WHERE s.schemaname ="
                             " current_schema() AND s.tablename = 'marks' AND s.attname = 'code'"
                             " AND s.n_distinct = -1"),
                         &known));
    else
        assert_ok(
            db_i64(db, SQL("SELECT COUNT(*) FROM sqlite_stat1 WHERE idx = 'marks_code'"), &known));
    assert_int_equal(known, 1);
    db_rollback(db);
    test_db_close(db);
}

/* That a receiver is counted: tests/security/health_test.py, which has one. */
static void replication_is_asked_of_both_engines(void **state)
{
    (void)state;
    struct db *db = test_db_open(SCHEMAS);
    struct db_replication r = { -1, -1, -1 };
    assert_ok(db_find_replication(db, &r));
    assert_true(r.lag_ms >= 0 && r.lag_bytes >= 0);
    if (test_db_engine() == DB_SQLITE)
        assert_int_equal(r.replicas, 0);
    test_db_close(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(others_see_new_figures_at_once),
        cmocka_unit_test(bulk_is_looked_at_within_its_transaction),
        cmocka_unit_test(replication_is_asked_of_both_engines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
