/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Implementation of move.h. Tables and columns are those that the engine itself lists, statements
 * are made of their names (made.h); a value that may be missing travels with a mark beside it, for
 * there are no NULL parameters. */
#include "platform/db/move.h"

#include <assert.h>

#include "platform/base/buf.h"
#include "platform/db/db_engine.h"
#include "platform/db/made.h"

enum { TEXT_MAX = 1 << 16, ROW_SOFT = 64 << 20, LANES = 4 };
enum kind { KIND_NUMBER = 1, KIND_TEXT, KIND_BYTES };

/* may_lack: the value may be NULL. counts: the engine gives its numbers. */
struct column {
    str owner, name;
    i64 kind, may_lack, counts;
};
static const struct field COLUMN_ROW[] = {
    FIELD(struct column, owner),    FIELD(struct column, name),   FIELD(struct column, kind),
    FIELD(struct column, may_lack), FIELD(struct column, counts), { 0 },
};

struct value {
    i64 number, lacks;
    str text;
    bytes data;
};

struct sum {
    i64 tables, rows;
    uint64_t lanes[LANES];
};

/* One table on its way. to: NULL = it is only digested. */
struct table {
    struct db *from, *to;
    const struct column *columns;
    size_t count;
    const char *select, *insert;
    struct field *map;
    struct param *params;
    struct sum *sum;
    struct arena *row; /* emptied after each */
};

/* ---- what there is ---- */

/* In order of table and name, byte by byte, on both engines. */
static err list_columns(struct db *db, struct arena *mem, struct rows *out)
{
    *out = (struct rows){ .size = sizeof(struct column) };
    if (db->ops->engine == DB_SQLITE)
        return db_list(
            db,
            SQL("SELECT t.name AS owner, c.name AS name, CASE c.type WHEN 'INTEGER' THEN 1 "
                "WHEN 'TEXT' THEN 2 ELSE 3 END AS kind, "
                "CASE WHEN c.[notnull] = 0 AND c.pk = 0 THEN 1 ELSE 0 END AS may_lack, "
                "0 AS counts FROM sqlite_schema t JOIN pragma_table_info(t.name) c "
                "WHERE t.type = 'table' AND lower(t.sql) NOT LIKE 'create virtual%' "
                "AND lower(t.name) NOT LIKE 'sqlite_%' AND lower(t.name) NOT LIKE 'text_fts%' "
                "AND t.name NOT IN ('text_docs', 'schema_migrations') ORDER BY t.name, c.name"),
            COLUMN_ROW, mem, out);
    return db_list(
        db,
        SQL("SELECT CAST(t.relname AS TEXT) AS owner, CAST(c.attname AS TEXT) AS name, "
            "CASE CAST(c.atttypid AS BIGINT) WHEN 20 THEN 1 WHEN 23 THEN 1 WHEN 17 THEN 3 "
            "ELSE 2 END AS kind, CASE WHEN c.attnotnull THEN 0 ELSE 1 END AS may_lack, "
            "CASE WHEN c.attidentity = '' THEN 0 ELSE 1 END AS counts "
            "FROM pg_class t JOIN pg_attribute c ON c.attrelid = t.oid "
            "JOIN pg_namespace n ON n.oid = t.relnamespace "
            "WHERE n.nspname = current_schema() AND t.relkind = 'r' AND c.attnum > 0 "
            "AND NOT c.attisdropped AND t.relname NOT IN ('text_docs', 'schema_migrations') "
            "ORDER BY t.relname, c.attname"),
        COLUMN_ROW, mem, out);
}

static err compare(const struct rows *from, const struct rows *to)
{
    const struct column *a = from->items, *b = to->items;
    for (size_t i = 0; i < from->count || i < to->count; i++)
        if (i >= from->count || i >= to->count || !str_eq(a[i].owner, b[i].owner) ||
            !str_eq(a[i].name, b[i].name) || a[i].kind != b[i].kind)
            return err_make_with(ERR_CONFLICT, "db.move_differs",
                                 i < from->count ? a[i].owner : b[i].owner, (str){ 0 });
    return OK;
}

