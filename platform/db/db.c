/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The common half of the database layer: which statement a literal is, which parameter a name is,
 * which field a column fills, what a transaction may still do. All names are resolved once for each
 * literal; a later run compares pointers only. Engines: db_sqlite.c, db_postgres.c. Text:
 * db_text.c. Migrations: db_migrate.c. */
#include "platform/db/db.h"

#include <assert.h>
#include <stdlib.h>

#include "platform/base/log.h"
#include "platform/db/db_engine.h"

enum {
    CACHE_FIRST = 256,
    LIST_FIRST = 16,
    MEM_SOFT = 64 << 20,
    MEM_HARD = 256 << 20,
    MADE_SOFT = 4 << 20
};

/* ---- reports ---- */

void db_misuse(const struct db_stmt *stmt, const char *what, str which)
{
    const struct log_pair pairs[] = {
        { .key = "what", .text = str_of(what) },
        { .key = "which", .text = which.ptr ? which : str_of("") },
        { .key = "file", .text = str_of(stmt ? stmt->file : "") },
        { .key = "line", .number = stmt ? stmt->line : 0 },
        { .key = "statement", .text = str_of(stmt ? stmt->original : "") },
        { 0 },
    };
    log_line(LOG_ERROR, "db.misuse", pairs);
    abort();
}

err db_report(const struct db_stmt *stmt, err e, const char *engine_says)
{
    const struct log_pair pairs[] = {
        { .key = "name", .text = str_of(e.name) },
        { .key = "says", .text = str_of(engine_says) },
        { .key = "file", .text = str_of(stmt ? stmt->file : "") },
        { .key = "line", .number = stmt ? stmt->line : 0 },
        { 0 },
    };
    log_line(e.code == ERR_INTERNAL ? LOG_ERROR : LOG_WARN, "db.error", pairs);
    return e;
}

bool db_may_retry(err e)
{
    return err_is(e, "db.busy") || err_is(e, "db.away");
}

/* ---- parameters ---- */

struct param param_i64(const char *expression, i64 value)
{
    return (struct param){ .name = expression, .type = PARAM_I64, .number = value };
}

struct param param_str(const char *expression, str value)
{
    return (struct param){ .name = expression, .type = PARAM_STR, .text = value };
}

struct param param_bytes(const char *expression, bytes value)
{
    return (struct param){ .name = expression,
                           .type = PARAM_BYTES,
                           .text = { (const char *)value.ptr, value.len } };
}

static size_t slot_named(const struct db_stmt *stmt, str name)
{
    size_t i = 0;
    while (i < stmt->slot_count && !str_eq(stmt->slots[i], name))
        i++;
    return i;
}

/* Finds the slot of each parameter by name and remembers it for the next run from the same place.
 * */
static void resolve_params(struct db_stmt *stmt, const struct sql *sql)
{
    bool seen[DB_PARAMS_MAX] = { false };
    for (size_t i = 0; i < sql->count; i++) {
        str name = db_last_member(sql->params[i + 1].name);
        size_t slot = slot_named(stmt, name);
        if (slot == stmt->slot_count)
            db_misuse(stmt, "parameter is not in the statement", name);
        if ((i64)slot == stmt->org_slot)
            db_misuse(stmt, "org is bound by the platform, never passed", name);
        if (seen[slot])
            db_misuse(stmt, "parameter is given twice", name);
        seen[slot] = true;
        stmt->param_names[i] = sql->params[i + 1].name;
        stmt->param_slots[i] = (uint16_t)slot;
    }
    for (size_t slot = 0; slot < stmt->slot_count; slot++)
        if (!seen[slot] && (i64)slot != stmt->org_slot)
            db_misuse(stmt, "statement needs a parameter that is not given", stmt->slots[slot]);
    stmt->param_count = sql->count;
}

static bool params_are_known(const struct db_stmt *stmt, const struct sql *sql)
{
    if (stmt->param_count != sql->count)
        return false;
    for (size_t i = 0; i < sql->count; i++)
        if (stmt->param_names[i] != sql->params[i + 1].name)
            return false;
    return true;
}

static void set_values(struct db *db, struct db_stmt *stmt, const struct sql *sql)
{
    if (!params_are_known(stmt, sql))
        resolve_params(stmt, sql);
    for (size_t i = 0; i < sql->count; i++)
        stmt->values[stmt->param_slots[i]] = &sql->params[i + 1];
    if (stmt->org_slot >= 0 && db->org == 0)
        db_misuse(stmt, "statement needs an organisation, none is set", (str){ 0 });
}

