/* SPDX-License-Identifier: MulanPSL-2.0 */
/* One SQL text for SQLite and PostgreSQL: literals with named parameters, rows into structs by
 * name. A store file needs only the first half (SQL, P, db_one …); opening, transactions and
 * migrations are the platform's business. Engines: db_sqlite.c, db_postgres.c. Portable subset:
 * STYLE.md section 4. */
#ifndef HT_DB_DB_H
#define HT_DB_DB_H
#include "platform/base/arena.h"
#include "platform/base/err.h"
#include "platform/base/types.h"

struct db; /* one connection, used by one thread at a time */

/* ---- statements ---- */

enum param_type { PARAM_NONE, PARAM_I64, PARAM_STR, PARAM_BYTES };

/* A named value for a statement. name: the C expression, whose last member names the parameter:
 * P(p->title) binds :title. */
struct param {
    const char *name;
    enum param_type type;
    i64 number;
    str text;
};

/* A statement: literal text with :names, its place, its parameters. params[0] is a filler. */
struct sql {
    const char *text; /* must live as long as the process: it is the key of the statement cache */
    const char *file;
    int line;
    size_t count;
    const struct param *params;
};

/* What P makes of a value; expression: the C expression that names the parameter. */
struct param param_i64(const char *expression, i64 value);
struct param param_str(const char *expression, str value);
struct param param_bytes(const char *expression, bytes value);

/* P(x): parameter named like the expression's last member; i64, int, bool, str or bytes. There are
 * no NULL parameters: write NULLIF(:x, 0) or NULLIF(:x, '') in the statement. */
