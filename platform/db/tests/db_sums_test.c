/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What a transaction holds back, sums (sums.h) and values of rows (held.h): each is written once,
 * whoever asks within the transaction sees all, nobody else anything before the commit; savepoints
 * take back what was added since, also when it was written meanwhile. A model of arrays says what
 * must be there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "embed.h"
#include "platform/base/str.h"
#include "platform/db/held.h"
#include "platform/db/made.h"
#include "platform/db/sums.h"
#include "tests/harness/test_db.h"
#include "tests/harness/test_err.h"

enum { TOP = 1000000 };

static const char SCHEMA[] =
    "CREATE TABLE tallies (org_id @int NOT NULL, code TEXT NOT NULL, day @int NOT NULL, value @int "
    "NOT NULL CHECK (value < 1000000), PRIMARY KEY (org_id, code, day));"
    "CREATE TABLE others (org_id @int NOT NULL, code TEXT NOT NULL);"
    "CREATE TABLE marks (org_id @int PRIMARY KEY, value @int NOT NULL CHECK (value < 1000000));"
    "INSERT INTO marks (org_id, value) VALUES (1, 0), (2, 0), (3, 0), (4, 0), (5, 0);";
static const struct embed_file FILES[] = {
    { "0001_tallies.sql", (const unsigned char *)SCHEMA, sizeof SCHEMA - 1 },
    { 0 },
};
static const struct db_schema SCHEMAS[] = { { "tallies", FILES }, { 0 } };

struct house {
    struct db *writer, *other;
};

static int set_up(void **state)
{
    static struct house h;
    h.writer = test_db_open(SCHEMAS);
    assert_ok(db_open(test_db_url(h.writer), DB_WRITE, &h.other));
    db_set_org(h.writer, 1);
    db_set_org(h.other, 1);
    *state = &h;
    return 0;
}

static int tear_down(void **state)
{
    struct house *h = *state;
    db_close(h->other);
    test_db_close(h->writer);
    return 0;
}

static void add_on(struct db *db, const char *name, i64 day, i64 value)
{
    str code = str_of(name);
    assert_ok(db_sum(db, SQL("INSERT INTO tallies (org_id, code, day, value) VALUES (:org, :code, "
                             ":day, :value) ON CONFLICT (org_id, code, day) DO UPDATE SET value = "
                             "tallies.value + excluded.value",
                             P(code), P(day), P(value))));
}

static void add(struct db *db, const char *name, i64 value)
{
    add_on(db, name, 0, value);
}

static i64 sum_of(struct db *db, const char *name)
{
    str code = str_of(name);
    i64 sum = -1;
    assert_ok(db_i64(db,
                     SQL("SELECT CAST(COALESCE(SUM(value), 0) AS BIGINT) FROM tallies WHERE org_id "
                         "= :org AND code = :code",
                         P(code)),
                     &sum));
    return sum;
}

static void each_counter_is_written_once(void **state)
{
    struct house *h = *state;
    assert_ok(db_begin(h->writer));
    i64 before = db_statements(h->writer);
    for (i64 i = 0; i < 1000; i++) {
        add(h->writer, "a", 1);
        add_on(h->writer, "b", i % 100, 2);
        add(h->writer, "back", i % 2 ? 1 : -1);
    }
    assert_int_equal(db_statements(h->writer), before);
    assert_ok(db_commit(h->writer));
    assert_int_equal(db_statements(h->writer) - before, 101); /* a, b of 100 days; back is 0 */
    assert_int_equal(sum_of(h->writer, "a"), 1000);
    assert_int_equal(sum_of(h->writer, "b"), 2000);
    assert_int_equal(sum_of(h->writer, "back"), 0);
    assert_ok(db_begin(h->writer));
    add(h->writer, "a", -1);
    assert_ok(db_commit(h->writer));
    assert_int_equal(sum_of(h->other, "a"), 999);
}

static void outside_a_transaction_it_is_written_at_once(void **state)
{
    struct house *h = *state;
    add(h->writer, "a", 3);
    assert_int_equal(sum_of(h->other, "a"), 3);
}

