/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The SQLite engine: the only file that includes sqlite3.h. WAL with synchronous=FULL, so that a
 * commit that returned is on disk; strict and defensive settings, so that SQLite refuses what
 * PostgreSQL refuses. The common half is db.c. */
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "platform/base/log.h"
#include "platform/db/db_engine.h"

struct native {
    sqlite3 *handle;
    sqlite3_stmt *control[DB_CONTROLS];
    sqlite3_stmt *version;
    i64 changes_before; /* total at the start of the present statement */
};

static const char *const CONTROL[DB_CONTROLS] = {
    [DB_COMMIT] = "COMMIT",     [DB_ROLLBACK] = "ROLLBACK",         [DB_SAVEPOINT] = "SAVEPOINT s",
    [DB_RELEASE] = "RELEASE s", [DB_ROLLBACK_TO] = "ROLLBACK TO s",
};

/* synchronous=FULL: an answer means it is on disk. The writer never competes in normal service; the
 * timeout is for the command line beside a running server. What is mapped counts as memory of the
 * house (quality R8), so no more than 256 MiB. The cache holds only pages beyond that; a connection
 * that once looked at many keeps it for good, and the system has them anyway, so it is small. */
static const char SETTINGS[] = "PRAGMA busy_timeout=5000;"
                               "PRAGMA journal_mode=WAL;"
                               "PRAGMA synchronous=FULL;"
                               "PRAGMA foreign_keys=ON;"
                               "PRAGMA mmap_size=268435456;"
                               "PRAGMA cache_size=-3000;"
                               "PRAGMA temp_store=MEMORY;"
                               "PRAGMA journal_size_limit=67108864;";

static struct native *native_of(struct db *db)
{
    return db->native;
}

/* ---- errors ---- */

static bool means_full(int cause)
{
    return cause == ENOSPC || cause == EDQUOT || cause == EFBIG;
}

static bool is_disk_full(sqlite3 *handle, int rc)
{
    return (rc & 0xFF) == SQLITE_FULL ||
           ((rc & 0xFF) == SQLITE_IOERR && means_full(sqlite3_system_errno(handle)));
}

/* RESTRICT reports as a trigger's refusal; the house has no triggers of its own. */
static err constraint_error(int rc)
{
    switch (rc) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
        return err_make(ERR_CONFLICT, "db.unique");
    case SQLITE_CONSTRAINT_FOREIGNKEY:
    case SQLITE_CONSTRAINT_TRIGGER:
        return err_make(ERR_CONFLICT, "db.reference");
    default:
        return err_make(ERR_INTERNAL, "db.failed");
    }
}

static err map_error(struct db *db, const struct db_stmt *stmt, int rc)
{
    sqlite3 *handle = native_of(db)->handle;
    err e = err_make(ERR_INTERNAL, "db.failed");
    if (is_disk_full(handle, rc))
        e = err_make(ERR_BUSY, "db.full");
    else if ((rc & 0xFF) == SQLITE_CONSTRAINT)
        e = constraint_error(rc);
    else if ((rc & 0xFF) == SQLITE_BUSY || (rc & 0xFF) == SQLITE_LOCKED)
        e = err_make(ERR_BUSY, "db.busy");
    else if ((rc & 0xFF) == SQLITE_CORRUPT || (rc & 0xFF) == SQLITE_NOTADB)
        e = err_make(ERR_INTERNAL, "db.corrupt");
    if (e.code == ERR_CONFLICT || err_is(e, "db.busy"))
        return e;
    return db_report(stmt, e, sqlite3_errmsg(handle));
}

/* ---- opening ---- */

/* One connection is used by one thread at a time, and SQLite's global memory counters cost a lock:
 * both off, once. */
