/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What a programmer may not do stops the process and says what and where. Each case runs in a child
 * with a connection of its own, on both engines. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "platform/base/str.h"
#include "tests/harness/test_db.h"
#include "tests/harness/test_err.h"

struct pair {
    i64 a;
    str b;
};
static const struct field PAIR_ROW[] = { FIELD(struct pair, a), FIELD(struct pair, b), { 0 } };

static struct db *db;
static struct arena *mem;

/* The call must stop before it returns; if not, the child ends well and the test fails. */
static void ignore(err e)
{
    (void)e;
}

static void read_pair(struct sql sql)
{
    struct pair out;
    ignore(db_one(db, sql, PAIR_ROW, mem, &out));
}

static void unknown_parameter(void)
{
    i64 a = 1, other = 2, n;
    ignore(db_i64(db, SQL("SELECT :a", P(a), P(other)), &n));
}

static void missing_parameter(void)
{
    i64 a = 1, n;
    ignore(db_i64(db, SQL("SELECT :a + :b", P(a)), &n));
}

static void misspelt_parameter_after_a_good_run(void)
{
    i64 a = 1, b = 1, n;
    const char *text = "SELECT :a";
    struct param good[] = { { 0 }, param_i64("a", a) }, bad[] = { { 0 }, param_i64("b", b) };
    ignore(db_i64(db, (struct sql){ text, __FILE__, __LINE__, 1, good }, &n));
    ignore(db_i64(db, (struct sql){ text, __FILE__, __LINE__, 1, bad }, &n));
}

static void parameter_given_twice(void)
{
    struct pair x = { .a = 1 }, y = { .a = 2 };
    i64 n;
    ignore(db_i64(db, SQL("SELECT :a", P(x.a), P(y.a)), &n));
}

static void expression_without_name(void)
{
    i64 n;
    ignore(db_i64(db, SQL("SELECT length(:a)", P(str_of("x"))), &n));
}

static void organisation_passed_by_hand(void)
{
    i64 org = 1, n;
    db_set_org(db, 7);
    ignore(db_i64(db, SQL("SELECT :org", P(org)), &n));
}

static void no_organisation(void)
{
    i64 n;
    ignore(db_i64(db, SQL("SELECT :org"), &n));
}

static void column_without_field(void)
{
    read_pair(SQL("SELECT 1 AS a, 'x' AS b, 2 AS c"));
}

static void field_without_column(void)
{
    read_pair(SQL("SELECT 1 AS a"));
}

static void column_twice(void)
{
    read_pair(SQL("SELECT 1 AS a, 'x' AS b, 2 AS a"));
}

static void text_in_a_number(void)
{
    read_pair(SQL("SELECT 'one' AS a, 'x' AS b"));
}

static void number_in_a_text(void)
{
    read_pair(SQL("SELECT 1 AS a, 2 AS b"));
}

static void text_as_a_number(void)
{
    i64 n;
    ignore(db_i64(db, SQL("SELECT 'one'"), &n));
}

static void floating_point(void)
{
    i64 n;
    ignore(db_i64(db, SQL("SELECT CAST(1.5 AS REAL)"), &n));
}

static void list_in_a_row_map(void)
{
    struct lists {
        strs a;
    } out;
    static const struct field ROW[] = { FIELD(struct lists, a), { 0 } };
    ignore(db_one(db, SQL("SELECT 'x' AS a"), ROW, mem, &out));
}

static err again(void *context, void *row);

static err each_again(void)
{
    struct db_each each = { PAIR_ROW, sizeof(struct pair), mem, again, NULL };
    return db_each(db, SQL("SELECT 1 AS a, 'x' AS b"), &each);
}

static err again(void *context, void *row)
{
    (void)context;
    (void)row;
    return each_again();
}

static void statement_inside_itself(void)
{
    ignore(each_again());
}

static void text_changed_under_its_address(void)
{
    char text[] = "SELECT 1";
    struct param none = { 0 };
    i64 n;
    ignore(db_i64(db, (struct sql){ text, __FILE__, __LINE__, 0, &none }, &n));
    text[7] = '2';
    ignore(db_i64(db, (struct sql){ text, __FILE__, __LINE__, 0, &none }, &n));
}