/* Whatever statement names the table: a literal, one put together, one that writes, a script. */
static void who_asks_within_the_transaction_sees_all(void **state)
{
    static const struct field MAP[] = { { .name = "value", .type = FIELD_I64 }, { 0 } };
    struct house *h = *state;
    struct arena *mem = arena_new(1 << 20, 0);
    const struct param none[1] = { { 0 } };
    struct rows rows = { .size = sizeof(i64) };
    i64 changed = 0;
    assert_ok(db_begin(h->writer));
    assert_int_equal(sum_of(h->writer, "a"), 0);
    add(h->writer, "a", 1);
    assert_int_equal(sum_of(h->writer, "a"), 1);
    add(h->writer, "a", 1);
    assert_ok(db_list(h->writer,
                      db_made("SELECT t.value FROM tallies t WHERE t.org_id = :org", 0, none), MAP,
                      mem, &rows));
    assert_int_equal(((i64 *)rows.items)[0], 2);
    add(h->writer, "a", 1);
    i64 before = db_statements(h->writer);
    assert_ok(db_run(h->writer, SQL("INSERT INTO others (org_id, code) VALUES (:org, 'x')"), NULL));
    assert_int_equal(db_statements(h->writer), before + 1); /* concerns others */
    assert_ok(db_run(h->writer, SQL("UPDATE tallies SET value = value * 10 WHERE org_id = :org"),
                     &changed));
    assert_int_equal(changed, 1);
    add(h->writer, "a", 1);
    assert_ok(db_script(h->writer, str_of("UPDATE tallies SET value = value * 10;")));
    assert_int_equal(sum_of(h->writer, "a"), 310);
    assert_ok(db_commit(h->writer));
    assert_int_equal(sum_of(h->other, "a"), 310);
    arena_free(mem);
}

static void nobody_else_sees_it_before_the_commit(void **state)
{
    struct house *h = *state;
    assert_ok(db_begin(h->writer));
    add(h->writer, "a", 5);
    assert_int_equal(sum_of(h->other, "a"), 0);
    assert_int_equal(sum_of(h->writer, "a"), 5);
    assert_int_equal(sum_of(h->other, "a"), 0);
    db_rollback(h->writer);
    assert_int_equal(sum_of(h->writer, "a"), 0);
    assert_ok(db_begin(h->writer)); /* nothing is left over */
    assert_ok(db_commit(h->writer));
    assert_int_equal(sum_of(h->other, "a"), 0);
}

static void organisations_and_parameters_are_apart(void **state)
{
    struct house *h = *state;
    assert_ok(db_begin(h->writer));
    add(h->writer, "a", 1);
    db_set_org(h->writer, 2);
    add(h->writer, "a", 10);
    add_on(h->writer, "a", 7, 100);
    assert_int_equal(sum_of(h->writer, "a"), 110);
    db_set_org(h->writer, 1);
    assert_ok(db_commit(h->writer));
    assert_int_equal(db_org(h->writer), 1);
    assert_int_equal(sum_of(h->other, "a"), 1);
    db_set_org(h->other, 2);
    assert_int_equal(sum_of(h->other, "a"), 110);
    i64 value = 0;
    assert_ok(
        db_i64(h->other, SQL("SELECT value FROM tallies WHERE org_id = :org AND day = 7"), &value));
    assert_int_equal(value, 100);
}

/* What was held before a savepoint and written within it is held again when that is taken back. */
static void a_savepoint_takes_its_own_along(void **state)
{
    struct house *h = *state;
    assert_ok(db_begin(h->writer));
    add(h->writer, "a", 1);
    assert_ok(db_savepoint(h->writer));
    add(h->writer, "a", 10);
    assert_int_equal(sum_of(h->writer, "a"), 11); /* all is written here */
    assert_ok(db_savepoint(h->writer));
    add(h->writer, "a", 100);
    add(h->writer, "b", 5);
    assert_ok(db_savepoint_release(h->writer));
    db_savepoint_rollback(h->writer);
    assert_ok(db_savepoint(h->writer));
    add(h->writer, "a", 1000);
    assert_ok(db_savepoint_release(h->writer));
    assert_ok(db_commit(h->writer));
    assert_int_equal(sum_of(h->other, "a"), 1001);
    assert_int_equal(sum_of(h->other, "b"), 0);
}

/* A counter that cannot be written fails whoever asks for it, and the commit; a savepoint around it
 * takes it back. */
static void what_cannot_be_written_fails_the_transaction(void **state)
{
    struct house *h = *state;
    assert_ok(db_begin(h->writer));
    add(h->writer, "kept", 1);
    assert_ok(db_savepoint(h->writer));
    add(h->writer, "a", TOP);
    i64 n = 0;
    assert_err(db_i64(h->writer, SQL("SELECT COUNT(*) FROM tallies WHERE org_id = :org"), &n),
               ERR_INTERNAL, "db.failed");
    db_savepoint_rollback(h->writer);
    assert_int_equal(sum_of(h->writer, "kept"), 1);
    assert_ok(db_commit(h->writer));
    assert_ok(db_begin(h->writer));
    add(h->writer, "kept", 1);
    add(h->writer, "a", TOP);
    assert_err(db_commit(h->writer), ERR_INTERNAL, "db.failed");
    assert_int_equal(sum_of(h->other, "kept"), 1);
    assert_ok(db_begin(h->writer));
    add(h->writer, "kept", 1);
    assert_ok(db_commit(h->writer));
    assert_int_equal(sum_of(h->other, "kept"), 2);
}

