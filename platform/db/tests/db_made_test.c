/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements put together at run time (made.h): known by their text wherever it stands, few kept
 * prepared, none lost while its rows are read, answers never mixed up. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "embed.h"
#include "platform/base/str.h"
#include "platform/db/made.h"
#include "tests/harness/test_db.h"
#include "tests/harness/test_err.h"

static const char SCHEMA[] =
    "CREATE TABLE marks (id @id, org_id @int NOT NULL, kind TEXT NOT NULL, weight @int NOT NULL);";
static const struct embed_file FILES[] = {
    { "0001_marks.sql", (const unsigned char *)SCHEMA, sizeof SCHEMA - 1 },
    { 0 },
};
static const struct db_schema SCHEMAS[] = { { "marks", FILES }, { 0 } };

struct house {
    struct arena *mem;
    struct db *writer, *reader;
};

struct mark {
    i64 weight, id;
};
struct other {
    i64 id;
    str pad;
    i64 weight;
};

static int set_up(void **state)
{
    static struct house h;
    h.mem = arena_new(8 << 20, 0);
    h.writer = test_db_open(SCHEMAS);
    assert_ok(db_open(test_db_url(h.writer), DB_READ, &h.reader));
    db_set_org(h.writer, 1);
    db_set_org(h.reader, 1);
    for (i64 weight = 1; weight <= 9; weight++)
        assert_ok(db_run(h.writer,
                         SQL("INSERT INTO marks (org_id, kind, weight) VALUES (:org, 'a', :weight)",
                             P(weight)),
                         NULL));
    *state = &h;
    return 0;
}

static int tear_down(void **state)
{
    struct house *h = *state;
    db_close(h->reader);
    test_db_close(h->writer);
    arena_free(h->mem);
    return 0;
}

/* "weight > N": a text of its own for each number; written into the same memory each time. */
static i64 heavier(struct db *db, i64 than, bool recall)
{
    static char text[200];
    i64 limit = 100, count = -1;
    const struct param params[] = { { 0 }, P(limit) };
    snprintf(text, sizeof text,
             "SELECT COUNT(*) AS n FROM (SELECT 1 AS one FROM marks WHERE org_id = :org AND "
             "weight > %lld LIMIT :limit) counted",
             (long long)than);
    struct sql sql = db_made(text, 1, params);
    assert_ok(recall ? db_recall_i64(db, sql, &count) : db_i64(db, sql, &count));
    return count;
}

static i64 wanted(i64 than)
{
    return than >= 9 ? 0 : 9 - than;
}

static void few_stay_prepared(void **state)
{
    struct house *h = *state;
    for (int round = 0; round < 2; round++)
        for (i64 n = 0; n < 3 * DB_MADE_MAX; n++) {
            assert_int_equal(heavier(h->reader, n, false), wanted(n));
            assert_true(db_made_kept(h->reader) <= DB_MADE_MAX);
        }
    assert_int_equal(db_made_kept(h->reader), DB_MADE_MAX);
    size_t before = db_made_kept(h->writer);
    assert_int_equal(heavier(h->writer, 3, false), 6);
    assert_int_equal(heavier(h->writer, 3, false), 6);
    assert_int_equal(db_made_kept(h->writer), before + 1); /* each connection has its own */
    if (test_db_engine() == DB_POSTGRES) {
        i64 there = 0;
        assert_ok(db_i64(h->reader, SQL("SELECT COUNT(*) FROM pg_prepared_statements"), &there));
        assert_true(there <= DB_MADE_MAX + 10);
    }
}

/* In one transaction, where PostgreSQL forgives nothing. */
static void they_change_within_a_transaction(void **state)
{
    struct house *h = *state;
    assert_ok(db_begin(h->reader));
    for (i64 n = 0; n < 2 * DB_MADE_MAX; n++)
        assert_int_equal(heavier(h->reader, n, true), wanted(n));
    assert_ok(db_commit(h->reader));
    assert_ok(db_begin(h->writer));
    for (i64 n = 0; n < 2 * DB_MADE_MAX; n++)
        assert_int_equal(heavier(h->writer, n, false), wanted(n));
    assert_ok(db_commit(h->writer));
}