static void configure_library(void)
{
    sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

static int exec(sqlite3 *handle, const char *text)
{
    return sqlite3_exec(handle, text, NULL, NULL, NULL);
}

static int set_up(sqlite3 *handle, enum db_mode mode)
{
    static const struct {
        int option, value;
    } SWITCHES[] = {
        { SQLITE_DBCONFIG_DEFENSIVE, 1 },
        { SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
        { SQLITE_DBCONFIG_DQS_DML, 0 },
        { SQLITE_DBCONFIG_DQS_DDL, 0 },
    };
    for (size_t i = 0; i < sizeof SWITCHES / sizeof *SWITCHES; i++) {
        int rc = sqlite3_db_config(handle, SWITCHES[i].option, SWITCHES[i].value, NULL);
        if (rc != SQLITE_OK)
            return rc;
    }
    sqlite3_extended_result_codes(handle, 1);
    int rc = exec(handle, SETTINGS);
    if (rc == SQLITE_OK && mode == DB_READ)
        rc = exec(handle, "PRAGMA query_only=ON");
    return rc;
}

/* The file holds personal data: only its owner may read it. SQLite gives -wal and -shm the same
 * mode. */
static void make_private(const char *path)
{
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd >= 0)
        close(fd);
}

static void sqlite_disconnect(struct db *db)
{
    struct native *native = native_of(db);
    if (!native)
        return;
    for (size_t i = 0; i < db->cache_size; i++)
        if (db->cache[i])
            sqlite3_finalize(db->cache[i]->native);
    for (int i = 0; i < DB_CONTROLS; i++)
        sqlite3_finalize(native->control[i]);
    sqlite3_finalize(native->version);
    int rc = sqlite3_close(native->handle);
    assert(rc == SQLITE_OK); /* every statement was finalized above */
    (void)rc;
    db->native = NULL;
}

static err sqlite_connect(struct db *db)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    const char *path = db->url + strlen("sqlite:");
    bool in_memory = strcmp(path, ":memory:") == 0;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    pthread_once(&once, configure_library);
    if (!in_memory && db->mode == DB_WRITE)
        make_private(path);
    struct native *native = arena_zero(db->mem, sizeof *native);
    int rc =
        sqlite3_open_v2(path, &native->handle, flags | (in_memory ? SQLITE_OPEN_CREATE : 0), NULL);
    db->native = native;
    if ((rc & 0xFF) == SQLITE_CANTOPEN)
        return db_report(NULL, err_make_with(ERR_INVALID, "db.url", str_of(path), (str){ 0 }),
                         sqlite3_errmsg(native->handle));
    if (rc == SQLITE_OK)
        rc = set_up(native->handle, db->mode);
    for (int i = 0; i < DB_CONTROLS && rc == SQLITE_OK; i++) {
        const char *begin = db->mode == DB_WRITE ? "BEGIN IMMEDIATE" : "BEGIN";
        rc = sqlite3_prepare_v3(native->handle, CONTROL[i] ? CONTROL[i] : begin, -1,
                                SQLITE_PREPARE_PERSISTENT, &native->control[i], NULL);
    }
    return rc == SQLITE_OK ? OK : map_error(db, NULL, rc);
}

static bool sqlite_is_connected(struct db *db)
{
    return db->native != NULL;
}

static bool sqlite_is_in_tx(struct db *db)
{
    return !sqlite3_get_autocommit(native_of(db)->handle);
}

/* ---- statements ---- */

static err sqlite_prepare(struct db *db, struct db_stmt *stmt)
{
    sqlite3_stmt *prepared = NULL;
    const char *tail = NULL;
    int rc = sqlite3_prepare_v3(native_of(db)->handle, stmt->text, -1, SQLITE_PREPARE_PERSISTENT,
                                &prepared, &tail);
    if (rc != SQLITE_OK)
        return map_error(db, stmt, rc);
    str rest = str_of(tail), second;
    if (db_script_next(&rest, &second))
        db_misuse(stmt, "more than one statement in a literal", second);
    stmt->native = prepared;
    return OK;
}

static void sqlite_forget(struct db *db, struct db_stmt *stmt)
{
    (void)db;
    sqlite3_finalize(stmt->native);
    stmt->native = NULL;
}

static int bind(sqlite3_stmt *prepared, int number, const struct param *value)
{
    const char *text = value->text.ptr ? value->text.ptr : ""; /* a NULL pointer would bind NULL */
    if (value->type == PARAM_I64)
        return sqlite3_bind_int64(prepared, number, value->number);
    if (value->type == PARAM_STR)
        return sqlite3_bind_text64(prepared, number, text, value->text.len, SQLITE_STATIC,
                                   SQLITE_UTF8);
    return sqlite3_bind_blob64(prepared, number, text, value->text.len, SQLITE_STATIC);
}

static err sqlite_start(struct db *db, struct db_stmt *stmt, bool each)
{
    (void)each; /* SQLite always gives row by row */
    int rc = SQLITE_OK;
    for (size_t i = 0; i < stmt->slot_count && rc == SQLITE_OK; i++)
        rc = bind(stmt->native, (int)i + 1, stmt->values[i]);
    native_of(db)->changes_before = sqlite3_total_changes64(native_of(db)->handle);
    return rc == SQLITE_OK ? OK : map_error(db, stmt, rc);
}

