/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The PostgreSQL engine: the only file that includes libpq. Statements are prepared by name on each
 * connection, parameters go out typed and binary, results come back binary. A lost connection is
 * noticed, dropped and opened again by the common half (db.c) when no transaction depends on it. */
#include <assert.h>
#include <endian.h>
#include <libpq-fe.h>
#include <poll.h>

#include "platform/base/clock.h"
#include "platform/base/log.h"
#include "platform/db/db_engine.h"

enum { OID_BOOL = 16, OID_BYTEA = 17, OID_INT8 = 20, OID_INT2 = 21, OID_INT4 = 23, OID_TEXT = 25 };
enum { OID_NAME = 19, OID_JSON = 114, OID_UNKNOWN = 705, OID_BPCHAR = 1042, OID_VARCHAR = 1043 };
enum { OID_VOID = 2278, FETCH_ROWS = 256, COMMIT_WAIT_MS = 30000 };

/* Key of the house's advisory locks: this plus an organisation's id; this alone for migrations. */
static const i64 LOCK_KEY = 0x68756F7400000000;

struct native {
    PGconn *conn; /* NULL = lost */
    unsigned
        generation;    /* counts connections: a statement of an older one must be prepared again */
    unsigned prepared; /* names given out */
    i64 locked_org;    /* whose write lock the present transaction holds */
    bool is_warned;    /* the server has warned since this was last set */
};

struct pg_stmt {
    unsigned generation;
    unsigned number; /* of its name */
    Oid *types;
    const char **values;
    int *lengths, *formats;
    uint64_t *numbers; /* in network order, where values point */
    PGresult *result;
    int row, rows;
    bool cursor; /* rows come in batches from a cursor … */
    bool own_tx; /* … in a transaction that only serves it */
};

static struct native *native_of(struct db *db)
{
    return db->native;
}

static struct pg_stmt *pg_of(struct db_stmt *stmt)
{
    return stmt->native;
}

/* ---- errors ---- */

static void drop_connection(struct native *native)
{
    PQfinish(native->conn);
    native->conn = NULL;
}

/* SQLSTATEs with a meaning for the house; a prefix stands for its whole class. First match counts.
 * */
static const struct {
    const char *state;
    enum err_code code;
    const char *name;
} STATES[] = {
    { "23505", ERR_CONFLICT, "db.unique" },
    { "23503", ERR_CONFLICT, "db.reference" },
    { "23001", ERR_CONFLICT, "db.reference" },
    { "40001", ERR_BUSY, "db.busy" },
    { "40P01", ERR_BUSY, "db.busy" },
    { "55P03", ERR_BUSY, "db.busy" },
    { "57014", ERR_BUSY, "db.timeout" },
    { "53100", ERR_BUSY, "db.full" },
    { "53", ERR_BUSY, "db.away" },
    { "57P", ERR_BUSY, "db.away" },
    { "08", ERR_BUSY, "db.away" },
    { "XX001", ERR_INTERNAL, "db.corrupt" },
    { "XX002", ERR_INTERNAL, "db.corrupt" },
};

static err error_of_state(str state)
{
    for (size_t i = 0; i < sizeof STATES / sizeof *STATES; i++)
        if (str_starts(state, str_of(STATES[i].state)))
            return err_make(STATES[i].code, STATES[i].name);
    return err_make(ERR_INTERNAL, "db.failed");
}

/* The err of a result. A connection that is of no more use is dropped here: a broken one, and a
 * writer's that found itself on a standby after a switch-over (25006). */
static err map_error(struct db *db, const struct db_stmt *stmt, const PGresult *result)
{
    struct native *native = native_of(db);
    const char *state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    const char *says = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
    err e = error_of_state(str_of(state));
    bool on_standby = db->mode == DB_WRITE && state && strcmp(state, "25006") == 0;
    if (!state || PQstatus(native->conn) != CONNECTION_OK || on_standby)
        e = err_make(ERR_BUSY, "db.away");
    if (e.code != ERR_CONFLICT && !err_is(e, "db.busy"))
        e = db_report(stmt, e, says ? says : PQerrorMessage(native->conn));
    if (err_is(e, "db.away"))
        drop_connection(native);
    return e;
}

