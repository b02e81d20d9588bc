/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What a reading connection remembers: right after every commit, apart by parameters and
 * organisation, never in a writer. On SQLite it really remembers: the second look runs nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "embed.h"
#include "platform/base/str.h"
#include "platform/db/kept.h"
#include "tests/harness/test_db.h"
#include "tests/harness/test_err.h"

static const char SCHEMA[] =
    "CREATE TABLE marks (id @id, org_id @int NOT NULL, kind TEXT NOT NULL);";
static const struct embed_file FILES[] = {
    { "0001_marks.sql", (const unsigned char *)SCHEMA, sizeof SCHEMA - 1 },
    { 0 },
};
static const struct db_schema SCHEMAS[] = { { "marks", FILES }, { 0 } };

struct mark {
    i64 id;
    str kind;
};
static const struct field MARK_ROW[] = { FIELD(struct mark, id), FIELD(struct mark, kind), { 0 } };

struct house {
    struct arena *mem;
    struct db *writer, *reader;
};

static i64 count_of(struct db *db, const char *kind)
{
    i64 count = -1;
    str k = str_of(kind);
    assert_ok(db_recall_i64(
        db, SQL("SELECT COUNT(*) FROM marks WHERE org_id = :org AND kind = :k", P(k)), &count));
    return count;
}

static struct rows list_of(struct house *h, struct db *db)
{
    struct rows rows = { .size = sizeof(struct mark) };
    assert_ok(db_recall_list(
        db, SQL("SELECT id, kind FROM marks WHERE org_id = :org ORDER BY id LIMIT 1000"), MARK_ROW,
        h->mem, &rows));
    return rows;
}

static void add(struct house *h, const char *kind)
{
    str k = str_of(kind);
    assert_ok(
        db_run(h->writer, SQL("INSERT INTO marks (org_id, kind) VALUES (:org, :k)", P(k)), NULL));
}

static int set_up(void **state)
{
    static struct house h;
    h.mem = arena_new(1 << 20, 0);
    h.writer = test_db_open(SCHEMAS);
    assert_ok(db_open(test_db_url(h.writer), DB_READ, &h.reader));
    db_set_org(h.writer, 1);
    db_set_org(h.reader, 1);
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

static void a_commit_is_seen_by_the_next_transaction(void **state)
{
    struct house *h = *state;
    for (int round = 1; round <= 3; round++) {
        add(h, "red");
        assert_ok(db_begin(h->reader));
        assert_int_equal(count_of(h->reader, "red"), round);
        assert_int_equal(list_of(h, h->reader).count, 2 * round - 1);
        add(h, "blue");
        assert_int_equal(count_of(h->reader, "red"), round); /* of one moment */
        assert_int_equal(count_of(h->reader, "blue"), round - 1);
        db_rollback(h->reader);
        assert_ok(db_begin(h->reader));
        assert_int_equal(count_of(h->reader, "blue"), round);
        db_rollback(h->reader);
    }
}

static void parameters_and_organisations_are_apart(void **state)
{
    struct house *h = *state;
    add(h, "red");
    add(h, "blue");
    add(h, "blue");
    assert_ok(db_begin(h->reader));
    assert_int_equal(count_of(h->reader, "red"), 1);
    assert_int_equal(count_of(h->reader, "blue"), 2);
    db_set_org(h->reader, 2);
    assert_int_equal(count_of(h->reader, "blue"), 0);
    assert_int_equal(list_of(h, h->reader).count, 0);
    db_set_org(h->reader, 1);
    struct rows rows = list_of(h, h->reader);
    assert_int_equal(rows.count, 3);
    assert_true(str_is(((struct mark *)rows.items)[2].kind, "blue"));
    assert_int_equal(count_of(h->reader, "red"), 1);
    db_rollback(h->reader);
}

static void a_writer_sees_its_own_changes(void **state)
{
    struct house *h = *state;
    assert_ok(db_begin(h->writer));
    assert_int_equal(count_of(h->writer, "red"), 0);
    add(h, "red");
    assert_int_equal(count_of(h->writer, "red"), 1);
    assert_int_equal(list_of(h, h->writer).count, 1);
    db_rollback(h->writer);
}

static void a_second_look_runs_nothing(void **state)
{
    struct house *h = *state;
    if (test_db_engine() != DB_SQLITE)
        skip(); /* there everything is asked anew */
    add(h, "red");
    for (int round = 0; round < 3; round++) {
        assert_ok(db_begin(h->reader));
        i64 before = db_statements(h->reader);
        assert_int_equal(count_of(h->reader, "red"), 1);
        assert_int_equal(db_statements(h->reader) - before, round == 0);
        db_rollback(h->reader);
    }
}

static void more_than_it_holds_is_still_right(void **state)
{
    struct house *h = *state;
    add(h, "7");
    for (int round = 0; round < 2; round++) {
        assert_ok(db_begin(h->reader));
        for (int i = 0; i < 600; i++) {
            str name = arena_printf(h->mem, "%d", i);
            assert_int_equal(count_of(h->reader, name.ptr), i == 7);
        }
        db_rollback(h->reader);
    }
}

/* Unlike an answer it outlives a commit, and names are apart; a writer has none. */
static void what_is_kept_stays_with_its_connection(void **state)
{
    struct house *h = *state;
    assert_null(db_kept(h->writer, "a"));
    struct db_kept *kept = db_kept(h->reader, "a");
    assert_null(kept->root);
    kept->root = arena_zero(kept->mem, 1);
    add(h, "red");
    assert_ok(db_begin(h->reader));
    assert_int_equal(count_of(h->reader, "red"), 1);
    assert_ptr_equal(db_kept(h->reader, "a"), kept);
    assert_non_null(kept->root);
    assert_null(db_kept(h->reader, "b")->root);
    db_rollback(h->reader);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_commit_is_seen_by_the_next_transaction, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(parameters_and_organisations_are_apart, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_writer_sees_its_own_changes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_second_look_runs_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_kept_stays_with_its_connection, set_up, tear_down),
        cmocka_unit_test_setup_teardown(more_than_it_holds_is_still_right, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