/* ---- the statement cache ---- */

static size_t place_of(const struct db *db, const char *key)
{
    uint64_t hash = ((uint64_t)(uintptr_t)key >> 2) * 0x9E3779B97F4A7C15u;
    size_t mask = db->cache_size - 1, at = (size_t)(hash >> 32) & mask;
    while (db->cache[at] && db->cache[at]->key != key)
        at = (at + 1) & mask;
    return at;
}

static void cache_grow(struct db *db)
{
    struct db_stmt **old = db->cache;
    size_t old_size = db->cache_size;
    db->cache_size = old_size ? old_size * 2 : CACHE_FIRST;
    db->cache = arena_array(db->mem, db->cache_size, sizeof *db->cache);
    for (size_t i = 0; i < old_size; i++)
        if (old[i])
            db->cache[place_of(db, old[i]->key)] = old[i];
}

static struct db_stmt *stmt_new(struct db *db, const struct sql *sql, struct arena *mem)
{
    struct db_stmt *stmt = arena_zero(mem, sizeof *stmt);
    struct db_translation t;
    db_translate(mem, sql->text, db->ops->mark, &t);
    stmt->mem = mem;
    stmt->key = sql->text;
    stmt->original = arena_cstr(mem, str_of(sql->text));
    stmt->text = t.text;
    stmt->file = sql->file;
    stmt->line = sql->line;
    stmt->slot_count = t.slot_count;
    stmt->slots = arena_array(mem, t.slot_count, sizeof *stmt->slots);
    for (size_t i = 0; i < t.slot_count; i++)
        stmt->slots[i] = t.slots[i];
    stmt->values = arena_array(mem, t.slot_count, sizeof *stmt->values);
    stmt->param_names = arena_array(mem, t.slot_count, sizeof *stmt->param_names);
    stmt->param_slots = arena_array(mem, t.slot_count, sizeof *stmt->param_slots);
    stmt->param_count = SIZE_MAX; /* not resolved yet */
    size_t org = slot_named(stmt, str_of("org"));
    stmt->org_slot = org < t.slot_count ? (i64)org : -1;
    if (stmt->org_slot >= 0)
        stmt->values[org] = &db->org_param;
    return stmt;
}

/* The prepared statement of a made text. */
static err made_for(struct db *db, const struct sql *sql, struct db_stmt **out)
{
    uint64_t hash = db_made_hash(sql->text);
    struct db_stmt *stmt = db_made_find(db, hash, sql->text);
    if (stmt) {
        set_values(db, stmt, sql);
        *out = stmt;
        return OK;
    }
    struct arena *mem = arena_new(MADE_SOFT, MEM_HARD);
    stmt = stmt_new(db, sql, mem);
    set_values(db, stmt, sql);
    err e = db->ops->prepare(db, stmt);
    if (e.code != ERR_NONE) {
        arena_free(mem);
        return e;
    }
    db_made_keep(db, hash, stmt);
    *out = stmt;
    return OK;
}

/* The prepared statement of a literal, prepared now if this connection runs it for the first time.
 * */
static err stmt_for(struct db *db, const struct sql *sql, struct db_stmt **out)
{
    if (db_is_made(sql))
        return made_for(db, sql, out);
    struct db_stmt *stmt = db->cache[place_of(db, sql->text)];
    if (stmt) {
        if (strcmp(stmt->original, sql->text) != 0)
            db_misuse(stmt, "text changed under its address: not a literal", str_of(sql->text));
        set_values(db, stmt, sql);
        *out = stmt;
        return OK;
    }
    struct arena_mark mark = arena_mark(db->mem);
    stmt = stmt_new(db, sql, db->mem);
    set_values(db, stmt, sql);
    err e = db->ops->prepare(db, stmt);
    if (e.code != ERR_NONE) {
        arena_reset_to(db->mem, mark);
        return e;
    }
    if (++db->cache_used * 2 > db->cache_size)
        cache_grow(db);
    db->cache[place_of(db, sql->text)] = stmt;
    *out = stmt;
    return OK;
}

/* ---- one run of a statement ---- */

struct run {
    struct db *db;
    const struct sql *sql;
    struct db_stmt *stmt;
    const struct field *map; /* of the rows read so far; NULL = none */
};

