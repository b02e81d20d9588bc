/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The first half of db.h on both engines: statements by name, rows into structs, errors,
 * transactions and savepoints. Misuse that stops the process: db_misuse_test.c; one SQL text for
 * both: db_portable_test.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "embed.h"
#include "platform/base/str.h"
#include "tests/harness/test_db.h"
#include "tests/harness/test_err.h"

static const char SCHEMA[] =
    "CREATE TABLE things (\n"
    "    id @id,             -- the thing's number; it's its own\n"
    "    org_id @int NOT NULL,\n"
    "    title TEXT NOT NULL,\n"
    "    count_x100 @int,\n"
    "    is_open @int NOT NULL DEFAULT 0,\n"
    "    picture @bytes,\n"
    "    version @int NOT NULL DEFAULT 1,\n"
    "    UNIQUE (org_id, title),\n"
    "    UNIQUE (org_id, id)\n"
    ");\n"
    "CREATE TABLE parts (id @id, org_id @int NOT NULL, thing_id @int NOT NULL,\n"
    "    FOREIGN KEY (org_id, thing_id) REFERENCES things (org_id, id));\n";
static const struct embed_file FILES[] = {
    { "0001_things.sql", (const unsigned char *)SCHEMA, sizeof SCHEMA - 1 },
    { 0 },
};
static const struct db_schema SCHEMAS[] = { { "things", FILES }, { 0 } };

struct thing {
    i64 id;
    str title;
    i64 count_x100;
    bool is_open;
    bytes picture;
    i64 version;
};
static const struct field THING_ROW[] = {
    FIELD(struct thing, id),
    FIELD(struct thing, title),
    FIELD(struct thing, is_open),
    FIELD(struct thing, count_x100),
    FIELD(struct thing, picture),
    FIELD(struct thing, version),
    { 0 },
};

struct box {
    struct db *db;
    struct arena *mem;
};

static int set_up(void **state)
{
    struct arena *mem = arena_new(1 << 20, 64 << 20);
    struct box *box = arena_zero(mem, sizeof *box);
    box->mem = mem;
    box->db = test_db_open(SCHEMAS);
    db_set_org(box->db, 7);
    *state = box;
    return 0;
}

static int tear_down(void **state)
{
    struct box *box = *state;
    test_db_close(box->db);
    arena_free(box->mem);
    return 0;
}

static err thing_add(struct db *db, const char *text, i64 *id)
{
    str title = str_of(text);
    return db_insert(
        db, SQL("INSERT INTO things (org_id, title) VALUES (:org, :title) RETURNING id", P(title)),
        id);
}

static err thing_find(struct db *db, i64 id, struct arena *mem, struct thing *out)
{
    return db_one(db,
                  SQL("SELECT id, title, count_x100, is_open, picture, version FROM things"
                      " WHERE org_id = :org AND id = :id",
                      P(id)),
                  THING_ROW, mem, out);
}

static i64 things(struct db *db)
{
    i64 n;
    assert_ok(db_i64(db, SQL("SELECT count(*) FROM things WHERE org_id = :org"), &n));
    return n;
}

static void every_type_goes_in_and_comes_out_by_name(void **state)
{
    struct box *box = *state;
    struct thing in = { .title = str_of("火塘 'x' -- :y"),
                        .count_x100 = -9007199254740993,
                        .is_open = true,
                        .picture = { (const unsigned char *)"\0\1\xFF", 3 } };
    const struct thing *t = &in;
    i64 id;
    assert_ok(db_insert(box->db,
                        SQL("INSERT INTO things (org_id, title, count_x100, is_open, picture)"
                            " VALUES (:org, :title, :count_x100, :is_open, :picture) RETURNING id",
                            P(t->picture), P(in.is_open), P(t->count_x100), P(t->title)),
                        &id));
    struct thing out;
    assert_ok(thing_find(box->db, id, box->mem, &out));
    assert_int_equal(out.id, id);
    assert_true(str_eq(out.title, in.title));
    assert_int_equal(out.title.ptr[out.title.len], 0);
    assert_int_equal(out.count_x100, -9007199254740993);
    assert_true(out.is_open);
    assert_int_equal(out.picture.len, 3);
    assert_memory_equal(out.picture.ptr, "\0\1\xFF", 3);
    assert_int_equal(out.version, 1);
}

