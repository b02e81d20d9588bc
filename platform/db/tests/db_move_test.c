/* SPDX-License-Identifier: MulanPSL-2.0 */
/* All rows from one database into another, of the same and of the other engine and back (move.h):
 * missing values, bytes, references in any order, numbers that go on, and that a difference of one
 * row is found. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

#include <cmocka.h>

#include "embed.h"
#include "platform/base/str.h"
#include "platform/db/move.h"
#include "tests/harness/test_db.h"
#include "tests/harness/test_err.h"

/* A parent with a higher number than its child, one that is its own, another table that refers to
 * it. The schema brings a row of its own, which does not stay. */
static const char SCHEMA[] =
    "CREATE TABLE things (id @id, org_id @int NOT NULL, above_id @int REFERENCES things (id),"
    " name TEXT NOT NULL, remark TEXT, seal @bytes);"
    "CREATE TABLE apart (org_id @int NOT NULL, thing_id @int NOT NULL REFERENCES things (id),"
    " share @int NOT NULL, PRIMARY KEY (org_id, thing_id));"
    "CREATE TABLE bare (id @id, org_id @int NOT NULL);"
    "INSERT INTO bare (org_id) VALUES (7);";
static const char OTHER[] = "CREATE TABLE things (id @id, org_id @int NOT NULL);";
static const struct embed_file FILES[] = {
    { "0001_things.sql", (const unsigned char *)SCHEMA, sizeof SCHEMA - 1 },
    { 0 },
};
static const struct db_schema SCHEMAS[] = { { "things", FILES }, { 0 } };

static const char ROWS[] =
    "DELETE FROM bare;"
    "INSERT INTO things (id, org_id, above_id, name, remark) VALUES (9, 1, NULL, '茶', '');"
    "INSERT INTO things (id, org_id, above_id, name) VALUES (3, 1, 9, '');"
    "INSERT INTO things (id, org_id, above_id, name, remark)"
    " VALUES (40, 2, 40, 'it''s %s', '一二三');"
    "INSERT INTO apart (org_id, thing_id, share) VALUES (1, 9, -9007199254740993);"
    /* more than go with one statement, and not a multiple of it */
    "INSERT INTO apart (org_id, thing_id, share) WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL"
    " SELECT i + 1 FROM n WHERE i < 1001) SELECT i, 3, 2 * i FROM n;";

struct house {
    struct arena *mem;
    struct db *from;
    char path[100];
};

static int set_up(void **state)
{
    static struct house h;
    const unsigned char SEAL[] = { 0, 255, 0, 39, 92 };
    bytes seal = { SEAL, sizeof SEAL };
    i64 id = 3;
    h.mem = arena_new(8 << 20, 0);
    h.from = test_db_open(SCHEMAS);
    assert_ok(db_script(h.from, str_of(ROWS)));
    assert_ok(db_run(
        h.from, SQL("UPDATE things SET seal = :seal WHERE id = :id AND org_id = 1", P(seal), P(id)),
        NULL));
    snprintf(h.path, sizeof h.path, "/tmp/ht_move_%d.db", (int)getpid());
    *state = &h;
    return 0;
}

static void file_remove(const struct house *h)
{
    static const char *const ENDS[] = { "", "-wal", "-shm" };
    for (size_t i = 0; i < 3; i++)
        unlink(arena_printf(h->mem, "%s%s", h->path, ENDS[i]).ptr);
}

static int tear_down(void **state)
{
    struct house *h = *state;
    file_remove(h);
    test_db_close(h->from);
    arena_free(h->mem);
    return 0;
}

/* A file of SQLite with these tables, whatever engine the test runs on. */
static struct db *file_open(const struct house *h)
{
    struct db *file;
    assert_ok(db_open(arena_printf(h->mem, "sqlite:%s", h->path), DB_WRITE, &file));
    return file;
}

static i64 number(struct db *db, struct sql sql)
{
    i64 n = -1;
    assert_ok(db_i64(db, sql, &n));
    return n;
}