/* Whether a statement may run now; a connection lost outside a transaction is opened again. */
static err usable(struct db *db)
{
    if (!db->in_tx)
        return db->ops->is_connected(db) ? OK : db->ops->connect(db);
    if (!db->ops->is_connected(db))
        return err_make(ERR_BUSY, "db.away");
    if (!db->ops->is_in_tx(db))
        return err_make(ERR_BUSY, "db.busy"); /* the engine gave the transaction up by itself */
    if (db->broken && db->broken_by.code == ERR_BUSY)
        return db->broken_by; /* who passed over it is told the same: it may be run again */
    if (db->broken)
        return db_report(NULL, err_make(ERR_INTERNAL, "db.failed"),
                         "statement after a failed one in the same transaction");
    return OK;
}

/* Gives the error the place of its statement in the store file. */
static err placed(const struct sql *sql, err e)
{
    return err_at(e, sql->file, sql->line);
}

/* Notes an engine's error: the transaction is lost up to the last savepoint, on both alike. */
static err failed(struct db *db, const struct sql *sql, err e)
{
    if (db->in_tx && !db->broken) {
        db->broken = true;
        db->broken_by = e;
    }
    return placed(sql, e);
}

static void run_end(struct run *run)
{
    assert(run->stmt);
    run->db->ops->finish(run->db, run->stmt);
    run->stmt->running = false;
}

/* Writes what the transaction holds back. */
static err held_back_write(struct db *db)
{
    TRY(db_sums_write(db));
    return db_held_write(db);
}

static err run_begin(struct run *run, bool each)
{
    struct db *db = run->db;
    err e = usable(db);
    if (e.code != ERR_NONE)
        return placed(run->sql, e);
    e = stmt_for(db, run->sql, &run->stmt);
    if (e.code == ERR_NONE && (db_sums_concern(db, run->stmt) || db_held_concerns(db, run->stmt))) {
        e = held_back_write(db);
        if (e.code == ERR_NONE) /* it may have run the same one */
            e = stmt_for(db, run->sql, &run->stmt);
    }
    if (e.code != ERR_NONE)
        return failed(db, run->sql, e);
    if (run->stmt->running)
        db_misuse(run->stmt, "statement runs again inside its own rows", (str){ 0 });
    db->statements++;
    run->stmt->running = true;
    e = db->ops->start(db, run->stmt, each);
    if (e.code != ERR_NONE) {
        run_end(run);
        return failed(db, run->sql, e);
    }
    return OK;
}

static err run_step(struct run *run, bool *row)
{
    assert(run->stmt && run->stmt->running);
    err e = run->db->ops->step(run->db, run->stmt, row);
    return e.code == ERR_NONE ? OK : failed(run->db, run->sql, e);
}

/* ---- rows to structs ---- */

static size_t field_named(const struct field *map, str name)
{
    size_t i = 0;
    while (map[i].name && !str_eq(db_last_member(map[i].name), name))
        i++;
    return i;
}

/* Finds the field of each column by name and remembers it as long as the same map is used. */
static void resolve_map(struct db *db, struct db_stmt *stmt, const struct field *map)
{
    bool seen[DB_COLUMNS_MAX] = { false };
    size_t columns = db->ops->columns(db, stmt), fields = 0;
    assert(columns <= DB_COLUMNS_MAX);
    if (columns > stmt->column_count)
        stmt->column_fields = arena_array(stmt->mem, columns, sizeof *stmt->column_fields);
    while (map[fields].name)
        fields++;
    for (size_t c = 0; c < columns; c++) {
        str name = str_of(db->ops->column_name(db, stmt, c));
        size_t f = field_named(map, name);
        if (f == fields)
            db_misuse(stmt, "column has no field in the row map", name);
        if (f >= DB_COLUMNS_MAX || seen[f])
            db_misuse(stmt, "column comes twice", name);
        seen[f] = true;
        stmt->column_fields[c] = (uint16_t)f;
    }
    for (size_t f = 0; f < fields; f++)
        if (f >= DB_COLUMNS_MAX || !seen[f])
            db_misuse(stmt, "field of the row map has no column", str_of(map[f].name));
    stmt->column_count = columns;
    if (stmt->mem != db->mem)
        db_made_learn(stmt, map);
    else
        stmt->map = map;
}

static const char EMPTY[] = "";

