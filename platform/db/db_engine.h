/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the two engines have in common inside platform/db: the connection, a cached statement, and
 * the table of functions each engine supplies. Nothing outside this folder includes it. Next: db.c
 * (common half), db_sqlite.c. */
#ifndef HT_DB_ENGINE_H
#define HT_DB_ENGINE_H
#include "platform/base/str.h"
#include "platform/db/db.h"

enum { DB_PARAMS_MAX = 640, DB_COLUMNS_MAX = 200 };

/* One prepared literal, or one made statement (made.h), of one connection. */
struct db_stmt {
    struct arena *mem;    /* the connection's; of a made one its own */
    const char *key;      /* the literal's address */
    const char *original; /* a copy of what stood there, to notice a literal that was none */
    const char *text;     /* translated for the engine */
    const char *file;     /* where it was first run, for messages */
    int line;
    size_t slot_count;           /* distinct :names */
    str *slots;                  /* their names, in order of number */
    i64 org_slot;                /* which of them is :org; -1 = none */
    const struct param **values; /* by slot: what to bind in this run */
    size_t param_count;          /* the call's parameters as resolved last time … */
    const char **param_names;
    uint16_t *param_slots;   /* … and the slot of each */
    const struct field *map; /* the row map resolved last time … */
    uint16_t *column_fields; /* … and the field of each column */
    size_t column_count;     /* known once resolved */
    bool running;
    bool names_sums;    /* a table of db_sums.c, as far as they were looked at: */
    size_t tables_seen; /* how many */
    bool names_held;    /* the same of db_held.c */
    size_t holdings_seen;
    void *native; /* the engine's own */
    /* of a made one: the next of its bucket, when it was used, its copy of the row map */
    struct db_stmt *next;
    uint64_t hash;
    i64 used;
    struct field *own_map;
};

/* A value of a column. PARAM_NONE: NULL. text also carries bytes; valid until the next step. */
struct db_cell {
    enum param_type type;
    i64 number;
    str text;
};

enum db_control {
    DB_BEGIN,
    DB_COMMIT,
    DB_ROLLBACK,
    DB_SAVEPOINT,
    DB_RELEASE,
    DB_ROLLBACK_TO, /* back to the savepoint and out of it */
    DB_CONTROLS
};

/* An engine. Each function reports failure as an err that is already mapped to a stable name. */
struct db_ops {
    enum db_engine engine;
    char mark; /* '?' or '$' before a parameter's number */

    /* Opens db->url in db->mode; also after the connection was lost. */
    err (*connect)(struct db *db);
    void (*disconnect)(struct db *db);

    /* Whether the connection is usable, and whether a transaction that we began still lives in the
     * engine. */
    bool (*is_connected)(struct db *db);
    bool (*is_in_tx)(struct db *db);

    /* Prepares stmt->text and sets stmt->native; names and types of its columns are known after
     * start. */
    err (*prepare)(struct db *db, struct db_stmt *stmt);

    /* Gives back what prepare took; the statement does not run. */
    void (*forget)(struct db *db, struct db_stmt *stmt);

    /* Binds stmt->values and begins. each: rows are to come at constant memory. finish follows
     * always, also after an error. */
    err (*start)(struct db *db, struct db_stmt *stmt, bool each);
    err (*step)(struct db *db, struct db_stmt *stmt, bool *row);
    void (*finish)(struct db *db, struct db_stmt *stmt);

    size_t (*columns)(struct db *db, struct db_stmt *stmt);
    const char *(*column_name)(struct db *db, struct db_stmt *stmt, size_t column);
    struct db_cell (*cell)(struct db *db, struct db_stmt *stmt, size_t column);
    i64 (*row_count)(struct db *db, struct db_stmt *stmt); /* -1 = not known yet */
    i64 (*changed)(struct db *db, struct db_stmt *stmt);

