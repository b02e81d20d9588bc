/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Trouble that comes from outside: locks, a full disk, a damaged file, a server that goes away.
 * After each the connection must be usable again, and nothing acknowledged may be lost or half
 * there. */
#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "platform/base/str.h"
#include "tests/harness/test_db.h"
#include "tests/harness/test_err.h"

static struct db *db;
static struct arena *mem;

static int set_up(void **state)
{
    (void)state;
    mem = arena_new(1 << 20, 0);
    db = test_db_open(NULL);
    assert_ok(db_script(
        db, str_of("CREATE TABLE notes (id @id, org_id @int NOT NULL, body TEXT NOT NULL)")));
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

static err note_add(struct db *to, const char *text)
{
    str body = str_of(text);
    return db_run(to, SQL("INSERT INTO notes (org_id, body) VALUES (:org, :body)", P(body)), NULL);
}

static i64 notes(struct db *from)
{
    i64 n = -1;
    assert_ok(db_i64(from, SQL("SELECT count(*) FROM notes WHERE org_id = :org"), &n));
    return n;
}

/* ---- both engines ---- */

static struct db *second_writer(i64 org)
{
    struct db *other;
    assert_ok(db_open(test_db_url(db), DB_WRITE, &other));
    db_set_org(other, org);
    assert_ok(
        db_script(other, str_of(test_db_engine() == DB_SQLITE ? "PRAGMA busy_timeout = 50"
                                                              : "SET lock_timeout = '50ms'")));
    return other;
}

/* SQLite waits for the writer at BEGIN, PostgreSQL at the first statement for the organisation. */
static err begin_and_add(struct db *to, const char *text)
{
    TRY(db_begin(to));
    err e = note_add(to, text);
    if (e.code != ERR_NONE)
        db_rollback(to);
    return e;
}

/* Two writers of one organisation follow each other: the second waits, then says busy, and later
 * succeeds. */
static void writers_of_one_organisation_take_turns(void **state)
{
    (void)state;
    struct db *other = second_writer(1);
    assert_ok(db_begin(db));
    assert_ok(note_add(db, "a"));
    err e = begin_and_add(other, "b");
    assert_err(e, ERR_BUSY, "db.busy");
    assert_true(db_may_retry(e));
    assert_err(begin_and_add(other, "b"), ERR_BUSY, "db.busy");
    assert_ok(db_commit(db));
    assert_ok(begin_and_add(other, "b"));
    assert_int_equal(notes(other), 2);
    assert_ok(db_commit(other));
    db_close(other);
    assert_int_equal(notes(db), 2);
}

enum { WRITERS = 4, TURNS = 25 };

/* Reads, decides and writes: without turns some of these would read the same count. */
static void *count_up(void *url)
{
    struct db *own;
    i64 failures = 0;
    if (db_open(str_of(url), DB_WRITE, &own).code != ERR_NONE)
        return (void *)1;
    db_set_org(own, 1);
    for (int turn = 0; turn < TURNS; turn++) {
        i64 n;
        err e = db_begin(own);
        if (e.code == ERR_NONE)
            e = db_i64(own, SQL("SELECT count(*) FROM notes WHERE org_id = :org"), &n);
        if (e.code == ERR_NONE)
            e = db_run(
                own, SQL("INSERT INTO notes (org_id, body) VALUES (:org, CAST(:n AS TEXT))", P(n)),
                NULL);
        if (e.code == ERR_NONE)
            e = db_commit(own);
        db_rollback(own);
        failures += e.code != ERR_NONE;
    }
    db_close(own);
    return (void *)(intptr_t)failures;
}

static void what_was_read_still_holds_when_writing(void **state)
{
    (void)state;
    pthread_t threads[WRITERS];
    const char *url = arena_cstr(mem, test_db_url(db));
    for (int i = 0; i < WRITERS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, count_up, (void *)(uintptr_t)url), 0);
    for (int i = 0; i < WRITERS; i++) {
        void *failures;
        pthread_join(threads[i], &failures);
        assert_null(failures);
    }
    i64 distinct;
    assert_ok(
        db_i64(db, SQL("SELECT count(DISTINCT body) FROM notes WHERE org_id = :org"), &distinct));
    assert_int_equal(distinct, WRITERS * TURNS);
}

/* ---- SQLite ---- */

static const char *path_of(void)
{
    return arena_cstr(mem, test_db_url(db)) + strlen("sqlite:");
}