static bool is_good(const PGresult *result)
{
    ExecStatusType status = PQresultStatus(result);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

/* Runs text without parameters and forgets its rows. */
static err simple(struct db *db, const struct db_stmt *stmt, const char *text)
{
    PGresult *result = PQexec(native_of(db)->conn, text);
    err e = is_good(result) ? OK : map_error(db, stmt, result);
    PQclear(result);
    return e;
}

/* ---- connecting ---- */

/* Of what the server remarks only warnings are of interest, and those only of a COMMIT. */
static void note_warning(void *context, const PGresult *notice)
{
    struct native *native = context;
    const char *severity = PQresultErrorField(notice, PG_DIAG_SEVERITY_NONLOCALIZED);
    native->is_warned = native->is_warned || (severity && strcmp(severity, "WARNING") == 0);
}

/* What stands before dbname may be overridden by the URL, what stands behind may not. Of several
 * hosts the one that takes writes, for who reads too: a standby is behind, and who has just saved
 * would not find it there. A host that falls silent is given up by the times for TCP: without them
 * an answer that never comes is waited for two hours. */
static PGconn *connect_to(const char *url, enum db_mode mode)
{
    const char *const keys[] = { "connect_timeout",      "application_name",
                                 "target_session_attrs", "tcp_user_timeout",
                                 "keepalives_idle",      "keepalives_interval",
                                 "keepalives_count",     "dbname",
                                 "client_encoding",      NULL };
    /* a reading loop waits for nobody else meanwhile */
    const char *const values[] = { mode == DB_WRITE ? "5" : "2",
                                   "huotang",
                                   "read-write",
                                   mode == DB_WRITE ? "15000" : "5000",
                                   "5",
                                   "5",
                                   "3",
                                   url,
                                   "UTF8",
                                   NULL };
    return PQconnectdbParams(keys, values, 1);
}

static const char SETTINGS[] = "SET standard_conforming_strings = on;"
                               "SET timezone = 'UTC';"
                               "SET idle_in_transaction_session_timeout = '60s'";

static const char TIMEOUTS[] = "SET statement_timeout = '30s'; SET lock_timeout = '5s'";

static err pg_connect(struct db *db)
{
    if (!db->native)
        db->native = arena_zero(db->mem, sizeof(struct native));
    struct native *native = native_of(db);
    drop_connection(native);
    native->conn = connect_to(db->url, db->mode);
    if (PQstatus(native->conn) != CONNECTION_OK) {
        err e = db_report(NULL, err_make(ERR_BUSY, "db.away"), PQerrorMessage(native->conn));
        drop_connection(native);
        return e;
    }
    PQsetNoticeReceiver(native->conn, note_warning, native);
    native->generation++;
    TRY(simple(db, NULL, SETTINGS));
    TRY(simple(db, NULL, TIMEOUTS));
    return db->mode == DB_READ ? simple(db, NULL, "SET default_transaction_read_only = on") : OK;
}

static void pg_disconnect(struct db *db)
{
    if (db->native)
        drop_connection(native_of(db));
}

static bool pg_is_connected(struct db *db)
{
    PGconn *conn = native_of(db)->conn;
    return conn && PQstatus(conn) == CONNECTION_OK;
}

static bool pg_is_in_tx(struct db *db)
{
    PGTransactionStatusType status = PQtransactionStatus(native_of(db)->conn);
    return status == PQTRANS_INTRANS || status == PQTRANS_INERROR;
}

/* ---- transactions ---- */

static const char *const CONTROL[DB_CONTROLS] = {
    [DB_BEGIN] = "BEGIN",       [DB_COMMIT] = "COMMIT",
    [DB_ROLLBACK] = "ROLLBACK", [DB_SAVEPOINT] = "SAVEPOINT s",
    [DB_RELEASE] = "RELEASE s", [DB_ROLLBACK_TO] = "ROLLBACK TO s; RELEASE s",
};

/* Takes the organisation's write lock, held to the end of the transaction (or back to a savepoint).
 * With it the writes of one organisation follow each other as on SQLite: rules need not fear what
 * another request does between two statements. Taken by the first statement that names :org, not by
 * BEGIN: whose organisation a request is for is only known after its session was read. */
static err lock_org(struct db *db)
{
    char text[64];
    snprintf(text, sizeof text, "SELECT pg_advisory_xact_lock(%lld)",
             (long long)(LOCK_KEY + db->org));
    TRY(simple(db, NULL, text));
    native_of(db)->locked_org = db->org;
    return OK;
}

static err unknown(const char *why)
{
    return db_report(NULL, err_make(ERR_BUSY, "db.commit_unknown"), why);
}

/* Whether the answer to what was sent, or the loss of the connection, has come in time. */
static bool is_answered(PGconn *conn, i64 wait_ms)
{
    i64 end = clock_steady_ms() + wait_ms;
    while (PQisBusy(conn)) {
        struct pollfd fd = { .fd = PQsocket(conn), .events = POLLIN };
        i64 left = end - clock_steady_ms();
        if (left <= 0)
            return false;
        poll(&fd, 1, (int)left);
        if (!PQconsumeInput(conn))
            return true;
    }
    return true;
}

/* COMMIT of a failed transaction answers ROLLBACK without an error; a server that goes away
 * meanwhile leaves it open whether the commit took place. Where every write must be in a second
 * database too, COMMIT waits for one, without end while there is none: it is given up, and so is
 * the connection, on which it goes on waiting. Whoever stops the wait on the server gets a COMMIT
 * with a warning: it is in one place only, so nobody may be told that it is saved. */
static err commit(struct db *db)
{
    struct native *native = native_of(db);
    native->is_warned = false;
    bool is_sent = PQsendQuery(native->conn, "COMMIT");
    if (is_sent && !is_answered(native->conn, COMMIT_WAIT_MS)) {
        drop_connection(native);
        return unknown("COMMIT waits for a second database");
    }
    PGresult *result = is_sent ? PQgetResult(native->conn) : NULL, *more;
    err e = OK;
    if (!is_good(result))
        e = map_error(db, NULL, result);
    else if (strcmp(PQcmdStatus(result), "COMMIT") != 0)
        e = db_report(NULL, err_make(ERR_INTERNAL, "db.failed"), "commit of a failed transaction");
    else if (native->is_warned)
        e = unknown("COMMIT with a warning");
    PQclear(result);
    while ((more = PQgetResult(native->conn)))
        PQclear(more);
    return err_is(e, "db.away") ? err_make(ERR_BUSY, "db.commit_unknown") : e;
}

static err pg_control(struct db *db, enum db_control what)
{
    if (what == DB_COMMIT)
        return commit(db);
    if (what == DB_BEGIN || what == DB_ROLLBACK_TO)
        native_of(db)->locked_org = 0; /* a lock taken after a savepoint goes with it */
    if (what == DB_BEGIN && db->mode == DB_READ)
        return simple(db, NULL, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    return simple(db, NULL, CONTROL[what]);
}

/* ---- statements ---- */

static Oid type_of(enum param_type type)
{
    return type == PARAM_I64 ? OID_INT8 : type == PARAM_STR ? OID_TEXT : OID_BYTEA;
}

struct stmt_name {
    char text[24];
};

static struct stmt_name name_of(const char *prefix, const struct pg_stmt *pg)
{
    struct stmt_name name;
    snprintf(name.text, sizeof name.text, "%s%u", prefix, pg->number);
    return name;
}

static err prepare_now(struct db *db, struct db_stmt *stmt)
{
    struct native *native = native_of(db);
    struct pg_stmt *pg = pg_of(stmt);
    pg->number = ++native->prepared;
    PGresult *result = PQprepare(native->conn, name_of("h", pg).text, stmt->text,
                                 (int)stmt->slot_count, pg->types);
    err e = is_good(result) ? OK : map_error(db, stmt, result);
    PQclear(result);
    pg->generation = e.code == ERR_NONE ? native->generation : 0;
    stmt->map = NULL; /* a type may have changed */
    return e;
}

static err pg_prepare(struct db *db, struct db_stmt *stmt)
{
    size_t n = stmt->slot_count;
    struct pg_stmt *pg = arena_zero(stmt->mem, sizeof *pg);
    pg->types = arena_array(stmt->mem, n, sizeof *pg->types);
    pg->values = arena_array(stmt->mem, n, sizeof *pg->values);
    pg->lengths = arena_array(stmt->mem, n, sizeof *pg->lengths);
    pg->formats = arena_array(stmt->mem, n, sizeof *pg->formats);
    pg->numbers = arena_array(stmt->mem, n, sizeof *pg->numbers);
    for (size_t i = 0; i < n; i++) {
        pg->types[i] = type_of(stmt->values[i]->type);
        pg->formats[i] = 1;
    }
    stmt->native = pg;
    return prepare_now(db, stmt);
}

/* A server that no longer knows it (which only another hand on this connection could do) costs the
 * transaction, as any failed statement does. */
static void pg_forget(struct db *db, struct db_stmt *stmt)
{
    struct native *native = native_of(db);
    const struct pg_stmt *pg = pg_of(stmt);
    char text[200];
    struct stmt_name name = name_of("h", pg);
    if (!native || !native->conn || pg->generation != native->generation)
        return; /* gone with its connection */
    snprintf(text, sizeof text, "DEALLOCATE %s", name.text);
    err e = simple(db, stmt, text);
    db->broken = db->broken || (db->in_tx && e.code != ERR_NONE);
}

static void set_values(struct db_stmt *stmt)
{
    struct pg_stmt *pg = pg_of(stmt);
    for (size_t i = 0; i < stmt->slot_count; i++) {
        const struct param *value = stmt->values[i];
        if (type_of(value->type) != pg->types[i])
            db_misuse(stmt, "parameter has another type than in its first run", stmt->slots[i]);
        if (value->type == PARAM_I64) {
            pg->numbers[i] = htobe64((uint64_t)value->number);
            pg->values[i] = (const char *)&pg->numbers[i];
            pg->lengths[i] = 8;
        } else {
            assert(value->text.len <= INT32_MAX);
            pg->values[i] = value->text.ptr ? value->text.ptr : "";
            pg->lengths[i] = (int)value->text.len;
        }
    }
}

/* Keeps a result as the statement's rows. A plan that the schema has outgrown (0A000) or the server
 * has forgotten (26000) is prepared again next time. */
static err take_result(struct db *db, struct db_stmt *stmt, PGresult *result)
{
    struct pg_stmt *pg = pg_of(stmt);
    PQclear(pg->result);
    pg->result = result;
    pg->row = -1;
    pg->rows = PQntuples(result);
    if (is_good(result))
        return OK;
    str state = str_of(result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL);
    if (!str_is(state, "0A000") && !str_is(state, "26000"))
        return map_error(db, stmt, result);
    pg->generation = 0;
    return err_make(ERR_BUSY, "db.busy");
}

static err fetch(struct db *db, struct db_stmt *stmt)
{
    char text[64];
    snprintf(text, sizeof text, "FETCH %d FROM %s", FETCH_ROWS, name_of("c", pg_of(stmt)).text);
    return take_result(db, stmt,
                       PQexecParams(native_of(db)->conn, text, 0, NULL, NULL, NULL, NULL, 1));
}

/* Rows at constant memory: a cursor, read in batches, beside which other statements may run. */
static err open_cursor(struct db *db, struct db_stmt *stmt)
{
    struct pg_stmt *pg = pg_of(stmt);
    struct arena_mark mark = arena_mark(db->mem);
    const char *text = arena_printf(db->mem, "DECLARE %s NO SCROLL CURSOR FOR %s",
                                    name_of("c", pg).text, stmt->text)
                           .ptr;
    pg->own_tx = !pg_is_in_tx(db);
    err e = pg->own_tx ? simple(db, stmt, "BEGIN READ ONLY") : OK;
    if (e.code == ERR_NONE) {
        e = take_result(db, stmt,
                        PQexecParams(native_of(db)->conn, text, (int)stmt->slot_count, pg->types,
                                     pg->values, pg->lengths, pg->formats, 1));
        pg->cursor = e.code == ERR_NONE;
    }
    arena_reset_to(db->mem, mark);
    return e.code == ERR_NONE ? fetch(db, stmt) : e;
}

static err pg_start(struct db *db, struct db_stmt *stmt, bool each)
{
    struct native *native = native_of(db);
    struct pg_stmt *pg = pg_of(stmt);
    bool needs_lock = db->in_tx && db->mode == DB_WRITE && stmt->org_slot >= 0;
    if (needs_lock && native->locked_org != db->org)
        TRY(lock_org(db));
    if (pg->generation != native->generation)
        TRY(prepare_now(db, stmt));
    set_values(stmt);
    if (each && db_is_query(stmt->text))
        return open_cursor(db, stmt);
    return take_result(db, stmt,
                       PQexecPrepared(native->conn, name_of("h", pg).text, (int)stmt->slot_count,
                                      pg->values, pg->lengths, pg->formats, 1));
}

static err pg_step(struct db *db, struct db_stmt *stmt, bool *row)
{
    struct pg_stmt *pg = pg_of(stmt);
    if (pg->cursor && pg->row + 1 == pg->rows && pg->rows == FETCH_ROWS)
        TRY(fetch(db, stmt));
    pg->row++;
    *row = pg->row < pg->rows;
    return OK;
}

static void pg_finish(struct db *db, struct db_stmt *stmt)
{
    struct pg_stmt *pg = pg_of(stmt);
    PQclear(pg->result);
    pg->result = NULL;
    char text[64];
    snprintf(text, sizeof text, "CLOSE %s", name_of("c", pg).text);
    err e = OK;
    if (pg->own_tx && pg_is_connected(db))
        e = simple(db, stmt, "ROLLBACK"); /* it only read */
    else if (pg->cursor && pg_is_connected(db) &&
             PQtransactionStatus(native_of(db)->conn) == PQTRANS_INTRANS)
        e = simple(db, stmt, text);
    if (e.code != ERR_NONE)
        log_note(LOG_WARN, "db.cursor_close", "name", str_of(e.name));
    pg->cursor = pg->own_tx = false;
}

static size_t pg_columns(struct db *db, struct db_stmt *stmt)
{
    (void)db;
    return (size_t)PQnfields(pg_of(stmt)->result);
}

static const char *pg_column_name(struct db *db, struct db_stmt *stmt, size_t column)
{
    (void)db;
    return PQfname(pg_of(stmt)->result, (int)column);
}

/* A binary integer of 1, 2, 4 or 8 bytes in network order, with its sign. */
static i64 number_at(const char *value, int size)
{
    uint64_t number = 0;
    for (int i = 0; i < size; i++)
        number = number << 8 | (unsigned char)value[i];
    if (size == 4)
        return (int32_t)(uint32_t)number;
    if (size == 2)
        return (int16_t)(uint16_t)number;
    return (i64)number;
}

static struct db_cell pg_cell(struct db *db, struct db_stmt *stmt, size_t column)
{
    (void)db;
    struct pg_stmt *pg = pg_of(stmt);
    struct db_cell cell = { PARAM_NONE, 0, { NULL, 0 } };
    int c = (int)column;
    if (PQgetisnull(pg->result, pg->row, c))
        return cell;
    const char *value = PQgetvalue(pg->result, pg->row, c);
    int length = PQgetlength(pg->result, pg->row, c);
    switch (PQftype(pg->result, c)) {
    case OID_INT8:
    case OID_INT4:
    case OID_INT2:
    case OID_BOOL:
        cell.type = PARAM_I64;
        cell.number = number_at(value, length);
        break;
    case OID_TEXT:
    case OID_VARCHAR:
    case OID_BPCHAR:
    case OID_NAME:
    case OID_JSON:
    case OID_UNKNOWN:
        cell.type = PARAM_STR;
        cell.text = (str){ value, (size_t)length };
        break;
    case OID_BYTEA:
        cell.type = PARAM_BYTES;
        cell.text = (str){ value, (size_t)length };
        break;
    case OID_VOID:
        break;
    default:
        db_misuse(stmt, "column's type has no place in the house (SUM: CAST AS BIGINT)",
                  str_of(PQfname(pg->result, c)));
    }
    return cell;
}

static i64 pg_row_count(struct db *db, struct db_stmt *stmt)
{
    (void)db;
    return pg_of(stmt)->cursor ? -1 : pg_of(stmt)->rows;
}

static i64 pg_changed(struct db *db, struct db_stmt *stmt)
{
    (void)db;
    PGresult *result = pg_of(stmt)->result;
    i64 changed = 0;
    if (str_starts(str_of(PQcmdStatus(result)), str_of("SELECT")) ||
        !str_to_i64(str_of(PQcmdTuples(result)), &changed))
        return 0;
    return changed;
}

/* ---- whole-database work ---- */

static err pg_exec(struct db *db, const char *text)
{
    return simple(db, NULL, text);
}

static err pg_lock_migrations(struct db *db, bool on)
{
    char text[64];
    snprintf(text, sizeof text, "SELECT pg_advisory_%s(%lld)", on ? "lock" : "unlock",
             (long long)LOCK_KEY);
    if (!pg_is_connected(db))
        TRY(pg_connect(db));
    TRY(simple(db, NULL, on ? "SET statement_timeout = 0; SET lock_timeout = '60s'" : TIMEOUTS));
    return simple(db, NULL, text);
}

static err pg_check_references(struct db *db)
{
    (void)db; /* PostgreSQL checks them with each statement */
    return OK;
}

/* Autovacuum keeps the planner's figures, of what is committed. */
/* The house's own tables: a bare ANALYZE would hold the catalogues that all databases of a server
 * share until the transaction ends. */
static err pg_analyze(struct db *db, bool bulk)
{
    return bulk ? simple(db, NULL,
                         "DO $$ DECLARE t name; BEGIN FOR t IN SELECT relname FROM pg_class WHERE"
                         " relkind = 'r' AND relnamespace = current_schema()::regnamespace LOOP"
                         " EXECUTE format('ANALYZE %I', t); END LOOP; END $$")
                : OK;
}

/* One channel for each schema: two houses in one database do not hear each other. */
static err pg_listen(struct db *db)
{
    return simple(db, NULL,
                  "DO $$ BEGIN EXECUTE format('LISTEN %I', 'huotang_' ||"
                  " hashtext(current_schema())); END $$");
}

static void give_notices(PGconn *conn, db_notice_fn fn, void *context)
{
    for (PGnotify *notice; (notice = PQnotifies(conn));) {
        fn(context, str_of(notice->extra));
        PQfreemem(notice);
    }
}

static err pg_wait(struct db *db, i64 ms, db_notice_fn fn, void *context)
{
    struct native *native = native_of(db);
    struct pollfd fd = { .fd = PQsocket(native->conn), .events = POLLIN };
    give_notices(native->conn, fn, context); /* such as came with an answer */
    int n = poll(&fd, 1, (int)ms);
    if (n > 0 && !PQconsumeInput(native->conn))
        return map_error(db, NULL, NULL);
    if (n > 0)
        give_notices(native->conn, fn, context);
    return OK;
}

/* Who may not read the figures of others sees that they are there, and NULL instead of figures. A
 * backup under way is no standby. */
static err pg_replication(struct db *db, struct db_replication *out)
{
    static const struct field ROW[] = { FIELD(struct db_replication, replicas),
                                        FIELD(struct db_replication, lag_ms),
                                        FIELD(struct db_replication, lag_bytes),
                                        { 0 } };
    struct arena *mem = arena_new(1 << 16, 0);
    err e = db_one(
        db,
        SQL("WITH here AS (SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_receive_lsn()"
            " ELSE pg_current_wal_lsn() END AS lsn),"
            " others AS (SELECT state IS NULL AS hidden, EXTRACT(EPOCH FROM replay_lag) AS seconds,"
            " pg_wal_lsn_diff(here.lsn, COALESCE(replay_lsn, flush_lsn)) AS size"
            " FROM pg_stat_replication CROSS JOIN here WHERE state IS DISTINCT FROM 'backup')"
            " SELECT COUNT(*) AS replicas, CASE WHEN bool_or(hidden) THEN -1 ELSE"
            " CAST(COALESCE(MAX(seconds) * 1000, 0) AS BIGINT) END AS lag_ms,"
            " CASE WHEN bool_or(hidden) THEN -1 ELSE"
            " CAST(COALESCE(MAX(size), 0) AS BIGINT) END AS lag_bytes FROM others"),
        ROW, mem, out);
    arena_free(mem);
    return e;
}

static err pg_check(struct db *db)
{
    return simple(db, NULL, "SELECT 1");
}

static err pg_backup(struct db *db, const char *path)
{
    (void)db;
    (void)path;
    return err_make(ERR_INVALID, "db.use_pg_dump");
}

const struct db_ops DB_POSTGRES_OPS = {
    .engine = DB_POSTGRES,
    .mark = '$',
    .connect = pg_connect,
    .disconnect = pg_disconnect,
    .is_connected = pg_is_connected,
    .is_in_tx = pg_is_in_tx,
    .prepare = pg_prepare,
    .forget = pg_forget,
    .start = pg_start,
    .step = pg_step,
    .finish = pg_finish,
    .columns = pg_columns,
    .column_name = pg_column_name,
    .cell = pg_cell,
    .row_count = pg_row_count,
    .changed = pg_changed,
    .control = pg_control,
    .exec = pg_exec,
    .lock_migrations = pg_lock_migrations,
    .check_references = pg_check_references,
    .analyze = pg_analyze,
    .listen = pg_listen,
    .wait = pg_wait,
    .replication = pg_replication,
    .check = pg_check,
    .backup = pg_backup,
};