/* Two that add to the same counters at once; SQLite has one writer. */
static void two_transactions_at_once_add_up(void **state)
{
    struct house *h = *state;
    if (test_db_engine() == DB_SQLITE)
        skip();
    assert_ok(db_begin(h->writer));
    assert_ok(db_begin(h->other));
    add(h->writer, "a", 1);
    add(h->other, "a", 10);
    add(h->writer, "b", 1);
    assert_int_equal(sum_of(h->writer, "a"), 1);
    add(h->other, "b", 10);
    assert_ok(db_commit(h->writer));
    assert_int_equal(sum_of(h->other, "a"), 11);
    assert_ok(db_commit(h->other));
    assert_int_equal(sum_of(h->writer, "b"), 11);
}

/* ---- values of rows ---- */

static err mark_write(struct db *db, const void *held)
{
    i64 value = *(const i64 *)held;
    return db_update(db, SQL("UPDATE marks SET value = :value WHERE org_id = :org", P(value)));
}

static const struct db_holding MARKS = { "marks", sizeof(i64), mark_write };

static void hold(struct db *db, i64 value)
{
    assert_ok(db_hold(db, &MARKS, &value));
}

static i64 held_by(struct db *db)
{
    const i64 *value = db_held(db, &MARKS);
    return value ? *value : -1;
}

static i64 mark_of(struct db *db)
{
    i64 value = -1;
    assert_ok(db_i64(db, SQL("SELECT value FROM marks WHERE org_id = :org"), &value));
    return value;
}

static void a_value_is_written_once_and_seen_by_who_asks(void **state)
{
    struct house *h = *state;
    hold(h->writer, 7); /* outside a transaction: at once */
    assert_int_equal(mark_of(h->other), 7);
    assert_int_equal(held_by(h->writer), -1);
    assert_ok(db_begin(h->writer));
    i64 before = db_statements(h->writer);
    for (i64 i = 1; i <= 1000; i++) {
        hold(h->writer, i);
        assert_int_equal(held_by(h->writer), i);
    }
    assert_int_equal(db_statements(h->writer), before);
    assert_int_equal(mark_of(h->writer), 1000);
    assert_int_equal(mark_of(h->other), 7);
    assert_int_equal(held_by(h->writer), -1); /* written: the table is right */
    hold(h->writer, 1001);
    db_set_org(h->writer, 2);
    assert_int_equal(held_by(h->writer), -1);
    hold(h->writer, 5);
    before = db_statements(h->writer);
    assert_ok(db_commit(h->writer));
    assert_int_equal(db_statements(h->writer) - before, 2);
    assert_int_equal(db_org(h->writer), 2);
    assert_int_equal(mark_of(h->writer), 5);
    assert_int_equal(mark_of(h->other), 1001);
    assert_ok(db_begin(h->writer)); /* nothing is left over */
    assert_int_equal(held_by(h->writer), -1);
    assert_ok(db_commit(h->writer));
}

static void a_value_that_cannot_be_written_fails_the_transaction(void **state)
{
    struct house *h = *state;
    i64 value = 0;
    assert_ok(db_begin(h->writer));
    hold(h->writer, 3);
    assert_ok(db_savepoint(h->writer));
    hold(h->writer, TOP);
    assert_err(db_i64(h->writer, SQL("SELECT value FROM marks WHERE org_id = :org"), &value),
               ERR_INTERNAL, "db.failed");
    db_savepoint_rollback(h->writer);
    assert_int_equal(mark_of(h->writer), 3);
    hold(h->writer, TOP);
    assert_err(db_commit(h->writer), ERR_INTERNAL, "db.failed");
    assert_int_equal(mark_of(h->other), 0);
}

/* ---- against a model ---- */

enum { CODES = 40, LEVELS = 6, MOVES = 4000, CODE_LEN = 8, ORGS = 5 };

static unsigned next_random(unsigned *seed, unsigned below)
{
    *seed = *seed * 1103515245U + 12345U;
    return (*seed >> 8) % below;
}

