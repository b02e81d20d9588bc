/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Each row of the portable subset (STYLE.md section 4), run on both engines with one expectation.
 * What is outside of the subset is shown to differ or to be refused, so that the table stays
 * honest. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "platform/base/str.h"
#include "tests/harness/test_db.h"
#include "tests/harness/test_err.h"

/* Ten rows: id 1-10, name n1…, grp a for odd and b for even, n = id * 10 except NULL for id 3. */
static const char STAGE[] =
    "CREATE TABLE t (id @id, org_id @int NOT NULL, name TEXT NOT NULL, grp TEXT NOT NULL,"
    "    n @int, parent_id @int, note TEXT, UNIQUE (org_id, name));"
    "INSERT INTO t (id, org_id, name, grp, n, parent_id)"
    "    WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 10)"
    "    SELECT i, 1, 'n' || CAST(i AS TEXT), CASE WHEN i % 2 = 1 THEN 'a' ELSE 'b' END,"
    "        CASE WHEN i = 3 THEN NULL ELSE i * 10 END, CASE WHEN i > 1 THEN i / 2 END FROM c;"
    "CREATE TABLE words (id @id, word TEXT NOT NULL)";

static struct db *db;
static struct arena *mem;

static int set_up(void **state)
{
    (void)state;
    mem = arena_new(1 << 20, 0);
    db = test_db_open(NULL);
    assert_ok(db_script(db, str_of(STAGE)));
    db_set_org(db, 1);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    test_db_close(db);
    arena_free(mem);
    return 0;
}

static i64 number(struct sql sql)
{
    i64 n = -1;
    assert_ok(db_i64(db, sql, &n));
    return n;
}

struct line {
    str v;
};
static const struct field LINE[] = { FIELD(struct line, v), { 0 } };

/* All values of the column v, joined with commas. */
static const char *column(struct sql sql)
{
    struct rows rows = { .size = sizeof(struct line) };
    assert_ok(db_list(db, sql, LINE, mem, &rows));
    const struct line *lines = rows.items;
    const char *all = "";
    for (size_t i = 0; i < rows.count; i++)
        all = arena_printf(mem, "%s%s%.*s", all, i ? "," : "", (int)lines[i].v.len, lines[i].v.ptr)
                  .ptr;
    return all;
}

static void insert_returning(void **state)
{
    (void)state;
    str word = str_of("x");
    i64 id, second;
    assert_ok(
        db_insert(db, SQL("INSERT INTO words (word) VALUES (:word) RETURNING id", P(word)), &id));
    assert_ok(db_insert(db, SQL("INSERT INTO words (word) VALUES (:word) RETURNING id", P(word)),
                        &second));
    assert_true(second > id);
    assert_int_equal(number(SQL("DELETE FROM words WHERE id = (SELECT max(id) FROM words)"
                                " RETURNING id")),
                     second);
}

static void on_conflict(void **state)
{
    (void)state;
    str name = str_of("n1");
    i64 n = 77, changed;
    assert_ok(db_run(db,
                     SQL("INSERT INTO t (org_id, name, grp, n) VALUES (:org, :name, 'a', :n)"
                         " ON CONFLICT (org_id, name) DO UPDATE SET n = excluded.n, note = t.name",
                         P(name), P(n)),
                     &changed));
    assert_int_equal(changed, 1);
    assert_int_equal(number(SQL("SELECT n FROM t WHERE org_id = :org AND id = 1")), 77);
    assert_ok(db_run(db,
                     SQL("INSERT INTO t (org_id, name, grp) VALUES (:org, :name, 'a')"
                         " ON CONFLICT (org_id, name) DO NOTHING",
                         P(name)),
                     &changed));
    assert_int_equal(changed, 0);
    assert_int_equal(number(SQL("SELECT count(*) FROM t WHERE org_id = :org")), 10);
}

static void with_recursive(void **state)
{
    (void)state;
    assert_string_equal(column(SQL("WITH RECURSIVE up(id, parent_id, depth) AS ("
                                   " SELECT id, parent_id, 0 FROM t WHERE org_id = :org AND id = 10"
                                   " UNION ALL SELECT t.id, t.parent_id, up.depth + 1 FROM t"
                                   " JOIN up ON up.parent_id = t.id WHERE t.org_id = :org)"
                                   " SELECT CAST(id AS TEXT) AS v FROM up ORDER BY depth")),
                        "10,5,2,1");
}