/* ---- statements of one table ---- */

static void add_field(struct table *t, size_t *at, const char *name, size_t offset,
                      enum field_type type)
{
    t->map[(*at)++] = (struct field){ .name = name, .offset = offset, .type = type };
}

static void make_select(struct table *t, struct arena *mem)
{
    struct buf *text = buf_new(mem, TEXT_MAX);
    size_t fields = 0;
    t->map = arena_array(mem, t->count * 2 + 1, sizeof *t->map);
    for (size_t i = 0; i < t->count; i++) {
        const struct column *c = &t->columns[i];
        size_t at = i * sizeof(struct value);
        const char *name = arena_printf(mem, "c%zu", i).ptr;
        buf_printf(text, "%s%.*s AS %s", i ? ", " : "SELECT ", (int)c->name.len, c->name.ptr, name);
        if (c->kind == KIND_NUMBER)
            add_field(t, &fields, name, at + offsetof(struct value, number), FIELD_I64);
        else if (c->kind == KIND_TEXT)
            add_field(t, &fields, name, at + offsetof(struct value, text), FIELD_STR);
        else
            add_field(t, &fields, name, at + offsetof(struct value, data), FIELD_BYTES);
        if (!c->may_lack)
            continue;
        name = arena_printf(mem, "n%zu", i).ptr;
        buf_printf(text, ", CASE WHEN %.*s IS NULL THEN 1 ELSE 0 END AS %s", (int)c->name.len,
                   c->name.ptr, name);
        add_field(t, &fields, name, at + offsetof(struct value, lacks), FIELD_I64);
    }
    buf_printf(text, " FROM %.*s", (int)t->columns->owner.len, t->columns->owner.ptr);
    t->select = arena_cstr(mem, buf_str(text));
}

/* Names of parameters live as long as the connection that keeps the statement. */
static void make_insert(struct table *t, struct arena *mem)
{
    struct buf *text = buf_new(mem, TEXT_MAX), *values = buf_new(mem, TEXT_MAX);
    t->params = arena_array(mem, t->count * 2 + 1, sizeof *t->params);
    buf_printf(text, "INSERT INTO %.*s (", (int)t->columns->owner.len, t->columns->owner.ptr);
    for (size_t i = 0; i < t->count; i++) {
        const struct column *c = &t->columns[i];
        const char *comma = i ? ", " : "";
        t->params[1 + 2 * i].name = arena_printf(t->to->mem, "c%zu", i).ptr;
        t->params[2 + 2 * i].name = arena_printf(t->to->mem, "n%zu", i).ptr;
        buf_printf(text, "%s%.*s", comma, (int)c->name.len, c->name.ptr);
        buf_printf(values, "%sCASE WHEN :n%zu = 1 THEN NULL ELSE :c%zu END", comma, i, i);
    }
    buf_put(text, ") VALUES (");
    buf_add(text, buf_str(values));
    buf_put(text, ")");
    t->insert = arena_cstr(mem, buf_str(text));
}

/* ---- one row ---- */

static void put_part(struct buf *to, const void *part, size_t len)
{
    i64 size = (i64)len;
    buf_add(to, (str){ (const char *)&size, sizeof size });
    buf_add(to, (str){ part, len });
}

/* Each part with its length before it: no two rows share a form. The sum does not know in which
 * order rows came. */
static void sum_add(struct sum *sum, const struct table *t, const struct value *row)
{
    struct buf *form = buf_new(t->row, ROW_SOFT);
    uint64_t lanes[LANES];
    put_part(form, t->columns->owner.ptr, t->columns->owner.len);
    for (size_t i = 0; i < t->count; i++) {
        const struct value *v = &row[i];
        put_part(form, &v->lacks, sizeof v->lacks);
        if (t->columns[i].kind == KIND_NUMBER)
            put_part(form, &v->number, sizeof v->number);
        else if (t->columns[i].kind == KIND_TEXT)
            put_part(form, v->text.ptr, v->text.len);
        else
            put_part(form, v->data.ptr, v->data.len);
    }
    assert(!buf_is_full(form));
    db_digest(buf_str(form), (unsigned char *)lanes);
    for (size_t i = 0; i < LANES; i++)
        sum->lanes[i] += lanes[i];
    sum->rows++;
}