static void null_reads_as_zero_or_empty(void **state)
{
    struct box *box = *state;
    i64 id;
    assert_ok(thing_add(box->db, "a", &id));
    struct thing out = { .count_x100 = 5, .picture = { (const unsigned char *)"x", 1 } };
    assert_ok(thing_find(box->db, id, box->mem, &out));
    assert_int_equal(out.count_x100, 0);
    assert_int_equal(out.picture.len, 0);
    assert_non_null(out.picture.ptr);
    i64 sum = 9;
    assert_ok(db_i64(box->db,
                     SQL("SELECT CAST(sum(count_x100) AS BIGINT) FROM things WHERE org_id = :org"),
                     &sum));
    assert_int_equal(sum, 0);
}

/* There are no NULL parameters; empty ones without a pointer are still empty text and bytes, not
 * NULL. */
static void empty_parameters_are_not_null(void **state)
{
    struct box *box = *state;
    str title = { NULL, 0 };
    bytes picture = { NULL, 0 };
    i64 given;
    assert_ok(db_run(box->db,
                     SQL("INSERT INTO things (org_id, title, picture)"
                         " VALUES (:org, :title, :picture)",
                         P(title), P(picture)),
                     NULL));
    assert_ok(db_i64(box->db,
                     SQL("SELECT count(*) FROM things WHERE org_id = :org"
                         " AND title = '' AND picture IS NOT NULL"),
                     &given));
    assert_int_equal(given, 1);
    i64 nothing = 0;
    assert_ok(db_run(box->db,
                     SQL("UPDATE things SET count_x100 = NULLIF(:nothing, 0),"
                         " picture = NULL WHERE org_id = :org",
                         P(nothing)),
                     NULL));
    assert_ok(db_i64(box->db,
                     SQL("SELECT count(*) FROM things WHERE org_id = :org"
                         " AND count_x100 IS NULL AND picture IS NULL"),
                     &given));
    assert_int_equal(given, 1);
}

static void one_row_means_exactly_one(void **state)
{
    struct box *box = *state;
    struct thing out = { .id = 5, .title = { "x", 1 } };
    assert_err(thing_find(box->db, 999, box->mem, &out), ERR_NOT_FOUND, "db.no_row");
    assert_int_equal(out.id, 0);
    assert_int_equal(out.title.len, 0);
    i64 id, n;
    assert_ok(thing_add(box->db, "a", &id));
    assert_ok(thing_add(box->db, "b", &id));
    assert_err(db_i64(box->db, SQL("SELECT id FROM things WHERE org_id = :org"), &n), ERR_INTERNAL,
               "db.many_rows");
    assert_err(db_i64(box->db, SQL("SELECT id FROM things WHERE org_id = :org AND id = 0"), &n),
               ERR_NOT_FOUND, "db.no_row");
    assert_int_equal(n, 0);
    /* no engine failed: the connection goes on */
    assert_ok(thing_find(box->db, id, box->mem, &out));
}

static void lists_keep_order_and_grow(void **state)
{
    struct box *box = *state;
    struct rows rows = { .size = sizeof(struct thing) };
    i64 limit = 100, n = 100;
    assert_ok(db_list(box->db,
                      SQL("SELECT id, title, count_x100, is_open, picture, version FROM things"
                          " WHERE org_id = :org ORDER BY id LIMIT :limit",
                          P(limit)),
                      THING_ROW, box->mem, &rows));
    assert_int_equal(rows.count, 0);
    assert_ok(db_run(box->db,
                     SQL("WITH RECURSIVE c(i) AS (SELECT CAST(1 AS BIGINT) UNION ALL"
                         " SELECT i + 1 FROM c WHERE i < :n)"
                         " INSERT INTO things (org_id, title, count_x100)"
                         " SELECT :org, 'thing ' || CAST(i AS TEXT), i FROM c",
                         P(n)),
                     &n));
    assert_int_equal(n, 100);
    assert_ok(db_list(box->db,
                      SQL("SELECT id, title, count_x100, is_open, picture, version FROM things"
                          " WHERE org_id = :org ORDER BY count_x100 LIMIT :limit",
                          P(limit)),
                      THING_ROW, box->mem, &rows));
    assert_int_equal(rows.count, 100);
    const struct thing *items = rows.items;
    for (i64 i = 0; i < 100; i++)
        assert_int_equal(items[i].count_x100, i + 1);
    assert_true(str_is(items[41].title, "thing 42"));
}