static void window_functions_and_filter(void **state)
{
    (void)state;
    assert_string_equal(
        column(SQL("SELECT CAST(r AS TEXT) AS v FROM (SELECT id, row_number() OVER"
                   " (PARTITION BY grp ORDER BY id DESC) AS r FROM t WHERE org_id = :org) x"
                   " ORDER BY id")),
        "5,5,4,4,3,3,2,2,1,1");
    assert_string_equal(column(SQL("SELECT CAST(CAST(sum(n) OVER (ORDER BY id) AS BIGINT) AS TEXT)"
                                   " AS v FROM t WHERE org_id = :org AND id <= 4 ORDER BY id")),
                        "10,30,30,70");
    assert_int_equal(number(SQL("SELECT count(*) FILTER (WHERE grp = 'a') FROM t"
                                " WHERE org_id = :org")),
                     5);
    assert_int_equal(number(SQL("SELECT CAST(sum(n) FILTER (WHERE grp = 'a') AS BIGINT) FROM t"
                                " WHERE org_id = :org")),
                     10 + 50 + 70 + 90);
}

static void update_from_and_compare_and_set(void **state)
{
    (void)state;
    i64 changed, from = 20, to = 21;
    assert_ok(db_run(db,
                     SQL("UPDATE t SET note = p.name FROM t p WHERE p.org_id = :org"
                         " AND t.org_id = :org AND p.id = t.parent_id"),
                     &changed));
    assert_int_equal(changed, 9);
    assert_string_equal(column(SQL("SELECT note AS v FROM t WHERE org_id = :org AND id IN (4, 9)"
                                   " ORDER BY id")),
                        "n2,n4");
    assert_ok(db_update(db, SQL("UPDATE t SET n = :to WHERE org_id = :org AND id = 2 AND n = :from",
                                P(from), P(to))));
    assert_err(db_update(db,
                         SQL("UPDATE t SET n = :to WHERE org_id = :org AND id = 2 AND n = :from",
                             P(from), P(to))),
               ERR_CONFLICT, "db.version");
}

static void order_nulls_row_values_keyset(void **state)
{
    (void)state;
    str grp = str_of("a");
    i64 id = 5, limit = 3;
    assert_string_equal(column(SQL("SELECT name AS v FROM t WHERE org_id = :org AND id <= 4"
                                   " ORDER BY n DESC NULLS LAST")),
                        "n4,n2,n1,n3");
    assert_string_equal(column(SQL("SELECT name AS v FROM t WHERE org_id = :org AND id <= 4"
                                   " ORDER BY n NULLS FIRST")),
                        "n3,n1,n2,n4");
    assert_string_equal(column(SQL("SELECT name AS v FROM t WHERE org_id = :org"
                                   " AND (grp, id) > (:grp, :id) ORDER BY grp, id LIMIT :limit",
                                   P(grp), P(id), P(limit))),
                        "n7,n9,n2");
}

static void null_functions_and_concatenation(void **state)
{
    (void)state;
    i64 none = 0;
    str empty = { NULL, 0 };
    assert_int_equal(number(SQL("SELECT count(*) FROM t WHERE org_id = :org"
                                " AND n IS NOT DISTINCT FROM NULLIF(:none, 0)",
                                P(none))),
                     1);
    assert_int_equal(
        number(SQL("SELECT count(*) FROM t WHERE org_id = :org AND n IS DISTINCT FROM 30")), 10);
    assert_int_equal(number(SQL("SELECT COALESCE(n, -1) FROM t WHERE org_id = :org AND id = 3")),
                     -1);
    assert_int_equal(number(SQL("SELECT count(*) WHERE NULLIF(:empty, '') IS NULL", P(empty))), 1);
    assert_string_equal(column(SQL("SELECT 'a' || CAST(5 AS TEXT) || 'b' AS v")), "a5b");
    assert_int_equal(number(SQL("SELECT count(*) WHERE ('a' || NULL) IS NULL")), 1);
    assert_int_equal(number(SQL("SELECT CAST('42' AS BIGINT)")), 42);
    assert_int_equal(number(SQL("SELECT 7 / 2")), 3);
    assert_int_equal(number(SQL("SELECT -7 / 2")), -3);
    assert_int_equal(number(SQL("SELECT -7 % 3")), -1);
}