static void set_param(struct param *to, struct param value)
{
    value.name = to->name;
    *to = value;
}

static err take_row(void *context, void *row)
{
    struct table *t = context;
    const struct value *v = row;
    sum_add(t->sum, t, v);
    if (!t->to)
        return OK;
    for (size_t i = 0; i < t->count; i++) {
        i64 kind = t->columns[i].kind;
        struct param *p = &t->params[1 + 2 * i];
        set_param(p, kind == KIND_NUMBER ? param_i64("", v[i].number)
                     : kind == KIND_TEXT ? param_str("", v[i].text)
                                         : param_bytes("", v[i].data));
        set_param(p + 1, param_i64("", v[i].lacks));
    }
    return db_run(t->to, db_made(t->insert, 2 * t->count, t->params), NULL);
}

/* ---- all tables ---- */

static err pass_table(struct table *t)
{
    static const struct param NONE[] = { { 0 } };
    struct arena *mem = arena_new(ROW_SOFT, 0), *row = arena_new(2 * ROW_SOFT, 0);
    err e = OK;
    t->row = row;
    make_select(t, mem);
    if (t->to) {
        make_insert(t, mem);
        str name = t->columns->owner;
        str text = arena_printf(mem, "DELETE FROM %.*s", (int)name.len, name.ptr);
        e = db_run(t->to, db_made(text.ptr, 0, NONE), NULL);
    }
    struct db_each each = { t->map, t->count * sizeof(struct value), row, take_row, t };
    if (!e.code)
        e = db_each(t->from, db_made(t->select, 0, NONE), &each);
    t->sum->tables++;
    arena_free(row);
    arena_free(mem);
    return e;
}

static err pass_tables(struct db *from, struct db *to, const struct rows *columns, struct sum *sum)
{
    const struct column *c = columns->items;
    for (size_t i = 0, end; i < columns->count; i = end) {
        for (end = i; end < columns->count && str_eq(c[end].owner, c[i].owner);)
            end++;
        struct table t = { .from = from, .to = to, .columns = c + i, .count = end - i };
        t.sum = sum;
        TRY(pass_table(&t));
    }
    return OK;
}

static str sum_hex(struct arena *mem, const struct sum *sum)
{
    const uint64_t *n = sum->lanes;
    return arena_printf(mem, "%016llx%016llx%016llx%016llx", (unsigned long long)n[0],
                        (unsigned long long)n[1], (unsigned long long)n[2],
                        (unsigned long long)n[3]);
}

static void say(struct arena *mem, const struct sum *sum, struct db_rows *out)
{
    *out = (struct db_rows){ sum->tables, sum->rows, sum_hex(mem, sum) };
}

err db_rows_digest(struct db *db, struct arena *mem, struct db_rows *out)
{
    struct sum sum = { 0 };
    struct rows columns;
    TRY(db_begin(db));
    err e = list_columns(db, mem, &columns);
    if (!e.code)
        e = pass_tables(db, NULL, &columns, &sum);
    db_rollback(db);
    say(mem, &sum, out);
    return e;
}

/* ---- PostgreSQL: references, numbers ---- */

struct reference {
    str owner, name, definition;
};
static const struct field REFERENCE_ROW[] = {
    FIELD(struct reference, owner),
    FIELD(struct reference, name),
    FIELD(struct reference, definition),
    { 0 },
};

/* PostgreSQL checks references with each statement, in whatever order rows come: they are taken off
 * and put on again at the end, in the same transaction, which checks all of them. SQLite's are off
 * as during migrations, and are checked likewise (db_ops.check_references). */