/* The text's memory is used again by every question: what is remembered goes by the words. */
static void answers_are_remembered_by_the_words(void **state)
{
    struct house *h = *state;
    for (int round = 0; round < 3; round++) {
        assert_ok(db_begin(h->reader));
        for (i64 n = 0; n < 12; n++)
            assert_int_equal(heavier(h->reader, n, true), wanted(n));
        assert_ok(db_commit(h->reader));
    }
    i64 weight = 5;
    assert_ok(db_run(h->writer,
                     SQL("INSERT INTO marks (org_id, kind, weight) VALUES (:org, 'b', :weight)",
                         P(weight)),
                     NULL));
    assert_ok(db_begin(h->reader));
    assert_int_equal(heavier(h->reader, 4, true), 6);
    assert_ok(db_commit(h->reader));
}

struct walk {
    struct house *h;
    i64 rows, sum;
};

/* Two hundred and more other statements while the rows are read. */
static err walk_row(void *context, void *row)
{
    struct walk *w = context;
    w->rows++;
    w->sum += ((const struct mark *)row)->weight;
    for (i64 n = 0; n < DB_MADE_MAX / 2; n++)
        assert_int_equal(heavier(w->h->reader, w->rows * 1000 + n, false), 0);
    return OK;
}

static const struct field MARK[] = { FIELD(struct mark, weight), FIELD(struct mark, id), { 0 } };
static const struct field OTHER[] = { FIELD(struct other, weight), FIELD(struct other, id), { 0 } };

static struct sql all_marks(void)
{
    static char text[] = "SELECT id, weight FROM marks WHERE org_id = :org ORDER BY id LIMIT 100";
    static const struct param NONE[] = { { 0 } };
    return db_made(text, 0, NONE);
}

static void rows_that_are_read_keep_their_statement(void **state)
{
    struct house *h = *state;
    struct walk walk = { h, 0, 0 };
    struct db_each each = { MARK, sizeof(struct mark), arena_new(1 << 20, 0), walk_row, &walk };
    assert_ok(db_begin(h->reader));
    assert_ok(db_each(h->reader, all_marks(), &each));
    assert_ok(db_commit(h->reader));
    arena_free(each.mem);
    assert_int_equal(walk.rows, 9);
    assert_int_equal(walk.sum, 45);
    assert_true(db_made_kept(h->reader) <= DB_MADE_MAX);
}

/* One text into two structs, by maps that stand in the same memory. */
static void maps_are_told_apart_by_what_they_say(void **state)
{
    struct house *h = *state;
    struct field map[3];
    for (int round = 0; round < 4; round++) {
        bool other = round % 2;
        memcpy(map, other ? OTHER : MARK, sizeof map);
        struct rows rows = { .size = other ? sizeof(struct other) : sizeof(struct mark) };
        assert_ok(db_list(h->reader, all_marks(), map, h->mem, &rows));
        assert_int_equal(rows.count, 9);
        i64 weight =
            other ? ((struct other *)rows.items)[8].weight : ((struct mark *)rows.items)[8].weight;
        assert_int_equal(weight, 9);
        if (other)
            assert_int_equal(((struct other *)rows.items)[8].pad.len, 0);
    }
}

int main(void)
{
    static const struct CMUnitTest TESTS[] = {
        cmocka_unit_test_setup_teardown(few_stay_prepared, set_up, tear_down),
        cmocka_unit_test_setup_teardown(they_change_within_a_transaction, set_up, tear_down),
        cmocka_unit_test_setup_teardown(answers_are_remembered_by_the_words, set_up, tear_down),
        cmocka_unit_test_setup_teardown(rows_that_are_read_keep_their_statement, set_up, tear_down),
        cmocka_unit_test_setup_teardown(maps_are_told_apart_by_what_they_say, set_up, tear_down),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("db_made", TESTS, NULL, NULL);
}