static void chinese_is_counted_in_characters(void **state)
{
    (void)state;
    str title = str_of("关于加强临沧普洱茶的提案");
    assert_int_equal(number(SQL("SELECT length(:title)", P(title))), 12);
    assert_string_equal(column(SQL("SELECT substr(:title, 5, 2) AS v", P(title))), "临沧");
    assert_string_equal(column(SQL("SELECT replace(:title, '临沧', '大理') AS v", P(title))),
                        "关于加强大理普洱茶的提案");
    str like = str_of("%临沧%");
    assert_int_equal(
        number(SQL("SELECT count(*) WHERE lower(:title) LIKE :like", P(title), P(like))), 1);
    assert_string_equal(column(SQL("SELECT lower('ABC') || upper('xyz') AS v")), "abcXYZ");
    assert_string_equal(column(SQL("SELECT trim('  x ') AS v")), "x");
}

/* Text is ordered by bytes on SQLite; the house creates PostgreSQL databases with C.UTF-8. */
static void text_is_ordered_by_code_point(void **state)
{
    (void)state;
    assert_ok(
        db_script(db, str_of("INSERT INTO words (word) VALUES ('b'),('B'),('a'),('火'),('丁')")));
    assert_string_equal(column(SQL("SELECT word AS v FROM words ORDER BY word")), "B,a,b,丁,火");
}

static void partial_and_expression_indexes(void **state)
{
    (void)state;
    assert_ok(
        db_script(db, str_of("CREATE UNIQUE INDEX one_open ON t (org_id, grp) WHERE note = 'open';"
                             "CREATE INDEX by_length ON t (org_id, length(name));"
                             "CREATE UNIQUE INDEX by_lower ON words (lower(word))")));
    assert_ok(db_run(db, SQL("UPDATE t SET note = 'open' WHERE org_id = :org AND id = 1"), NULL));
    assert_err(db_run(db, SQL("UPDATE t SET note = 'open' WHERE org_id = :org AND id = 5"), NULL),
               ERR_CONFLICT, "db.unique");
    assert_ok(db_run(db, SQL("INSERT INTO words (word) VALUES ('Xx')"), NULL));
    assert_err(db_run(db, SQL("INSERT INTO words (word) VALUES ('xX')"), NULL), ERR_CONFLICT,
               "db.unique");
}

static void columns_are_added_renamed_dropped(void **state)
{
    (void)state;
    assert_ok(db_script(db, str_of("ALTER TABLE t ADD COLUMN extra @int NOT NULL DEFAULT 5;"
                                   "ALTER TABLE t RENAME COLUMN extra TO more;"
                                   "ALTER TABLE t DROP COLUMN parent_id;"
                                   "ALTER TABLE words RENAME TO terms")));
    assert_int_equal(number(SQL("SELECT more FROM t WHERE org_id = :org AND id = 4")), 5);
    assert_int_equal(number(SQL("SELECT count(*) FROM terms")), 0);
}

static void definitions_roll_back(void **state)
{
    (void)state;
    assert_ok(db_begin(db));
    assert_ok(
        db_script(db, str_of("CREATE TABLE gone (id @id); ALTER TABLE t ADD COLUMN gone @int")));
    db_rollback(db);
    assert_err(db_run(db, SQL("SELECT gone FROM t WHERE org_id = :org"), NULL), ERR_INTERNAL,
               "db.failed");
    assert_ok(db_script(db, str_of("CREATE TABLE gone (id @id)")));
}

static void subqueries_case_exists(void **state)
{
    (void)state;
    assert_int_equal(number(SQL("SELECT count(*) FROM t WHERE org_id = :org AND EXISTS (SELECT 1"
                                " FROM t c WHERE c.org_id = :org AND c.parent_id = t.id)")),
                     5);
    assert_string_equal(column(SQL("SELECT CASE WHEN count(*) > 4 THEN 'many' ELSE 'few' END AS v"
                                   " FROM t WHERE org_id = :org GROUP BY grp HAVING count(*) = 5"
                                   " ORDER BY grp")),
                        "many,many");
    assert_int_equal(number(SQL("SELECT count(DISTINCT grp) FROM t WHERE org_id = :org")), 2);
    assert_string_equal(column(SQL("SELECT grp AS v FROM t WHERE org_id = :org AND id < 3 UNION"
                                   " SELECT 'z' ORDER BY v")),
                        "a,b,z");
}