/* Copies a cell into its member; NULL reads as 0 or empty. */
static void put_cell(const struct db_stmt *stmt, const struct field *field,
                     const struct db_cell *cell, struct arena *mem, char *out)
{
    static const enum param_type WANTED[] = {
        [FIELD_I64] = PARAM_I64,     [FIELD_BOOL] = PARAM_I64,  [FIELD_STR] = PARAM_STR,
        [FIELD_BYTES] = PARAM_BYTES, [FIELD_STRS] = PARAM_NONE, [FIELD_IDS] = PARAM_NONE,
    };
    char *to = out + field->offset;
    if (cell->type != WANTED[field->type] &&
        (cell->type != PARAM_NONE || field->type > FIELD_BYTES))
        db_misuse(stmt, "column's type does not fit its field", str_of(field->name));
    str text = { EMPTY, 0 };
    if (cell->type > PARAM_I64 && cell->text.len)
        text = arena_str(mem, cell->text);
    switch (field->type) {
    case FIELD_I64:
        *(i64 *)(void *)to = cell->number;
        break;
    case FIELD_BOOL:
        *(bool *)(void *)to = cell->number != 0;
        break;
    case FIELD_BYTES:
        *(bytes *)(void *)to = (bytes){ (const unsigned char *)text.ptr, text.len };
        break;
    default:
        *(str *)(void *)to = text;
        break;
    }
}

static void read_row(struct run *run, const struct field *map, struct arena *mem, void *out)
{
    struct db_stmt *stmt = run->stmt;
    assert(map);
    if (run->map != map) { /* the run's first row */
        bool known = stmt->mem == run->db->mem ? stmt->map == map : db_made_knows(stmt, map);
        if (!known)
            resolve_map(run->db, stmt, map);
        run->map = map;
    }
    for (size_t c = 0; c < stmt->column_count; c++) {
        struct db_cell cell = run->db->ops->cell(run->db, stmt, c);
        put_cell(stmt, &map[stmt->column_fields[c]], &cell, mem, out);
    }
}

static void clear_row(struct run *run, const struct field *map, void *out)
{
    for (const struct field *f = map; f->name; f++)
        put_cell(run->stmt, f, &(struct db_cell){ 0 }, NULL, out);
}

/* Steps to the only row. */
static err step_first(struct run *run)
{
    bool found = false;
    TRY(run_step(run, &found));
    return found ? OK : placed(run->sql, err_make(ERR_NOT_FOUND, "db.no_row"));
}

/* Steps to the end; a second row is an error of the caller's statement. */
static err step_last(struct run *run)
{
    bool more = false;
    TRY(run_step(run, &more));
    if (!more)
        return OK;
    err e = placed(run->sql, err_make(ERR_INTERNAL, "db.many_rows"));
    return db_report(run->stmt, e, "more than one row");
}

err db_one(struct db *db, struct sql sql, const struct field *map, struct arena *mem, void *out)
{
    struct run run = { db, &sql, NULL, NULL };
    TRY(run_begin(&run, false));
    err e = step_first(&run);
    if (e.code == ERR_NONE) {
        read_row(&run, map, mem, out);
        e = step_last(&run);
    } else {
        clear_row(&run, map, out);
    }
    run_end(&run);
    return e;
}

/* Makes room for one more row: exactly what is needed where the engine knows, else doubling. */
static void *next_item(struct rows *rows, size_t *room, i64 expected, struct arena *mem)
{
    if (rows->count == *room) {
        size_t more = *room ? *room * 2 : expected >= 0 ? (size_t)expected : LIST_FIRST;
        size_t room_bytes;
        if (__builtin_mul_overflow(more, rows->size, &room_bytes))
            room_bytes = SIZE_MAX; /* more than any arena has */
        void *items = arena_bytes(mem, room_bytes);
        if (rows->count)
            memcpy(items, rows->items, rows->count * rows->size);
        rows->items = items;
        *room = more;
    }
    return memset((char *)rows->items + rows->count++ * rows->size, 0, rows->size);
}

static err all_rows(struct run *run, const struct field *map, struct arena *mem, struct rows *out)
{
    size_t room = 0;
    i64 expected = run->db->ops->row_count(run->db, run->stmt);
    for (;;) {
        bool row = false;
        TRY(run_step(run, &row));
        if (!row)
            return OK;
        read_row(run, map, mem, next_item(out, &room, expected, mem));
        if (arena_is_over(mem))
            return placed(run->sql, err_make(ERR_LIMIT, "db.too_much"));
    }
}

err db_list(struct db *db, struct sql sql, const struct field *map, struct arena *mem,
            struct rows *out)
{
    assert(out->size > 0);
    out->items = NULL;
    out->count = 0;
    struct run run = { db, &sql, NULL, NULL };
    TRY(run_begin(&run, false));
    err e = all_rows(&run, map, mem, out);
    run_end(&run);
    return e;
}