#define P(x_)                   \
    _Generic((x_), i64          \
             : param_i64, int   \
             : param_i64, bool  \
             : param_i64, str   \
             : param_str, bytes \
             : param_bytes)(#x_, x_)

/* SQL("…", P(a), …): a literal only. :org is bound by the platform from the signed-in scope, never
 * passed here. */
#define SQL(text_, ...)                                                                            \
    ((struct sql){ "" text_, __FILE__, __LINE__,                                                   \
                   sizeof((const struct param[]){ { 0 }, ##__VA_ARGS__ }) / sizeof(struct param) - \
                       1,                                                                          \
                   (const struct param[]){ { 0 }, ##__VA_ARGS__ } })

/* Rows of a list: set .size to the struct's size; items come in the arena. */
struct rows {
    void *items;
    size_t count;
    size_t size;
};

/* A row map is a static table of FIELD(struct t, m) rows ended by {0}; columns are matched by name.
 * A column without a field, a field without a column, an unbound or unknown parameter stops the
 * process (a programmer's error that every test finds). NULL reads as 0 or empty. Numbers:
 * INTEGER/BIGINT, int4, boolean; SUM needs CAST(… AS BIGINT). */

/* Exactly one row into *out (zeroed first). Errors: NOT_FOUND db.no_row; INTERNAL db.many_rows; and
 * those of db_run. */
err db_one(struct db *db, struct sql sql, const struct field *map, struct arena *mem, void *out);

/* All rows; bound the number in the statement (LIMIT :limit). Errors: LIMIT db.too_much when mem
 * passes its soft cap; and those of db_run. */
err db_list(struct db *db, struct sql sql, const struct field *map, struct arena *mem,
            struct rows *out);

/* Calls fn for each row of a SELECT, reusing one struct and resetting mem after each: constant
 * memory. fn's error ends it. fn may run other statements on db, not the same one again. */
struct db_each {
    const struct field *map;
    size_t size;
    struct arena *mem;
    err (*fn)(void *context, void *row);
    void *context;
};
err db_each(struct db *db, struct sql sql, const struct db_each *each);

/* First column of the only row as a number. Errors as db_one. */
err db_i64(struct db *db, struct sql sql, i64 *out);

/* As db_list and db_i64, for what many pages ask alike (agencies, counts): a reading connection
 * remembers the answer until somebody commits, and asks again then. The rows are shared: do not
 * change them, and hold them no longer than the transaction. */
err db_recall_list(struct db *db, struct sql sql, const struct field *map, struct arena *mem,
                   struct rows *out);
err db_recall_i64(struct db *db, struct sql sql, i64 *out);

/* A statement without rows; *changed (may be NULL) = rows changed. Errors: CONFLICT db.unique,
 * db.reference (constraint); BUSY db.busy (run again), db.full (disk), db.away (server), db.timeout
 * (took too long); INTERNAL db.failed, db.corrupt. After an error of the engine the transaction is
 * lost up to the last savepoint, on both engines alike: a further statement gives INTERNAL
 * db.failed. Do not probe with failing statements, use ON CONFLICT DO NOTHING. */
err db_run(struct db *db, struct sql sql, i64 *changed);

/* A change that must hit exactly one row (… AND version = :version). Errors: CONFLICT db.version
 * when none matched. */
err db_update(struct db *db, struct sql sql);

/* INSERT … RETURNING id. */
err db_insert(struct db *db, struct sql sql, i64 *id);

/* ---- platform only ---- */

enum db_engine { DB_SQLITE, DB_POSTGRES };
enum db_mode { DB_READ, DB_WRITE };

/* Opens "sqlite:PATH", "postgresql://…" or "postgres://…". DB_READ connections cannot write, and do
 * not make a missing SQLite file. Errors: INVALID db.url (form, or a path that cannot be opened);
 * BUSY db.away; INTERNAL db.corrupt. */
err db_open(str url, enum db_mode mode, struct db **out);
void db_close(struct db *db);
enum db_engine db_engine(const struct db *db);

/* The organisation bound as :org from now on; 0 = none (a statement with :org then stops the
 * process). */
void db_set_org(struct db *db, i64 org_id);
i64 db_org(const struct db *db);

/* Transactions, called by lanes, jobs and the command line. Savepoints give each request of a group
 * commit its own rollback. db_rollback and db_savepoint_rollback also work after an error;
 * db_commit that fails has rolled back. A lost PostgreSQL connection is reopened at the next
 * db_begin. On PostgreSQL the first statement of a writing transaction that names :org takes that
 * organisation's write lock, so that its writes follow each other as they do on SQLite.
 * db_savepoint, db_savepoint_release and db_commit give BUSY db.busy when the engine gave up the
 * whole transaction (disk full): then every request of the group must run again. db_commit's BUSY
 * db.commit_unknown: the server went away during COMMIT; it may have taken place, so nobody may run
 * it again by himself. */
err db_begin(struct db *db);
err db_commit(struct db *db);
void db_rollback(struct db *db);
err db_savepoint(struct db *db);
err db_savepoint_release(struct db *db);
void db_savepoint_rollback(struct db *db);

/* Whether the same work may be run again in a new transaction: db.busy and db.away, nothing else.
 * */
bool db_may_retry(err e);

/* Schema files of one part of the house, in order of name; a table of them ends with {0}. A file
 * named NNNN_x.sqlite.sql or NNNN_x.postgres.sql is for that engine only (platform/text needs it).
 * */
struct db_schema {
    const char *owner; /* "proposals" */
    const struct embed_file *files;
};

/* Applies what is missing, each file in its own transaction, recording name and SHA-256. Errors:
 * CONFLICT db.migration_changed (an applied file has another text), db.migration_newer (the
 * database is from a newer version). applied: number of files applied (may be NULL). One process at
 * a time (advisory lock / exclusive transaction). */
err db_migrate(struct db *db, const struct db_schema *schemas, i64 *applied);

/* Checks that nothing is missing, without changing anything. Errors: CONFLICT db.migration_missing,
 * and as above. */
err db_migrate_check(struct db *db, const struct db_schema *schemas);

/* Whether any migration was ever applied here: false for a database without content of ours.
 * Errors: those of the database. */
err db_has_schema(struct db *db, bool *has);

/* Runs schema text: several statements, the tokens @id @int @bytes replaced, STRICT added to
 * SQLite's tables. For migrations and tests; it begins no transaction. */
err db_script(struct db *db, str text);

/* Gives the planner figures of the tables: without them SQLite takes a join from the wrong end.
 * Done at every start of a worker and every hour; a tenth of a second even for a large file, for it
 * looks at 400 rows of an index. All connections see them, from their next statement on. PostgreSQL
 * does it by itself, but for what one long transaction brings in (bulk): then here too. May be
 * called within a transaction. */
err db_analyze(struct db *db, bool bulk);

/* Tells every process that listens on this database, when the present transaction commits. Without
 * effect on SQLite, whose processes do not share a database. text: at most DB_NOTICE_MAX bytes, no
 * NUL. */
enum { DB_NOTICE_MAX = 7900 };
err db_notify(struct db *db, str text);

/* Listens to db_notify on this connection, which must write (a standby hears nothing); *hears is
 * false on SQLite. Errors: BUSY db.away. */
err db_listen(struct db *db, bool *hears);

/* Waits at most ms for notices and gives each to fn. Errors: BUSY db.away: what was told since is
 * lost, and db_listen must be called again. */
typedef void (*db_notice_fn)(void *context, str text);
err db_wait(struct db *db, i64 ms, db_notice_fn fn, void *context);

/* Standbys and receivers that this PostgreSQL server sends its changes to now, and how far behind
 * the last of them is; -1 = not allowed to know (pg_monitor). On SQLite none. Errors: those of
 * db_one. */
struct db_replication {
    i64 replicas, lag_ms, lag_bytes;
};
err db_find_replication(struct db *db, struct db_replication *out);

/* Engine health: SQLite integrity_check and foreign_key_check, a SELECT on PostgreSQL. Errors:
 * INTERNAL db.corrupt. */
err db_check(struct db *db);

/* A consistent copy of an SQLite database to a new file, while others write. Errors: INVALID
 * db.backup_exists, db.use_pg_dump (PostgreSQL); BUSY db.full. */
err db_backup(struct db *db, str path);

/* Statements run since start on this connection; for tests of "no query per row" and for /metrics.
 * */
i64 db_statements(const struct db *db);
#endif