static err sqlite_step(struct db *db, struct db_stmt *stmt, bool *row)
{
    int rc = sqlite3_step(stmt->native);
    *row = rc == SQLITE_ROW;
    return rc == SQLITE_ROW || rc == SQLITE_DONE ? OK : map_error(db, stmt, rc);
}

static void sqlite_finish(struct db *db, struct db_stmt *stmt)
{
    (void)db;
    sqlite3_reset(stmt->native);
}

static size_t sqlite_columns(struct db *db, struct db_stmt *stmt)
{
    (void)db;
    return (size_t)sqlite3_column_count(stmt->native);
}

static const char *sqlite_column_name(struct db *db, struct db_stmt *stmt, size_t column)
{
    (void)db;
    return sqlite3_column_name(stmt->native, (int)column);
}

/* Text is read as a blob: the bytes are the same, and SQLite need not copy them to append a NUL. A
 * column's value may be asked directly because the library runs without its own mutexes. */
static struct db_cell sqlite_cell(struct db *db, struct db_stmt *stmt, size_t column)
{
    (void)db;
    struct db_cell cell = { PARAM_NONE, 0, { NULL, 0 } };
    sqlite3_value *value = sqlite3_column_value(stmt->native, (int)column);
    int type = sqlite3_value_type(value);
    switch (type) {
    case SQLITE_NULL:
        break;
    case SQLITE_INTEGER:
        cell.type = PARAM_I64;
        cell.number = sqlite3_value_int64(value);
        break;
    case SQLITE_FLOAT:
        db_misuse(stmt, "column is a floating-point number",
                  str_of(sqlite3_column_name(stmt->native, (int)column)));
    default:
        cell.type = type == SQLITE_TEXT ? PARAM_STR : PARAM_BYTES;
        cell.text.ptr = sqlite3_value_blob(value);
        cell.text.len = (size_t)sqlite3_value_bytes(value);
    }
    return cell;
}

static i64 sqlite_row_count(struct db *db, struct db_stmt *stmt)
{
    (void)db;
    (void)stmt;
    return -1;
}

/* SQLite keeps the number of the last change through statements that change nothing: the total
 * tells. */
static i64 sqlite_changed(struct db *db, struct db_stmt *stmt)
{
    (void)stmt;
    struct native *native = native_of(db);
    bool any = sqlite3_total_changes64(native->handle) != native->changes_before;
    return any ? sqlite3_changes64(native->handle) : 0;
}

/* ---- transactions and whole-database work ---- */

/* A failing COMMIT leaves its cause in errno only, not in sqlite3_system_errno. */
static int run_control(struct native *native, enum db_control what)
{
    errno = 0;
    int rc = sqlite3_step(native->control[what]);
    bool full = (rc & 0xFF) == SQLITE_IOERR && means_full(errno);
    sqlite3_reset(native->control[what]);
    return full ? SQLITE_FULL : rc;
}

static err sqlite_control(struct db *db, enum db_control what)
{
    struct native *native = native_of(db);
    int rc = run_control(native, what);
    if (rc == SQLITE_DONE && what == DB_ROLLBACK_TO)
        rc = run_control(native, DB_RELEASE);
    return rc == SQLITE_DONE ? OK : map_error(db, NULL, rc);
}