    err (*control)(struct db *db, enum db_control what);
    err (*exec)(struct db *db, const char *text); /* one statement without parameters or rows */
    err (*lock_migrations)(struct db *db, bool on);
    err (*check_references)(struct db *db); /* inside a migration */
    /* A number that changes with every commit of another connection; NULL: the engine has none. */
    err (*version)(struct db *db, i64 *out);
    err (*analyze)(struct db *db, bool bulk);
    err (*listen)(struct db *db); /* NULL: processes do not share this database */
    err (*wait)(struct db *db, i64 ms, db_notice_fn fn, void *context);
    err (*replication)(struct db *db, struct db_replication *out); /* NULL: there is none */
    err (*check)(struct db *db);
    err (*backup)(struct db *db, const char *path);
};

extern const struct db_ops DB_SQLITE_OPS, DB_POSTGRES_OPS;

struct db {
    const struct db_ops *ops;
    struct arena *mem; /* lives as long as the connection; holds this struct too */
    const char *url;
    enum db_mode mode;
    void *native;
    i64 org;
    struct param org_param;
    bool in_tx;     /* between db_begin and its end */
    bool broken;    /* a statement failed: nothing more runs before a rollback */
    err broken_by;  /* what it said, where the engine did */
    int savepoints; /* open ones */
    i64 statements;
    struct db_stmt **cache; /* open addressing, a power of two */
    size_t cache_size, cache_used;
    struct db_made *made;     /* db_made.c; NULL = none yet */
    struct db_recall *recall; /* db_recall.c; NULL = nothing remembered yet */
    bool recall_checked;      /* in this transaction */
    struct db_kept *kept;     /* db_recall.c; NULL = nothing yet */
    struct db_sums *sums;     /* db_sums.c; NULL = none yet */
    struct db_held *held;     /* db_held.c; NULL = nothing yet */
};

/* Made statements: whether it is one; its hash; the kept one, or NULL; keeps one, which may drop
 * another; drops all. */
bool db_is_made(const struct sql *sql);
uint64_t db_made_hash(const char *text);
struct db_stmt *db_made_find(struct db *db, uint64_t hash, const char *text);
void db_made_keep(struct db *db, uint64_t hash, struct db_stmt *stmt);
void db_made_free(struct db *db);

/* Whether its columns were resolved with a map that says the same; notes the map, once they are. */
bool db_made_knows(const struct db_stmt *stmt, const struct field *map);
void db_made_learn(struct db_stmt *stmt, const struct field *map);

/* What a transaction holds back: whether a statement would miss it; writes it; a savepoint was
 * begun, released, rolled back; the transaction has ended; the connection ends. */
bool db_sums_concern(struct db *db, struct db_stmt *stmt);
err db_sums_write(struct db *db);
void db_sums_mark(struct db *db);
void db_sums_release(struct db *db);
void db_sums_undo(struct db *db);
void db_sums_forget(struct db *db);
void db_sums_free(struct db *db);
bool db_held_concerns(struct db *db, struct db_stmt *stmt);
err db_held_write(struct db *db);
void db_held_mark(struct db *db);
void db_held_release(struct db *db);
void db_held_undo(struct db *db);
void db_held_forget(struct db *db);

/* SHA-256 of a text. */
enum { DB_DIGEST_SIZE = 32 };
void db_digest(str text, unsigned char out[DB_DIGEST_SIZE]);

/* Frees what a connection remembers. */
void db_recall_free(struct db *db);

/* Logs a programmer's error with its place and stops the process. */
_Noreturn void db_misuse(const struct db_stmt *stmt, const char *what, str which);

/* Logs what the engine said about a failure that a person must look at, and gives the error. */
err db_report(const struct db_stmt *stmt, err e, const char *engine_says);

/* Splits SQL into the literal's parts: replaces :names by the engine's numbers and collects the
 * names. */
struct db_translation {
    char *text;
    str slots[DB_PARAMS_MAX];
    size_t slot_count;
};
void db_translate(struct arena *mem, const char *sql, char mark, struct db_translation *out);

/* The next statement of a script without its semicolon and the white space and comments before it;
 * false at the end. */
bool db_script_next(str *rest, str *statement);

/* A statement of a script in the engine's words: tokens replaced, STRICT added on SQLite. */
const char *db_script_words(struct arena *mem, str statement, enum db_engine engine);

/* Whether a statement only asks (SELECT, WITH, VALUES), so that a cursor can serve it. */
bool db_is_query(const char *sql);

/* The last member of a C expression: "p->title" gives "title". */
str db_last_member(const char *expression);
#endif