static void begin_twice(void)
{
    ignore(db_begin(db));
    ignore(db_begin(db));
}

static void commit_with_open_savepoint(void)
{
    ignore(db_begin(db));
    ignore(db_savepoint(db));
    ignore(db_commit(db));
}

static void release_without_savepoint(void)
{
    ignore(db_begin(db));
    ignore(db_savepoint_release(db));
}

static const struct misuse {
    void (*fn)(void);
    const char *says;
} MISUSES[] = {
    { unknown_parameter, "not in the statement\",\"which\":\"other\"" },
    { missing_parameter, "not given\",\"which\":\"b\"" },
    { misspelt_parameter_after_a_good_run, "not in the statement\",\"which\":\"b\"" },
    { parameter_given_twice, "given twice\",\"which\":\"a\"" },
    { expression_without_name, "not in the statement" },
    { organisation_passed_by_hand, "org is bound by the platform" },
    { no_organisation, "needs an organisation" },
    { column_without_field, "no field in the row map\",\"which\":\"c\"" },
    { field_without_column, "no column\",\"which\":\"b\"" },
    { column_twice, "comes twice\",\"which\":\"a\"" },
    { text_in_a_number, "does not fit its field\",\"which\":\"a\"" },
    { number_in_a_text, "does not fit its field\",\"which\":\"b\"" },
    { text_as_a_number, "not a number" },
    { floating_point, "db_misuse_test.c" },
    { list_in_a_row_map, "does not fit its field\",\"which\":\"a\"" },
    { statement_inside_itself, "inside its own rows" },
    { text_changed_under_its_address, "not a literal" },
    { begin_twice, "in_tx" },
    { commit_with_open_savepoint, "savepoints" },
    { release_without_savepoint, "savepoints" },
};

static void in_child(void *context)
{
    const struct misuse *misuse = context;
    const char *url = getenv("HUOTANG_TEST_DB");
    mem = arena_new(1 << 20, 0);
    bool is_sqlite = test_db_engine() == DB_SQLITE;
    if (db_open(str_of(is_sqlite ? "sqlite::memory:" : url), DB_WRITE, &db).code != ERR_NONE)
        _Exit(3);
    misuse->fn();
}

static void each_misuse_stops_the_process(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof MISUSES / sizeof *MISUSES; i++) {
        struct misuse misuse = MISUSES[i];
        assert_stops(in_child, &misuse, misuse.says);
    }
}

static void run_two(void)
{
    ignore(db_run(db, SQL("SELECT 1; SELECT 2"), NULL));
}

static void run_sum(void)
{
    i64 n;
    ignore(db_i64(db, SQL("SELECT sum(x) FROM (SELECT CAST(1 AS BIGINT) AS x) t"), &n));
}

static void run_other_type(void)
{
    i64 n;
    str a = str_of("x");
    const char *text = "SELECT length(CAST(:a AS TEXT))";
    struct param number[] = { { 0 }, param_i64("a", 1) }, word[] = { { 0 }, param_str("a", a) };
    ignore(db_i64(db, (struct sql){ text, __FILE__, __LINE__, 1, number }, &n));
    ignore(db_i64(db, (struct sql){ text, __FILE__, __LINE__, 1, word }, &n));
}

/* What only one engine can notice. PostgreSQL: SUM is numeric; a parameter's type is fixed. */
static void what_one_engine_notices(void **state)
{
    (void)state;
    struct misuse two = { run_two, NULL }, sum = { run_sum, NULL }, type = { run_other_type, NULL };
    if (test_db_engine() == DB_SQLITE) {
        assert_stops(in_child, &two, "more than one statement");
        return;
    }
    assert_stops(in_child, &sum, "CAST AS BIGINT");
    assert_stops(in_child, &type, "another type");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_misuse_stops_the_process),
        cmocka_unit_test(what_one_engine_notices),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