static void tokens_give_strict_types(void **state)
{
    (void)state;
    assert_ok(
        db_script(db, str_of("CREATE TABLE IF NOT EXISTS strict_one (id @id, n @int, b @bytes)"
                             " -- the end")));
    assert_err(db_run(db, SQL("INSERT INTO strict_one (n) VALUES ('many')"), NULL), ERR_INTERNAL,
               "db.failed");
    str text = str_of("x");
    assert_err(db_run(db, SQL("INSERT INTO strict_one (b) VALUES (:text)", P(text)), NULL),
               ERR_INTERNAL, "db.failed");
    i64 id = 1;
    assert_err(db_run(db, SQL("INSERT INTO strict_one (id) VALUES (:id), (:id)", P(id)), NULL),
               ERR_CONFLICT, "db.unique");
}

/* What PostgreSQL refuses, SQLite must refuse too where it can be told to. */
static void refused_alike(void **state)
{
    (void)state;
    assert_err(db_run(db, SQL("SELECT id FROM t WHERE org_id = :org AND name = \"text\""), NULL),
               ERR_INTERNAL, "db.failed");
    assert_err(db_script(db, str_of("CREATE TABLE d (s TEXT CHECK (s <> \"text\"))")), ERR_INTERNAL,
               "db.failed");
}

/* Outside of the subset because it differs; if an engine changes this, the table can be shortened.
 * */
static void known_to_differ(void **state)
{
    (void)state;
    bool is_sqlite = test_db_engine() == DB_SQLITE;
    assert_int_equal(number(SQL("SELECT count(*) WHERE 'ABC' LIKE 'abc'")), is_sqlite ? 1 : 0);
    assert_int_equal(number(SQL("SELECT count(*) WHERE 'ABC' LIKE lower('ABC')")),
                     is_sqlite ? 1 : 0);
    assert_int_equal(number(SQL("SELECT count(*) WHERE lower('ABC') LIKE 'abc'")), 1);
    assert_int_equal(number(SQL("SELECT count(*) WHERE upper('é') = 'É'")), is_sqlite ? 0 : 1);
    err e = db_run(db, SQL("SELECT max(id, 5) FROM t WHERE org_id = :org"), NULL);
    assert_int_equal(e.code, is_sqlite ? ERR_NONE : ERR_INTERNAL);
    e = db_run(db, SQL("SELECT id FROM t WHERE org_id = :org LIMIT -1"), NULL);
    assert_int_equal(e.code, is_sqlite ? ERR_NONE : ERR_INTERNAL);
    e = db_run(db, SQL("SELECT grp, n FROM t WHERE org_id = :org GROUP BY grp"), NULL);
    assert_int_equal(e.code, is_sqlite ? ERR_NONE : ERR_INTERNAL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(insert_returning, set_up, tear_down),
        cmocka_unit_test_setup_teardown(on_conflict, set_up, tear_down),
        cmocka_unit_test_setup_teardown(with_recursive, set_up, tear_down),
        cmocka_unit_test_setup_teardown(window_functions_and_filter, set_up, tear_down),
        cmocka_unit_test_setup_teardown(update_from_and_compare_and_set, set_up, tear_down),
        cmocka_unit_test_setup_teardown(order_nulls_row_values_keyset, set_up, tear_down),
        cmocka_unit_test_setup_teardown(null_functions_and_concatenation, set_up, tear_down),
        cmocka_unit_test_setup_teardown(chinese_is_counted_in_characters, set_up, tear_down),
        cmocka_unit_test_setup_teardown(text_is_ordered_by_code_point, set_up, tear_down),
        cmocka_unit_test_setup_teardown(partial_and_expression_indexes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(columns_are_added_renamed_dropped, set_up, tear_down),
        cmocka_unit_test_setup_teardown(definitions_roll_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(subqueries_case_exists, set_up, tear_down),
        cmocka_unit_test_setup_teardown(tokens_give_strict_types, set_up, tear_down),
        cmocka_unit_test_setup_teardown(refused_alike, set_up, tear_down),
        cmocka_unit_test_setup_teardown(known_to_differ, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