/* Begins to read, so that the number is that of the snapshot. */
static err sqlite_version(struct db *db, i64 *out)
{
    struct native *native = native_of(db);
    int rc = SQLITE_OK;
    if (!native->version)
        rc = sqlite3_prepare_v3(native->handle, "PRAGMA data_version", -1,
                                SQLITE_PREPARE_PERSISTENT, &native->version, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_step(native->version);
    if (rc == SQLITE_ROW)
        *out = sqlite3_column_int64(native->version, 0);
    sqlite3_reset(native->version);
    return rc == SQLITE_ROW ? OK : map_error(db, NULL, rc);
}

static err sqlite_exec(struct db *db, const char *text)
{
    int rc = exec(native_of(db)->handle, text);
    return rc == SQLITE_OK ? OK : map_error(db, NULL, rc);
}

/* A migration may drop and rebuild a table that others refer to; references are checked as a whole
 * before its commit. */
static err sqlite_lock_migrations(struct db *db, bool on)
{
    return sqlite_exec(db, on ? "PRAGMA foreign_keys=OFF" : "PRAGMA foreign_keys=ON");
}

/* Runs a PRAGMA that lists faults. A row that is not the word `fine` is one. */
static err check_pragma(struct db *db, const char *pragma, const char *fine)
{
    sqlite3_stmt *prepared = NULL;
    err e = OK;
    int rc = sqlite3_prepare_v2(native_of(db)->handle, pragma, -1, &prepared, NULL);
    while (rc == SQLITE_OK || rc == SQLITE_ROW) {
        rc = sqlite3_step(prepared);
        const char *says = rc == SQLITE_ROW ? (const char *)sqlite3_column_text(prepared, 0) : fine;
        if (says && strcmp(says, fine) != 0)
            e = db_report(NULL, err_make(ERR_INTERNAL, "db.corrupt"), says);
    }
    if (rc != SQLITE_DONE)
        e = map_error(db, NULL, rc);
    sqlite3_finalize(prepared);
    return e;
}

static err sqlite_check_references(struct db *db)
{
    return check_pragma(db, "PRAGMA foreign_key_check", "");
}

/* Other connections read the figures with the schema only: a view that comes and goes makes them
 * read it again. */
static err sqlite_analyze(struct db *db, bool bulk)
{
    (void)bulk;
    TRY(sqlite_exec(db, "PRAGMA analysis_limit=400"));
    TRY(sqlite_exec(db, "SAVEPOINT analyze"));
    err e = sqlite_exec(db, "ANALYZE; CREATE VIEW analyzed AS SELECT 1 AS one; DROP VIEW analyzed");
    if (e.code != ERR_NONE)
        exec(native_of(db)->handle, "ROLLBACK TO analyze");
    err released = sqlite_exec(db, "RELEASE analyze");
    return e.code != ERR_NONE ? e : released;
}

static err sqlite_check(struct db *db)
{
    TRY(check_pragma(db, "PRAGMA integrity_check", "ok"));
    return sqlite_check_references(db);
}

/* Copies in one go under one read snapshot: writers go on in the WAL meanwhile. */
static int copy_to(sqlite3 *from, const char *path)
{
    sqlite3 *to = NULL;
    int rc = sqlite3_open_v2(path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    sqlite3_backup *copy = rc == SQLITE_OK ? sqlite3_backup_init(to, "main", from, "main") : NULL;
    if (copy) {
        sqlite3_backup_step(copy, -1);
        rc = sqlite3_backup_finish(copy);
    } else if (rc == SQLITE_OK) {
        rc = sqlite3_errcode(to);
    }
    sqlite3_close(to);
    return rc;
}

/* Forces the entry of a file in its folder to disk. */
static bool sync_folder(struct db *db, const char *path)
{
    char *copy = (char *)(uintptr_t)arena_cstr(db->mem, str_of(path));
    int fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool ok = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0)
        close(fd);
    return ok;
}

/* Whoever finds the file under its name finds it whole: it is written beside it and renamed. */
static err sqlite_backup(struct db *db, const char *path)
{
    struct stat there;
    if (stat(path, &there) == 0)
        return err_make_with(ERR_INVALID, "db.backup_exists", str_of(path), (str){ 0 });
    const char *part = arena_printf(db->mem, "%s.part", path).ptr;
    unlink(part);
    make_private(part);
    int rc = copy_to(native_of(db)->handle, part);
    int fd = open(part, O_RDWR | O_CLOEXEC);
    bool kept = rc == SQLITE_OK && fd >= 0 && fsync(fd) == 0 && rename(part, path) == 0 &&
                sync_folder(db, path);
    int cause = errno;
    if (fd >= 0)
        close(fd);
    if (kept)
        return OK;
    unlink(part);
    bool full = (rc & 0xFF) == SQLITE_FULL || cause == ENOSPC;
    return db_report(NULL,
                     full ? err_make(ERR_BUSY, "db.full") : err_make(ERR_INTERNAL, "db.failed"),
                     rc == SQLITE_OK ? "backup file cannot be written" : sqlite3_errstr(rc));
}

const struct db_ops DB_SQLITE_OPS = {
    .engine = DB_SQLITE,
    .mark = '?',
    .connect = sqlite_connect,
    .disconnect = sqlite_disconnect,
    .is_connected = sqlite_is_connected,
    .is_in_tx = sqlite_is_in_tx,
    .prepare = sqlite_prepare,
    .forget = sqlite_forget,
    .start = sqlite_start,
    .step = sqlite_step,
    .finish = sqlite_finish,
    .columns = sqlite_columns,
    .column_name = sqlite_column_name,
    .cell = sqlite_cell,
    .row_count = sqlite_row_count,
    .changed = sqlite_changed,
    .control = sqlite_control,
    .exec = sqlite_exec,
    .lock_migrations = sqlite_lock_migrations,
    .check_references = sqlite_check_references,
    .version = sqlite_version,
    .analyze = sqlite_analyze,
    .check = sqlite_check,
    .backup = sqlite_backup,
};