static void a_list_past_the_soft_cap_is_refused(void **state)
{
    struct box *box = *state;
    struct arena *small = arena_new(4096, 1 << 20);
    struct rows rows = { .size = sizeof(struct thing) };
    i64 n = 500;
    assert_ok(db_run(box->db,
                     SQL("WITH RECURSIVE c(i) AS (SELECT CAST(1 AS BIGINT) UNION ALL"
                         " SELECT i + 1 FROM c WHERE i < :n)"
                         " INSERT INTO things (org_id, title) SELECT :org, CAST(i AS TEXT) FROM c",
                         P(n)),
                     NULL));
    assert_err(db_list(box->db,
                       SQL("SELECT id, title, count_x100, is_open, picture, version FROM things"
                           " WHERE org_id = :org"),
                       THING_ROW, small, &rows),
               ERR_LIMIT, "db.too_much");
    arena_free(small);
    assert_int_equal(things(box->db), 500);
}

struct seen {
    struct db *db;
    struct arena *mem;
    i64 count, nested, stop_at;
    size_t most;
};

static err see(void *context, void *row)
{
    struct seen *seen = context;
    const struct thing *thing = row;
    seen->count++;
    arena_zero(seen->mem, 1000); /* what a callback leaves is gone at the next row */
    if (arena_used(seen->mem) > seen->most)
        seen->most = arena_used(seen->mem);
    if (seen->count == seen->stop_at)
        return err_make(ERR_CONFLICT, "test.stop");
    i64 same = 0, id = thing->id;
    TRY(db_i64(seen->db, SQL("SELECT count(*) FROM things WHERE org_id = :org AND id = :id", P(id)),
               &same));
    seen->nested += same;
    return OK;
}

static err each_thing(struct box *box, struct seen *seen)
{
    *seen = (struct seen){ .db = box->db, .mem = box->mem, .stop_at = seen->stop_at };
    struct db_each each = { THING_ROW, sizeof(struct thing), box->mem, see, seen };
    return db_each(box->db,
                   SQL("SELECT id, title, count_x100, is_open, picture, version FROM things"
                       " WHERE org_id = :org ORDER BY id"),
                   &each);
}

/* More rows than PostgreSQL's batch; statements inside; with and without a transaction; ended
 * early. */
static void each_row_at_constant_memory(void **state)
{
    struct box *box = *state;
    i64 n = 700;
    assert_ok(db_run(box->db,
                     SQL("WITH RECURSIVE c(i) AS (SELECT CAST(1 AS BIGINT) UNION ALL"
                         " SELECT i + 1 FROM c WHERE i < :n)"
                         " INSERT INTO things (org_id, title) SELECT :org, CAST(i AS TEXT) FROM c",
                         P(n)),
                     NULL));
    struct seen seen = { .stop_at = 0 };
    size_t before = arena_used(box->mem);
    assert_ok(each_thing(box, &seen));
    assert_int_equal(seen.count, 700);
    assert_int_equal(seen.nested, 700);
    assert_true(seen.most < before + 4000);
    assert_ok(db_begin(box->db));
    assert_ok(each_thing(box, &seen));
    assert_int_equal(seen.count, 700);
    seen.stop_at = 3;
    assert_err(each_thing(box, &seen), ERR_CONFLICT, "test.stop");
    assert_int_equal(seen.count, 3);
    assert_int_equal(things(box->db), 700); /* a callback's own error loses nothing */
    assert_ok(db_commit(box->db));
    assert_err(each_thing(box, &seen), ERR_CONFLICT, "test.stop");
    assert_int_equal(things(box->db), 700);
}