static void is_all_there(struct db *db)
{
    assert_int_equal(number(db, SQL("SELECT COUNT(*) FROM things")), 3);
    assert_int_equal(number(db, SQL("SELECT COUNT(*) FROM bare")), 0);
    assert_int_equal(number(db, SQL("SELECT COUNT(*) FROM things WHERE remark IS NULL")), 1);
    assert_int_equal(number(db, SQL("SELECT COUNT(*) FROM things WHERE remark = ''")), 1);
    assert_int_equal(number(db, SQL("SELECT COUNT(*) FROM things WHERE seal IS NULL")), 2);
    assert_int_equal(number(db, SQL("SELECT length(seal) FROM things WHERE id = 3")), 5);
    assert_int_equal(number(db, SQL("SELECT above_id FROM things WHERE id = 3")), 9);
    assert_int_equal(number(db, SQL("SELECT MIN(share) FROM apart")), -9007199254740993);
    assert_int_equal(number(db, SQL("SELECT COUNT(*) FROM apart WHERE share = 2 * org_id")), 1000);
}

static void all_rows_come_to_the_other_engine_and_back(void **state)
{
    struct house *h = *state;
    struct db_rows there, back, now;
    struct db *file = file_open(h), *again = test_db_open(SCHEMAS);
    assert_ok(db_migrate(file, SCHEMAS, NULL));
    assert_ok(db_move(h->from, file, h->mem, &there));
    assert_int_equal(there.tables, 3);
    assert_int_equal(there.rows, 1004);
    is_all_there(file);
    assert_ok(db_move(file, again, h->mem, &back));
    is_all_there(again);
    assert_true(str_eq(there.digest, back.digest));
    assert_ok(db_rows_digest(again, h->mem, &now));
    assert_true(str_eq(now.digest, there.digest));
    /* numbers go on behind the highest, references hold again */
    assert_ok(db_run(again, SQL("INSERT INTO things (org_id, name) VALUES (1, 'new')"), NULL));
    assert_int_equal(number(again, SQL("SELECT MAX(id) FROM things")), 41);
    assert_err(db_run(again, SQL("INSERT INTO apart (org_id, thing_id, share) VALUES (1, 5, 1)"),
                      NULL),
               ERR_CONFLICT, "db.reference");
    db_close(file);
    test_db_close(again);
}

/* Each of these is one row's difference, and each gives another digest. */
static void a_difference_is_found(void **state)
{
    static const char *const CHANGES[] = {
        "UPDATE things SET remark = '' WHERE id = 3 AND org_id = 1",
        "UPDATE things SET name = 'remark', remark = '' WHERE id = 9 AND org_id = 1",
        "UPDATE apart SET share = share + 1 WHERE org_id = 1",
        "INSERT INTO bare (org_id) VALUES (1)",
        "DELETE FROM apart",
    };
    struct house *h = *state;
    struct db_rows before, after;
    for (size_t i = 0; i < sizeof CHANGES / sizeof *CHANGES; i++) {
        assert_ok(db_rows_digest(h->from, h->mem, &before));
        assert_ok(db_script(h->from, str_of(CHANGES[i])));
        assert_ok(db_rows_digest(h->from, h->mem, &after));
        assert_false(str_eq(before.digest, after.digest));
    }
}

static void other_tables_are_refused(void **state)
{
    struct house *h = *state;
    struct db_rows rows;
    struct db *file = file_open(h);
    assert_ok(db_script(file, str_of(OTHER)));
    assert_err(db_move(h->from, file, h->mem, &rows), ERR_CONFLICT, "db.move_differs");
    db_close(file);
}

/* A row that refers to nothing: SQLite can hold one, and no database gets it. */
static void what_refers_to_nothing_is_refused(void **state)
{
    struct house *h = *state;
    struct db_rows rows;
    struct db *file = file_open(h), *again = test_db_open(SCHEMAS);
    assert_ok(db_migrate(file, SCHEMAS, NULL));
    assert_ok(db_script(file, str_of("PRAGMA foreign_keys = OFF;"
                                     "INSERT INTO apart (org_id, thing_id, share)"
                                     " VALUES (1, 77, 1)")));
    err e = db_move(file, again, h->mem, &rows);
    assert_true(e.code == ERR_CONFLICT || e.code == ERR_INTERNAL);
    assert_int_equal(number(again, SQL("SELECT COUNT(*) FROM apart")), 0);
    assert_int_equal(number(again, SQL("SELECT COUNT(*) FROM bare")), 1);
    db_close(file);
    test_db_close(again);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(all_rows_come_to_the_other_engine_and_back, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_difference_is_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(other_tables_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_refers_to_nothing_is_refused, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