static void limit_file_size(rlim_t size)
{
    struct rlimit limit;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = size < limit.rlim_max ? size : limit.rlim_max;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static err note_add_large(struct db *to, i64 kilobytes)
{
    return db_run(to,
                  SQL("WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE"
                      " i < :kilobytes) INSERT INTO notes (org_id, body)"
                      " SELECT :org, hex(zeroblob(512)) FROM c",
                      P(kilobytes)),
                  NULL);
}

/* The disk is full at COMMIT: nobody is told that it was saved, nothing is half there, and later it
 * goes on. */
static void a_full_disk_fails_the_commit(void **state)
{
    (void)state;
    signal(SIGXFSZ, SIG_IGN);
    assert_ok(note_add(db, "before"));
    limit_file_size(256 * 1024);
    assert_ok(db_begin(db));
    assert_ok(db_savepoint(db));
    assert_ok(note_add_large(db, 600));
    assert_ok(db_savepoint_release(db));
    err e = db_commit(db);
    assert_err(e, ERR_BUSY, "db.full");
    assert_false(db_may_retry(e));
    assert_int_equal(notes(db), 1);
    limit_file_size(RLIM_INFINITY);
    assert_ok(db_begin(db));
    assert_ok(note_add(db, "after"));
    assert_ok(db_commit(db));
    assert_ok(db_check(db));
    assert_int_equal(notes(db), 2);
}

/* The disk is full in the middle of a group: more than the cache holds must be written before the
 * commit. Either the group is gone as a whole and every further step says so, or the others of the
 * group are kept. */
static void a_full_disk_in_a_group_is_noticed_by_all(void **state)
{
    (void)state;
    signal(SIGXFSZ, SIG_IGN);
    assert_ok(note_add(db, "before"));
    limit_file_size(1024 * 1024);
    assert_ok(db_begin(db));
    assert_ok(db_savepoint(db));
    assert_ok(note_add(db, "good"));
    assert_ok(db_savepoint_release(db));
    assert_ok(db_savepoint(db));
    assert_err(note_add_large(db, 40 * 1024), ERR_BUSY, "db.full");
    db_savepoint_rollback(db);
    err e = db_savepoint(db);
    if (e.code == ERR_NONE)
        e = db_savepoint_release(db);
    if (e.code == ERR_NONE)
        e = db_commit(db);
    else
        assert_err(db_commit(db), ERR_BUSY, "db.busy");
    limit_file_size(RLIM_INFINITY);
    assert_int_equal(notes(db), e.code == ERR_NONE ? 2 : 1);
    assert_ok(note_add(db, "after"));
    assert_ok(db_check(db));
}

static void the_file_is_private(void **state)
{
    (void)state;
    struct stat about;
    assert_int_equal(stat(path_of(), &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    assert_int_equal(stat(arena_printf(mem, "%s-wal", path_of()).ptr, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
}

static i64 setting(struct db *from, const char *pragma)
{
    static const struct param none = { 0 };
    i64 n = -1;
    assert_ok(db_i64(from, (struct sql){ pragma, __FILE__, __LINE__, 0, &none }, &n));
    return n;
}

static void a_commit_is_on_disk(void **state)
{
    (void)state;
    assert_int_equal(setting(db, "PRAGMA synchronous"), 2); /* FULL */
    assert_int_equal(setting(db, "PRAGMA foreign_keys"), 1);
    assert_int_equal(setting(db, "PRAGMA trusted_schema"), 0);
    i64 wal;
    assert_ok(db_i64(db, SQL("SELECT count(*) FROM pragma_journal_mode WHERE journal_mode = 'wal'"),
                     &wal));
    assert_int_equal(wal, 1);
}

/* A backup while a transaction is open holds what was committed, and opens as a database of its
 * own. */
static void a_backup_holds_what_was_committed(void **state)
{
    (void)state;
    str path = arena_printf(mem, "%s.copy", path_of());
    struct db *reader, *copy;
    struct stat about;
    assert_ok(note_add(db, "committed"));
    assert_ok(db_open(test_db_url(db), DB_READ, &reader));
    assert_ok(db_begin(db));
    assert_ok(note_add(db, "open"));
    assert_ok(db_backup(reader, path));
    assert_ok(db_commit(db));
    db_close(reader);
    err e = db_backup(db, path);
    assert_err(e, ERR_INVALID, "db.backup_exists");
    assert_int_equal(stat(path.ptr, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    assert_ok(db_open(arena_printf(mem, "sqlite:%s", path.ptr), DB_WRITE, &copy));
    db_set_org(copy, 1);
    assert_ok(db_check(copy));
    assert_int_equal(notes(copy), 1);
    db_close(copy);
    assert_err(db_backup(db, str_of("/no/such/folder/copy.db")), ERR_INTERNAL, "db.failed");
    unlink(path.ptr);
    assert_int_not_equal(stat(arena_printf(mem, "%s.part", path.ptr).ptr, &about), 0);
}

static void damage_is_reported(void **state)
{
    (void)state;
    const char *path = arena_printf(mem, "%s.bad", path_of()).ptr;
    struct db *bad;
    int fd = open(path, O_WRONLY | O_CREAT, 0600);
    assert_int_equal(
        write(fd, "this is not a database, only a text that is long enough to be read", 66), 66);
    close(fd);
    assert_err(db_open(arena_printf(mem, "sqlite:%s", path), DB_WRITE, &bad), ERR_INTERNAL,
               "db.corrupt");
    unlink(path);
    assert_ok(db_script(
        db, str_of("CREATE TABLE parts (id @id, note_id @int REFERENCES notes (id));"
                   "PRAGMA foreign_keys = OFF; INSERT INTO parts (note_id) VALUES (99)")));
    assert_err(db_check(db), ERR_INTERNAL, "db.corrupt");
}

/* ---- PostgreSQL ---- */

/* Ends the server's side of a connection, as a restart does. */
static void terminate(struct db *victim)
{
    struct db *killer;
    i64 pid, done;
    assert_ok(db_i64(victim, SQL("SELECT pg_backend_pid()"), &pid));
    assert_ok(db_open(test_db_url(db), DB_WRITE, &killer));
    assert_ok(db_i64(
        killer, SQL("SELECT pg_terminate_backend(CAST(:pid AS INTEGER), 5000)", P(pid)), &done));
    assert_int_equal(done, 1);
    db_close(killer);
}

/* Who passes over it and goes on is told the same, so that the whole may be run again. */
static void a_lock_that_was_not_got_stays_the_reason(void **state)
{
    (void)state;
    struct db *other = second_writer(1);
    assert_ok(db_begin(db));
    assert_ok(note_add(db, "a"));
    assert_ok(db_begin(other));
    assert_err(note_add(other, "b"), ERR_BUSY, "db.busy");
    err e = note_add(other, "c");
    assert_err(e, ERR_BUSY, "db.busy");
    assert_true(db_may_retry(e));
    db_rollback(other);
    assert_ok(db_commit(db));
    assert_ok(begin_and_add(other, "b")); /* and is forgotten with it */
    assert_ok(db_commit(other));
    db_close(other);
}

static void begin_recovers_from_a_lost_connection(void **state)
{
    (void)state;
    assert_ok(note_add(db, "a"));
    terminate(db);
    assert_ok(db_begin(db)); /* lost while idle: opened again at once */
    assert_ok(note_add(db, "b"));
    assert_ok(db_commit(db));
    assert_int_equal(notes(db), 2);
}

static void a_connection_lost_in_a_transaction_loses_it(void **state)
{
    (void)state;
    assert_ok(db_begin(db));
    assert_ok(db_savepoint(db));
    assert_ok(note_add(db, "a"));
    terminate(db);
    err e = note_add(db, "b");
    assert_err(e, ERR_BUSY, "db.away");
    assert_true(db_may_retry(e));
    assert_err(note_add(db, "c"), ERR_BUSY, "db.away"); /* not on a new connection by itself */
    db_savepoint_rollback(db);
    assert_err(db_savepoint(db), ERR_BUSY, "db.away");
    assert_err(db_commit(db), ERR_BUSY, "db.away");
    assert_ok(db_begin(db));
    assert_ok(note_add(db, "b"));
    assert_ok(db_commit(db));
    assert_int_equal(notes(db), 1);
}

static void outside_a_transaction_the_next_statement_recovers(void **state)
{
    (void)state;
    i64 n;
    terminate(db);
    assert_err(db_i64(db, SQL("SELECT count(*) FROM notes WHERE org_id = :org"), &n), ERR_BUSY,
               "db.away");
    assert_int_equal(notes(db), 0);
}

static void a_commit_that_gets_no_answer_is_unknown(void **state)
{
    (void)state;
    assert_ok(db_begin(db));
    assert_ok(note_add(db, "a"));
    terminate(db);
    err e = db_commit(db);
    assert_err(e, ERR_BUSY, "db.commit_unknown");
    assert_false(db_may_retry(e));
    assert_ok(db_begin(db));
    assert_ok(db_commit(db));
}

/* As when somebody on the server stops its wait for the second database: COMMIT took place, and the
 * server warns. Here a trigger that runs at COMMIT does. */
static void a_commit_with_a_warning_is_unknown(void **state)
{
    (void)state;
    assert_ok(db_script(
        db, str_of("CREATE FUNCTION warn() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN"
                   " RAISE WARNING ''in one place only''; RETURN NULL; END';"
                   "CREATE CONSTRAINT TRIGGER warned AFTER INSERT ON notes DEFERRABLE INITIALLY"
                   " DEFERRED FOR EACH ROW WHEN (NEW.body = 'a') EXECUTE FUNCTION warn()")));
    assert_ok(db_begin(db));
    assert_ok(note_add(db, "a"));
    err e = db_commit(db);
    assert_err(e, ERR_BUSY, "db.commit_unknown");
    assert_false(db_may_retry(e));
    assert_int_equal(notes(db), 1);
    assert_ok(db_begin(db)); /* and the next is a commit as any */
    assert_ok(note_add(db, "b"));
    assert_ok(db_commit(db));
    assert_int_equal(notes(db), 2);
}

struct one {
    i64 n;
};
static const struct field ONE_ROW[] = { FIELD(struct one, n), { 0 } };

static err stop_server_side(void *context, void *row)
{
    struct db *killer;
    i64 done, pid = *(i64 *)context;
    if (((const struct one *)row)->n > 1)
        return OK;
    TRY(db_open(test_db_url(db), DB_WRITE, &killer));
    err e = db_i64(killer, SQL("SELECT pg_terminate_backend(CAST(:pid AS INTEGER), 5000)", P(pid)),
                   &done);
    db_close(killer);
    return e;
}

static void a_connection_lost_between_rows_is_reported(void **state)
{
    (void)state;
    i64 pid;
    assert_ok(db_i64(db, SQL("SELECT pg_backend_pid()"), &pid));
    struct db_each each = { ONE_ROW, sizeof(struct one), mem, stop_server_side, &pid };
    assert_err(
        db_each(db,
                SQL("SELECT n FROM (SELECT CAST(g AS BIGINT) AS n FROM generate_series(1, 600) g)"
                    " x"),
                &each),
        ERR_BUSY, "db.away");
    assert_int_equal(notes(db), 0);
}

static err raise_state(struct db *from, const char *state)
{
    static char texts[32][160];
    static size_t used;
    static const struct param none = { 0 };
    char *text = texts[used++ % 32];
    snprintf(text, sizeof texts[0],
             "DO $$ BEGIN RAISE EXCEPTION 'test %zu' USING ERRCODE = '%s'; END $$", used, state);
    return db_run(from, (struct sql){ text, __FILE__, __LINE__, 0, &none }, NULL);
}

static void states_have_the_houses_names(void **state)
{
    (void)state;
    static const struct {
        const char *state;
        enum err_code code;
        const char *name;
    } CASES[] = {
        { "23505", ERR_CONFLICT, "db.unique" },    { "23503", ERR_CONFLICT, "db.reference" },
        { "23001", ERR_CONFLICT, "db.reference" }, { "23514", ERR_INTERNAL, "db.failed" },
        { "40001", ERR_BUSY, "db.busy" },          { "40P01", ERR_BUSY, "db.busy" },
        { "55P03", ERR_BUSY, "db.busy" },          { "57014", ERR_BUSY, "db.timeout" },
        { "53100", ERR_BUSY, "db.full" },          { "53300", ERR_BUSY, "db.away" },
        { "57P01", ERR_BUSY, "db.away" },          { "57P02", ERR_BUSY, "db.away" },
        { "08006", ERR_BUSY, "db.away" },          { "25006", ERR_BUSY, "db.away" },
        { "XX001", ERR_INTERNAL, "db.corrupt" },   { "42601", ERR_INTERNAL, "db.failed" },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        assert_err(raise_state(db, CASES[i].state), CASES[i].code, CASES[i].name);
        assert_int_equal(notes(db), 0); /* and the connection serves again */
    }
}

static void statements_do_not_run_for_ever(void **state)
{
    (void)state;
    assert_ok(db_script(db, str_of("SET statement_timeout = '50ms'")));
    err e = db_run(db, SQL("SELECT pg_sleep(5)"), NULL);
    assert_err(e, ERR_BUSY, "db.timeout");
    assert_false(db_may_retry(e));
}

static void a_plan_that_the_schema_outgrew_is_made_again(void **state)
{
    (void)state;
    for (int turn = 0; turn < 2; turn++)
        assert_ok(db_run(db, SQL("SELECT * FROM notes"), NULL));
    assert_ok(db_script(db, str_of("ALTER TABLE notes ADD COLUMN more @int")));
    err e = OK;
    for (int turn = 0; turn < 2; turn++) {
        e = db_run(db, SQL("SELECT * FROM notes"), NULL);
        assert_true(e.code == ERR_NONE || db_may_retry(e));
    }
    assert_ok(e);
}

/* The lock is the organisation's: another one's writer does not wait; one that changes its
 * organisation in the transaction takes the lock with its first statement there. */
static void organisations_do_not_wait_for_each_other(void **state)
{
    (void)state;
    struct db *other = second_writer(2);
    assert_ok(db_begin(db));
    assert_ok(note_add(db, "a"));
    assert_ok(db_begin(other));
    assert_ok(note_add(other, "b"));
    db_set_org(other, 1);
    assert_err(note_add(other, "c"), ERR_BUSY, "db.busy");
    db_rollback(other);
    assert_ok(db_commit(db));
    assert_ok(db_begin(other));
    assert_ok(note_add(other, "c"));
    assert_ok(db_commit(other));
    db_close(other);
    assert_int_equal(notes(db), 2);
}

static void pg_dump_makes_backups(void **state)
{
    (void)state;
    assert_err(db_backup(db, str_of("/tmp/x")), ERR_INVALID, "db.use_pg_dump");
}

static void settings_hold_on_each_connection(void **state)
{
    (void)state;
    struct db *reader;
    i64 yes;
    assert_ok(db_i64(db,
                     SQL("SELECT count(*) FROM pg_settings WHERE (name, setting) IN ("
                         "('statement_timeout', '30000'), ('lock_timeout', '5000'),"
                         " ('application_name', 'huotang'), ('client_encoding', 'UTF8'),"
                         " ('default_transaction_read_only', 'off'))"),
                     &yes));
    assert_int_equal(yes, 5);
    assert_ok(db_open(test_db_url(db), DB_READ, &reader));
    for (int turn = 0; turn < 2; turn++) {
        assert_ok(db_i64(reader,
                         SQL("SELECT count(*) FROM pg_settings WHERE (name, setting) IN ("
                             "('default_transaction_read_only', 'on'))"),
                         &yes));
        assert_int_equal(yes, 1);
        terminate(reader);
        assert_ok(db_begin(reader)); /* the new connection reads only, too */
        assert_ok(db_commit(reader));
    }
    db_close(reader);
}

int main(void)
{
    const struct CMUnitTest sqlite[] = {
        cmocka_unit_test_setup_teardown(writers_of_one_organisation_take_turns, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_was_read_still_holds_when_writing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_full_disk_fails_the_commit, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_full_disk_in_a_group_is_noticed_by_all, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(the_file_is_private, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_commit_is_on_disk, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_backup_holds_what_was_committed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(damage_is_reported, set_up, tear_down),
    };
    const struct CMUnitTest postgres[] = {
        cmocka_unit_test_setup_teardown(writers_of_one_organisation_take_turns, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_was_read_still_holds_when_writing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_lock_that_was_not_got_stays_the_reason, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(begin_recovers_from_a_lost_connection, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_connection_lost_in_a_transaction_loses_it, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(outside_a_transaction_the_next_statement_recovers, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_commit_that_gets_no_answer_is_unknown, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_commit_with_a_warning_is_unknown, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_connection_lost_between_rows_is_reported, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(states_have_the_houses_names, set_up, tear_down),
        cmocka_unit_test_setup_teardown(statements_do_not_run_for_ever, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_plan_that_the_schema_outgrew_is_made_again, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(organisations_do_not_wait_for_each_other, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(pg_dump_makes_backups, set_up, tear_down),
        cmocka_unit_test_setup_teardown(settings_hold_on_each_connection, set_up, tear_down),
    };
    if (test_db_engine() == DB_SQLITE)
        return cmocka_run_group_tests(sqlite, NULL, NULL);
    return cmocka_run_group_tests(postgres, NULL, NULL);
}