static void each_takes_rows_of_a_change_too(void **state)
{
    struct box *box = *state;
    i64 id;
    assert_ok(thing_add(box->db, "a", &id));
    assert_ok(thing_add(box->db, "b", &id));
    struct seen seen = { .db = box->db, .mem = box->mem };
    struct db_each each = { THING_ROW, sizeof(struct thing), box->mem, see, &seen };
    assert_ok(
        db_each(box->db,
                SQL("UPDATE things SET version = version + 1 WHERE org_id = :org RETURNING id,"
                    " title, count_x100, is_open, picture, version"),
                &each));
    assert_int_equal(seen.count, 2);
}

static void run_counts_changed_rows(void **state)
{
    struct box *box = *state;
    i64 id, changed = -1;
    assert_ok(thing_add(box->db, "a", &id));
    assert_ok(thing_add(box->db, "b", &id));
    assert_ok(db_run(box->db, SQL("UPDATE things SET is_open = 1 WHERE org_id = :org"), &changed));
    assert_int_equal(changed, 2);
    assert_ok(db_run(box->db, SQL("SELECT id FROM things WHERE org_id = :org"), &changed));
    assert_int_equal(changed, 0);
    assert_ok(db_run(box->db, SQL("DELETE FROM things WHERE org_id = :org AND id = 0"), &changed));
    assert_int_equal(changed, 0);
    str title = str_of("a");
    assert_ok(db_run(box->db,
                     SQL("INSERT INTO things (org_id, title) VALUES (:org, :title)"
                         " ON CONFLICT DO NOTHING",
                         P(title)),
                     &changed));
    assert_int_equal(changed, 0);
    assert_ok(db_run(box->db, SQL("CREATE TABLE more (id INTEGER)"), &changed));
    assert_int_equal(changed, 0);
}

static err thing_rename(struct db *db, i64 id, i64 version, const char *text)
{
    str title = str_of(text);
    return db_update(db, SQL("UPDATE things SET title = :title, version = version + 1"
                             " WHERE org_id = :org AND id = :id AND version = :version",
                             P(id), P(version), P(title)));
}

static void an_outdated_version_is_a_conflict(void **state)
{
    struct box *box = *state;
    i64 id;
    struct thing out;
    assert_ok(thing_add(box->db, "a", &id));
    assert_ok(thing_rename(box->db, id, 1, "b"));
    assert_err(thing_rename(box->db, id, 1, "c"), ERR_CONFLICT, "db.version");
    assert_ok(thing_find(box->db, id, box->mem, &out));
    assert_true(str_is(out.title, "b"));
    assert_int_equal(out.version, 2);
    assert_ok(thing_add(box->db, "x", &id));
    assert_err(db_update(box->db, SQL("UPDATE things SET version = 5 WHERE org_id = :org")),
               ERR_INTERNAL, "db.many_rows");
}

static void constraints_have_names(void **state)
{
    struct box *box = *state;
    i64 id, thing_id = 999;
    assert_ok(thing_add(box->db, "a", &id));
    assert_err(thing_add(box->db, "a", &id), ERR_CONFLICT, "db.unique");
    assert_err(db_insert(box->db,
                         SQL("INSERT INTO parts (org_id, thing_id) VALUES (:org, :thing_id)"
                             " RETURNING id",
                             P(thing_id)),
                         &id),
               ERR_CONFLICT, "db.reference");
    assert_err(db_run(box->db,
                      SQL("INSERT INTO things (org_id, title) SELECT :org, NULL FROM things"
                          " WHERE org_id = :org"),
                      NULL),
               ERR_INTERNAL, "db.failed");
    err e = db_run(box->db, SQL("SELECT missing FROM nowhere"), NULL);
    assert_err(e, ERR_INTERNAL, "db.failed");
    assert_true(str_ends(str_of(e.file), str_of("db_test.c")));
}