static err each_row(struct run *run, const struct db_each *each)
{
    void *row = arena_zero(each->mem, each->size);
    struct arena_mark mark = arena_mark(each->mem);
    for (;;) {
        bool more = false;
        TRY(run_step(run, &more));
        if (!more)
            return OK;
        memset(row, 0, each->size);
        read_row(run, each->map, each->mem, row);
        TRY(each->fn(each->context, row));
        arena_reset_to(each->mem, mark);
    }
}

err db_each(struct db *db, struct sql sql, const struct db_each *each)
{
    assert(each->size > 0);
    assert(each->fn);
    struct run run = { db, &sql, NULL, NULL };
    TRY(run_begin(&run, true));
    struct arena_mark mark = arena_mark(each->mem);
    err e = each_row(&run, each);
    if (e.code == ERR_NONE)
        arena_reset_to(each->mem, mark); /* after an error its arguments may live there */
    run_end(&run);
    return e;
}

static err one_number(struct run *run, i64 *out)
{
    TRY(step_first(run));
    struct db_cell cell = run->db->ops->cell(run->db, run->stmt, 0);
    if (cell.type > PARAM_I64)
        db_misuse(run->stmt, "first column is not a number",
                  str_of(run->db->ops->column_name(run->db, run->stmt, 0)));
    *out = cell.number;
    return step_last(run);
}

err db_i64(struct db *db, struct sql sql, i64 *out)
{
    *out = 0;
    struct run run = { db, &sql, NULL, NULL };
    TRY(run_begin(&run, false));
    err e = one_number(&run, out);
    run_end(&run);
    return e;
}

err db_insert(struct db *db, struct sql sql, i64 *id)
{
    return db_i64(db, sql, id);
}

err db_run(struct db *db, struct sql sql, i64 *changed)
{
    struct run run = { db, &sql, NULL, NULL };
    bool more = true;
    if (changed)
        *changed = 0;
    TRY(run_begin(&run, false));
    err e = OK;
    while (e.code == ERR_NONE && more)
        e = run_step(&run, &more);
    if (changed && e.code == ERR_NONE)
        *changed = db->ops->changed(db, run.stmt);
    run_end(&run);
    return e;
}

err db_update(struct db *db, struct sql sql)
{
    i64 changed;
    TRY(db_run(db, sql, &changed));
    if (changed == 0)
        return placed(&sql, err_make(ERR_CONFLICT, "db.version"));
    if (changed > 1)
        return placed(&sql, err_make(ERR_INTERNAL, "db.many_rows"));
    return OK;
}

/* ---- connections and transactions ---- */

err db_open(str url, enum db_mode mode, struct db **out)
{
    const struct db_ops *ops = NULL;
    *out = NULL;
    if (str_starts(url, str_of("sqlite:")) && url.len > strlen("sqlite:"))
        ops = &DB_SQLITE_OPS;
    else if (str_starts(url, str_of("postgresql://")) || str_starts(url, str_of("postgres://")))
        ops = &DB_POSTGRES_OPS;
    if (!ops)
        return err_make(ERR_INVALID, "db.url");
    struct arena *mem = arena_new(MEM_SOFT, MEM_HARD);
    struct db *db = arena_zero(mem, sizeof *db);
    db->ops = ops;
    db->mem = mem;
    db->url = arena_cstr(mem, url);
    db->mode = mode;
    db->org_param = param_i64("org", 0);
    cache_grow(db);
    err e = ops->connect(db);
    if (e.code != ERR_NONE) {
        db_close(db);
        return e;
    }
    *out = db;
    return OK;
}

void db_close(struct db *db)
{
    if (!db)
        return;
    db_rollback(db);
    db_made_free(db);
    db->ops->disconnect(db);
    db_recall_free(db);
    db_sums_free(db);
    arena_free(db->mem);
}

enum db_engine db_engine(const struct db *db)
{
    return db->ops->engine;
}

void db_set_org(struct db *db, i64 org_id)
{
    assert(org_id >= 0);
    db->org = org_id;
    db->org_param.number = org_id;
}

i64 db_org(const struct db *db)
{
    return db->org;
}

i64 db_statements(const struct db *db)
{
    return db->statements;
}