struct model {
    char names[CODES][CODE_LEN];
    i64 levels[LEVELS][CODES], stored[CODES]; /* what is there at each level; what was committed */
    i64 marks[LEVELS][ORGS + 1], stored_marks[ORGS + 1]; /* the same of values, by organisation */
    int level;
    unsigned seed;
};

static void assert_marks(struct house *h, const i64 *wanted)
{
    for (i64 org = 1; org <= ORGS; org++) {
        db_set_org(h->writer, org);
        assert_int_equal(mark_of(h->writer), wanted[org]);
    }
    db_set_org(h->writer, 1);
}

static void assert_as_model(struct house *h, struct model *m)
{
    for (int c = 0; c < CODES; c++)
        assert_int_equal(sum_of(h->writer, m->names[c]), m->stored[c]);
    assert_marks(h, m->stored_marks);
}

static void hold_some(struct house *h, struct model *m, i64 org, i64 value)
{
    db_set_org(h->writer, org);
    hold(h->writer, value);
    assert_int_equal(held_by(h->writer), value);
    db_set_org(h->writer, 1);
    m->marks[m->level][org] = value;
}

static void level_copy(struct model *m, int to, int from)
{
    memcpy(m->levels[to], m->levels[from], sizeof m->stored);
    memcpy(m->marks[to], m->marks[from], sizeof m->stored_marks);
}

static void begin(struct house *h, struct model *m)
{
    m->level = 0;
    memcpy(m->levels[0], m->stored, sizeof m->stored);
    memcpy(m->marks[0], m->stored_marks, sizeof m->stored_marks);
    assert_ok(db_begin(h->writer));
}

/* Ends everything: commits, or now and then not. */
static void end(struct house *h, struct model *m)
{
    for (; m->level > 0; m->level--) {
        assert_ok(db_savepoint_release(h->writer));
        level_copy(m, m->level - 1, m->level);
    }
    if (next_random(&m->seed, 4)) {
        assert_ok(db_commit(h->writer));
        memcpy(m->stored, m->levels[0], sizeof m->stored);
        memcpy(m->stored_marks, m->marks[0], sizeof m->stored_marks);
    } else {
        db_rollback(h->writer);
    }
    assert_as_model(h, m);
    begin(h, m);
}

static void move(struct house *h, struct model *m)
{
    unsigned what = next_random(&m->seed, 100), code = next_random(&m->seed, CODES);
    i64 value = (i64)next_random(&m->seed, 9) - 4;
    if (what < 20) {
        hold_some(h, m, 1 + code % ORGS, 10 + value);
    } else if (what < 60) {
        add(h->writer, m->names[code], value);
        m->levels[m->level][code] += value;
    } else if (what < 74 && m->level + 1 < LEVELS) {
        assert_ok(db_savepoint(h->writer));
        m->level++;
        level_copy(m, m->level, m->level - 1);
    } else if (what < 82 && m->level > 0) {
        assert_ok(db_savepoint_release(h->writer));
        m->level--;
        level_copy(m, m->level, m->level + 1);
    } else if (what < 90 && m->level > 0) {
        db_savepoint_rollback(h->writer);
        m->level--;
    } else if (what < 92) {
        assert_marks(h, m->marks[m->level]);
    } else if (what < 98) {
        assert_int_equal(sum_of(h->writer, m->names[code]), m->levels[m->level][code]);
    } else {
        end(h, m);
    }
}

static void any_order_of_savepoints_is_right(void **state)
{
    static struct model m;
    struct house *h = *state;
    m = (struct model){ .seed = 20261126 };
    for (int c = 0; c < CODES; c++)
        m.names[c][0] = (char)('a' + c % 26), m.names[c][1] = (char)('0' + c / 26);
    begin(h, &m);
    for (int i = 0; i < MOVES; i++)
        move(h, &m);
    end(h, &m);
    db_rollback(h->writer);
}

#define T(test_) cmocka_unit_test_setup_teardown(test_, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(each_counter_is_written_once),
        T(outside_a_transaction_it_is_written_at_once),
        T(who_asks_within_the_transaction_sees_all),
        T(nobody_else_sees_it_before_the_commit),
        T(organisations_and_parameters_are_apart),
        T(a_savepoint_takes_its_own_along),
        T(what_cannot_be_written_fails_the_transaction),
        T(two_transactions_at_once_add_up),
        T(a_value_is_written_once_and_seen_by_who_asks),
        T(a_value_that_cannot_be_written_fails_the_transaction),
        T(any_order_of_savepoints_is_right),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