static void restrict_and_delete_of_a_used_row_is_a_reference_error(void **state)
{
    struct box *box = *state;
    i64 thing_id, id;
    assert_ok(thing_add(box->db, "a", &thing_id));
    assert_ok(db_insert(box->db,
                        SQL("INSERT INTO parts (org_id, thing_id) VALUES (:org, :thing_id)"
                            " RETURNING id",
                            P(thing_id)),
                        &id));
    assert_err(db_run(box->db, SQL("DELETE FROM things WHERE org_id = :org"), NULL), ERR_CONFLICT,
               "db.reference");
    assert_ok(db_script(
        box->db, str_of("CREATE TABLE r (id @id, p @int REFERENCES parts (id)"
                        " ON DELETE RESTRICT); INSERT INTO r (id, p) SELECT 1, id FROM parts")));
    assert_err(db_run(box->db, SQL("DELETE FROM parts WHERE org_id = :org"), NULL), ERR_CONFLICT,
               "db.reference");
}

static void the_same_text_from_two_places_is_resolved_again(void **state)
{
    struct box *box = *state;
    struct sql first = { 0 }, second = { 0 };
    const char *text = "SELECT :a - :b";
    struct param ab[] = { { 0 }, param_i64("a", 10), param_i64("b", 3) };
    struct param ba[] = { { 0 }, param_i64("x->b", 3), param_i64("y.a", 10) };
    first = (struct sql){ text, __FILE__, __LINE__, 2, ab };
    second = (struct sql){ text, __FILE__, __LINE__, 2, ba };
    for (int turn = 0; turn < 3; turn++) {
        i64 n;
        assert_ok(db_i64(box->db, first, &n));
        assert_int_equal(n, 7);
        assert_ok(db_i64(box->db, second, &n));
        assert_int_equal(n, 7);
    }
}

/* A name that stands twice is one parameter; names inside strings, comments and casts are none. */
static void names_are_found_where_sql_has_them(void **state)
{
    struct box *box = *state;
    i64 n, a = 4;
    assert_ok(db_i64(box->db,
                     SQL("SELECT :a + :a /* :not */ + length(':nor it''s :that') -- :nor_this\n"
                         " + CASE WHEN ':x' = ':x' THEN 1 ELSE 0 END AS \":column\"",
                         P(a)),
                     &n));
    assert_int_equal(n, 8 + 15 + 1);
    if (db_engine(box->db) == DB_POSTGRES) {
        assert_ok(db_i64(box->db, SQL("SELECT '12'::bigint + :a::bigint", P(a)), &n));
        assert_int_equal(n, 16);
    }
}

static void a_row_map_may_change_between_runs(void **state)
{
    struct box *box = *state;
    struct pair {
        i64 b, a;
    } pair;
    struct other {
        bool a;
        i64 b;
    } other;
    static const struct field PAIR[] = { FIELD(struct pair, a), FIELD(struct pair, b), { 0 } };
    static const struct field OTHER[] = { FIELD(struct other, b), FIELD(struct other, a), { 0 } };
    const struct sql sql = SQL("SELECT 1 AS a, 2 AS b");
    for (int turn = 0; turn < 2; turn++) {
        assert_ok(db_one(box->db, sql, PAIR, box->mem, &pair));
        assert_int_equal(pair.a, 1);
        assert_int_equal(pair.b, 2);
        assert_ok(db_one(box->db, sql, OTHER, box->mem, &other));
        assert_true(other.a);
        assert_int_equal(other.b, 2);
    }
}

static void small_integers_and_truth_are_numbers(void **state)
{
    struct box *box = *state;
    i64 n;
    assert_ok(db_i64(box->db, SQL("SELECT length('四个汉字')"), &n));
    assert_int_equal(n, 4);
    assert_ok(db_i64(box->db, SQL("SELECT 2 > 1"), &n));
    assert_int_equal(n, 1);
    assert_ok(db_i64(box->db, SQL("SELECT -5"), &n));
    assert_int_equal(n, -5);
    assert_ok(db_i64(box->db, SQL("SELECT CAST(-7 AS SMALLINT)"), &n));
    assert_int_equal(n, -7);
    assert_ok(db_i64(box->db, SQL("SELECT CAST(NULL AS BIGINT)"), &n));
    assert_int_equal(n, 0);
}

static void organisations_see_their_own_rows(void **state)
{
    struct box *box = *state;
    i64 id;
    struct thing out;
    assert_int_equal(db_org(box->db), 7);
    assert_ok(thing_add(box->db, "a", &id));
    db_set_org(box->db, 8);
    assert_int_equal(db_org(box->db), 8);
    assert_err(thing_find(box->db, id, box->mem, &out), ERR_NOT_FOUND, "db.no_row");
    assert_ok(thing_add(box->db, "a", &id)); /* unique within its organisation only */
    assert_int_equal(things(box->db), 1);
}