err db_begin(struct db *db)
{
    assert(!db->in_tx);
    if (!db->ops->is_connected(db))
        TRY(db->ops->connect(db));
    err e = db->ops->control(db, DB_BEGIN);
    if (err_is(e, "db.away")) { /* it died while idle: nothing is lost, try on a new connection */
        TRY(db->ops->connect(db));
        e = db->ops->control(db, DB_BEGIN);
    }
    TRY(e);
    db->in_tx = true;
    db->recall_checked = false;
    db->broken = false;
    db->broken_by = OK;
    db->savepoints = 0;
    return OK;
}

void db_rollback(struct db *db)
{
    if (!db->in_tx)
        return;
    err e = OK;
    if (db->ops->is_connected(db) && db->ops->is_in_tx(db))
        e = db->ops->control(db, DB_ROLLBACK);
    if (e.code != ERR_NONE)
        log_note(LOG_WARN, "db.rollback", "name", str_of(e.name));
    db->in_tx = false;
    db->broken = false;
    db->broken_by = OK;
    db->savepoints = 0;
    db_sums_forget(db);
    db_held_forget(db);
}

err db_commit(struct db *db)
{
    assert(db->in_tx);
    assert(db->savepoints == 0);
    err e = usable(db);
    if (e.code == ERR_NONE)
        e = held_back_write(db);
    if (e.code == ERR_NONE)
        e = db->ops->control(db, DB_COMMIT);
    if (e.code != ERR_NONE) {
        db_rollback(db);
        return e;
    }
    db->in_tx = false;
    db_sums_forget(db);
    db_held_forget(db);
    return OK;
}

err db_savepoint(struct db *db)
{
    assert(db->in_tx);
    TRY(usable(db));
    TRY(db->ops->control(db, DB_SAVEPOINT));
    db->savepoints++;
    db_sums_mark(db);
    db_held_mark(db);
    return OK;
}

err db_savepoint_release(struct db *db)
{
    assert(db->savepoints > 0);
    TRY(usable(db));
    TRY(db->ops->control(db, DB_RELEASE));
    db->savepoints--;
    db_sums_release(db);
    db_held_release(db);
    return OK;
}

void db_savepoint_rollback(struct db *db)
{
    assert(db->savepoints > 0);
    db->savepoints--;
    db->broken = false;
    db->broken_by = OK;
    db_sums_undo(db);
    db_held_undo(db);
    if (!db->ops->is_connected(db) || !db->ops->is_in_tx(db))
        return; /* all is gone already: the next call says so */
    err e = db->ops->control(db, DB_ROLLBACK_TO);
    db->broken = e.code != ERR_NONE;
}

/* ---- whole-database work ---- */

err db_script(struct db *db, str text)
{
    str rest = text, statement;
    TRY(usable(db));
    TRY(held_back_write(db));
    while (db_script_next(&rest, &statement)) {
        struct arena_mark mark = arena_mark(db->mem);
        const char *words = db_script_words(db->mem, statement, db->ops->engine);
        err e = db->ops->exec(db, words);
        arena_reset_to(db->mem, mark);
        db->broken = db->in_tx && e.code != ERR_NONE;
        TRY(e);
    }
    return OK;
}

err db_analyze(struct db *db, bool bulk)
{
    TRY(usable(db));
    err e = db->ops->analyze(db, bulk);
    db->broken = db->broken || (db->in_tx && e.code != ERR_NONE);
    return e;
}

err db_notify(struct db *db, str text)
{
    assert(db->in_tx && text.len <= DB_NOTICE_MAX);
    if (!db->ops->listen)
        return OK;
    return db_run(db,
                  SQL("SELECT pg_notify('huotang_' || hashtext(current_schema()), :text)", P(text)),
                  NULL);
}

err db_listen(struct db *db, bool *hears)
{
    *hears = db->ops->listen != NULL;
    if (!*hears)
        return OK;
    TRY(usable(db));
    return db->ops->listen(db);
}

err db_wait(struct db *db, i64 ms, db_notice_fn fn, void *context)
{
    assert(db->ops->wait && !db->in_tx);
    return db->ops->is_connected(db) ? db->ops->wait(db, ms, fn, context)
                                     : err_make(ERR_BUSY, "db.away");
}

err db_find_replication(struct db *db, struct db_replication *out)
{
    *out = (struct db_replication){ 0 };
    return db->ops->replication ? db->ops->replication(db, out) : OK;
}

err db_check(struct db *db)
{
    TRY(usable(db));
    return db->ops->check(db);
}

err db_backup(struct db *db, str path)
{
    struct arena_mark mark = arena_mark(db->mem);
    err e = db->ops->backup(db, arena_cstr(db->mem, path));
    arena_reset_to(db->mem, mark);
    return e;
}