static err list_references(struct db *to, struct arena *mem, struct rows *out)
{
    *out = (struct rows){ .size = sizeof(struct reference) };
    if (to->ops->engine != DB_POSTGRES)
        return OK;
    return db_list(to,
                   SQL("SELECT CAST(t.relname AS TEXT) AS owner, CAST(k.conname AS TEXT) AS name, "
                       "pg_get_constraintdef(k.oid) AS definition FROM pg_constraint k "
                       "JOIN pg_class t ON t.oid = k.conrelid "
                       "JOIN pg_namespace n ON n.oid = t.relnamespace "
                       "WHERE k.contype = 'f' AND n.nspname = current_schema() "
                       "ORDER BY t.relname, k.conname"),
                   REFERENCE_ROW, mem, out);
}

static err references_set(struct db *to, struct arena *mem, const struct rows *all, bool on)
{
    const struct reference *r = all->items;
    for (size_t i = 0; i < all->count; i++) {
        str definition = on ? r[i].definition : str_of("");
        TRY(db_script(to, arena_printf(mem, "ALTER TABLE %.*s %s CONSTRAINT %.*s %.*s",
                                       (int)r[i].owner.len, r[i].owner.ptr, on ? "ADD" : "DROP",
                                       (int)r[i].name.len, r[i].name.ptr, (int)definition.len,
                                       definition.ptr ? definition.ptr : "")));
    }
    return OK;
}

static err numbers_go_on(struct db *to, struct arena *mem, const struct rows *columns)
{
    static const struct param NONE[] = { { 0 } };
    const struct column *c = columns->items;
    for (size_t i = 0; i < columns->count; i++) {
        i64 next;
        int owner = (int)c[i].owner.len, name = (int)c[i].name.len;
        if (!c[i].counts)
            continue;
        str text = arena_printf(mem,
                                "SELECT setval(pg_get_serial_sequence('%.*s', '%.*s'), "
                                "COALESCE(MAX(%.*s), 0) + 1, false) AS next FROM %.*s",
                                owner, c[i].owner.ptr, name, c[i].name.ptr, name, c[i].name.ptr,
                                owner, c[i].owner.ptr);
        TRY(db_i64(to, db_made(text.ptr, 0, NONE), &next));
    }
    return OK;
}

/* ---- the move ---- */

struct move {
    struct db *from, *to;
    struct arena *mem;
    struct rows columns, to_columns, references;
    struct sum sum;
};

/* The reading transaction ends before the long work at the end: a server closes idle ones. */
static err copy(struct move *m)
{
    TRY(list_references(m->to, m->mem, &m->references));
    TRY(references_set(m->to, m->mem, &m->references, false));
    TRY(db_begin(m->from));
    err e = pass_tables(m->from, m->to, &m->columns, &m->sum);
    db_rollback(m->from);
    TRY(e);
    TRY(references_set(m->to, m->mem, &m->references, true));
    TRY(numbers_go_on(m->to, m->mem, &m->to_columns));
    return m->to->ops->check_references(m->to);
}

static err copy_whole(struct move *m)
{
    TRY(m->to->ops->lock_migrations(m->to, true));
    err e = db_begin(m->to);
    if (!e.code) {
        e = copy(m);
        if (e.code)
            db_rollback(m->to);
        else
            e = db_commit(m->to);
    }
    err unlocked = m->to->ops->lock_migrations(m->to, false);
    return e.code ? e : unlocked;
}

err db_move(struct db *from, struct db *to, struct arena *mem, struct db_rows *out)
{
    struct move m = { .from = from, .to = to, .mem = mem };
    struct db_rows there, still;
    assert(!from->in_tx && !to->in_tx);
    TRY(list_columns(from, mem, &m.columns));
    TRY(list_columns(to, mem, &m.to_columns));
    TRY(compare(&m.columns, &m.to_columns));
    TRY(copy_whole(&m));
    say(mem, &m.sum, out);
    TRY(db_rows_digest(to, mem, &there));
    if (there.rows != out->rows || !str_eq(there.digest, out->digest))
        return err_make(ERR_INTERNAL, "db.move_lost");
    TRY(db_rows_digest(from, mem, &still));
    return still.rows == out->rows && str_eq(still.digest, out->digest)
               ? OK
               : err_make(ERR_CONFLICT, "db.move_changed");
}