static void statements_are_counted(void **state)
{
    struct box *box = *state;
    i64 before = db_statements(box->db), id;
    assert_ok(thing_add(box->db, "a", &id));
    assert_int_equal(things(box->db), 1);
    assert_int_equal(db_statements(box->db), before + 2);
}

static void many_literals_fit_the_cache(void **state)
{
    struct box *box = *state;
    static char texts[400][32];
    for (int turn = 0; turn < 2; turn++)
        for (int i = 0; i < 400; i++) {
            snprintf(texts[i], sizeof texts[i], "SELECT %d", i);
            static const struct param none = { 0 };
            i64 n;
            assert_ok(db_i64(box->db, (struct sql){ texts[i], __FILE__, __LINE__, 0, &none }, &n));
            assert_int_equal(n, i);
        }
}

static void rollback_and_commit(void **state)
{
    struct box *box = *state;
    i64 id;
    assert_ok(db_begin(box->db));
    assert_ok(thing_add(box->db, "a", &id));
    db_rollback(box->db);
    db_rollback(box->db); /* a second one does nothing */
    assert_int_equal(things(box->db), 0);
    assert_ok(db_begin(box->db));
    assert_ok(thing_add(box->db, "a", &id));
    assert_ok(db_commit(box->db));
    assert_int_equal(things(box->db), 1);
}

/* Group commit: of three requests one fails; the others survive, on PostgreSQL too. */
static void a_failed_request_leaves_its_group_alone(void **state)
{
    struct box *box = *state;
    i64 id;
    assert_ok(db_begin(box->db));
    assert_ok(db_savepoint(box->db));
    assert_ok(thing_add(box->db, "a", &id));
    assert_ok(db_savepoint_release(box->db));
    assert_ok(db_savepoint(box->db));
    assert_ok(thing_add(box->db, "b", &id));
    assert_err(thing_add(box->db, "a", &id), ERR_CONFLICT, "db.unique");
    db_savepoint_rollback(box->db);
    assert_ok(db_savepoint(box->db));
    assert_ok(thing_add(box->db, "c", &id));
    assert_ok(db_savepoint_release(box->db));
    assert_ok(db_savepoint(box->db));
    assert_ok(thing_add(box->db, "d", &id));
    db_savepoint_rollback(box->db); /* a request that refuses by itself */
    assert_ok(db_commit(box->db));
    assert_int_equal(things(box->db), 2);
    assert_err(thing_add(box->db, "a", &id), ERR_CONFLICT, "db.unique");
    assert_err(thing_add(box->db, "c", &id), ERR_CONFLICT, "db.unique");
}

static void savepoints_nest(void **state)
{
    struct box *box = *state;
    i64 id;
    assert_ok(db_begin(box->db));
    assert_ok(db_savepoint(box->db));
    assert_ok(thing_add(box->db, "a", &id));
    assert_ok(db_savepoint(box->db));
    assert_ok(thing_add(box->db, "b", &id));
    db_savepoint_rollback(box->db);
    assert_ok(db_savepoint_release(box->db));
    assert_ok(db_commit(box->db));
    assert_int_equal(things(box->db), 1);
}

/* The transaction of a failed statement is lost on both engines alike, so that SQLite finds what
 * PostgreSQL refuses. */
static void nothing_runs_after_a_failed_statement(void **state)
{
    struct box *box = *state;
    i64 id;
    assert_ok(db_begin(box->db));
    assert_ok(thing_add(box->db, "a", &id));
    assert_err(thing_add(box->db, "a", &id), ERR_CONFLICT, "db.unique");
    assert_err(thing_add(box->db, "b", &id), ERR_INTERNAL, "db.failed");
    assert_err(db_commit(box->db), ERR_INTERNAL, "db.failed");
    assert_int_equal(things(box->db), 0); /* and the failed commit has rolled back */
    assert_ok(thing_add(box->db, "b", &id));
}

static void a_reader_cannot_write_and_sees_commits(void **state)
{
    struct box *box = *state;
    struct db *reader;
    i64 id;
    assert_ok(db_open(test_db_url(box->db), DB_READ, &reader));
    db_set_org(reader, 7);
    assert_err(thing_add(reader, "a", &id), ERR_INTERNAL, "db.failed");
    assert_ok(db_begin(box->db));
    assert_ok(thing_add(box->db, "a", &id));
    assert_int_equal(things(reader), 0); /* not yet, and it does not wait */
    assert_ok(db_commit(box->db));
    assert_int_equal(things(reader), 1);
    assert_ok(db_begin(reader));
    assert_int_equal(things(reader), 1);
    assert_ok(thing_add(box->db, "b", &id));
    assert_int_equal(things(reader), 1); /* one view for the whole transaction */
    assert_ok(db_commit(reader));
    assert_int_equal(things(reader), 2);
    db_close(reader);
}

static void only_passing_trouble_may_be_run_again(void **state)
{
    (void)state;
    assert_true(db_may_retry(err_make(ERR_BUSY, "db.busy")));
    assert_true(db_may_retry(err_make(ERR_BUSY, "db.away")));
    assert_false(db_may_retry(err_make(ERR_BUSY, "db.commit_unknown")));
    assert_false(db_may_retry(err_make(ERR_BUSY, "db.full")));
    assert_false(db_may_retry(OK));
}

static void wrong_addresses_are_refused(void **state)
{
    (void)state;
    static const char *const URLS[] = { "", "sqlite:", "mysql://x", "/tmp/x.db",
                                        "sqlite:/no/such/folder/x.db" };
    struct db *db;
    for (size_t i = 0; i < sizeof URLS / sizeof *URLS; i++) {
        assert_err(db_open(str_of(URLS[i]), DB_WRITE, &db), ERR_INVALID, "db.url");
        assert_null(db);
    }
    assert_err(db_open(str_of("sqlite:/dev/shm/ht-no-such.db"), DB_READ, &db), ERR_INVALID,
               "db.url");
    assert_err(db_open(str_of("postgresql://127.0.0.1:1/x"), DB_WRITE, &db), ERR_BUSY, "db.away");
    db_close(NULL);
}

static void health(void **state)
{
    struct box *box = *state;
    assert_ok(db_check(box->db));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_type_goes_in_and_comes_out_by_name, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(null_reads_as_zero_or_empty, set_up, tear_down),
        cmocka_unit_test_setup_teardown(empty_parameters_are_not_null, set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_row_means_exactly_one, set_up, tear_down),
        cmocka_unit_test_setup_teardown(lists_keep_order_and_grow, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_list_past_the_soft_cap_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(each_row_at_constant_memory, set_up, tear_down),
        cmocka_unit_test_setup_teardown(each_takes_rows_of_a_change_too, set_up, tear_down),
        cmocka_unit_test_setup_teardown(run_counts_changed_rows, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_outdated_version_is_a_conflict, set_up, tear_down),
        cmocka_unit_test_setup_teardown(constraints_have_names, set_up, tear_down),
        cmocka_unit_test_setup_teardown(restrict_and_delete_of_a_used_row_is_a_reference_error,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_same_text_from_two_places_is_resolved_again, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(names_are_found_where_sql_has_them, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_row_map_may_change_between_runs, set_up, tear_down),
        cmocka_unit_test_setup_teardown(small_integers_and_truth_are_numbers, set_up, tear_down),
        cmocka_unit_test_setup_teardown(organisations_see_their_own_rows, set_up, tear_down),
        cmocka_unit_test_setup_teardown(statements_are_counted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(many_literals_fit_the_cache, set_up, tear_down),
        cmocka_unit_test_setup_teardown(rollback_and_commit, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_failed_request_leaves_its_group_alone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(savepoints_nest, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nothing_runs_after_a_failed_statement, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_reader_cannot_write_and_sees_commits, set_up, tear_down),
        cmocka_unit_test_setup_teardown(health, set_up, tear_down),
        cmocka_unit_test(only_passing_trouble_may_be_run_again),
        cmocka_unit_test(wrong_addresses_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
