/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Implementation of move.h. Tables and columns are those that the engine itself lists, statements
 * are made of their names (made.h), a statement for some rows at once; a value that may be missing
 * travels with a mark beside it, for there are no NULL parameters. */
#include "platform/db/move.h"

#include <assert.h>

#include "platform/base/buf.h"
#include "platform/db/db_engine.h"
#include "platform/db/made.h"

enum { TEXT_MAX = 1 << 16, ROW_SOFT = 64 << 20, LANES = 4, BATCH = 32, BATCH_BYTES = 1 << 20 };
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

/* Rows that wait to go with one statement: each costs a server a journey. insert: for so many. */
struct batch {
    struct arena *mem, *text; /* emptied after each, with each other number of rows */
    struct value *rows;
    size_t count, most, size;
    const char *insert;
    size_t insert_rows;
    struct param *params;
};

/* One table on its way. to: NULL = it is only digested. row: emptied after each. */
struct table {
    struct db *from, *to;
    const struct column *columns;
    size_t count;
    const char *select;
    struct field *map;
    struct sum *sum;
    struct arena *mem, *row;
    struct batch batch;
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

/* "(:c0, CASE WHEN :n1 = 1 THEN NULL ELSE :c1 END)" of a row; its parameters are numbered through.
 */
static void put_row(const struct table *t, size_t row, struct buf *text)
{
    for (size_t i = 0; i < t->count; i++) {
        size_t number = row * t->count + i;
        buf_put(text, i ? ", " : row ? ", (" : " (");
        if (t->columns[i].may_lack)
            buf_printf(text, "CASE WHEN :n%zu = 1 THEN NULL ELSE :c%zu END", number, number);
        else
            buf_printf(text, ":c%zu", number);
    }
    buf_put(text, ")");
}

static void make_insert(struct table *t, size_t rows)
{
    arena_reset(t->batch.text);
    struct buf *text = buf_new(t->batch.text, TEXT_MAX);
    str owner = t->columns->owner;
    buf_printf(text, "INSERT INTO %.*s (", (int)owner.len, owner.ptr);
    for (size_t i = 0; i < t->count; i++)
        buf_printf(text, "%s%.*s", i ? ", " : "", (int)t->columns[i].name.len,
                   t->columns[i].name.ptr);
    buf_put(text, ") VALUES");
    for (size_t row = 0; row < rows; row++)
        put_row(t, row, text);
    assert(!buf_is_full(text));
    t->batch.insert = arena_cstr(t->batch.text, buf_str(text));
    t->batch.insert_rows = rows;
}

static bool may_lack(const struct table *t, size_t value)
{
    return t->columns[value % t->count].may_lack != 0;
}

/* Names of parameters live as long as the connection that keeps the statement. */
static void batch_make(struct table *t)
{
    struct batch *b = &t->batch;
    size_t each = t->count, values, at = 1;
    for (size_t i = 0; i < t->count; i++)
        each += may_lack(t, i);
    b->most = BATCH * each < DB_PARAMS_MAX ? BATCH : DB_PARAMS_MAX / each;
    assert(b->most > 0);
    values = b->most * t->count;
    b->mem = arena_new(2 * ROW_SOFT, 0);
    b->text = arena_new(4 * TEXT_MAX, 0);
    b->rows = arena_array(t->mem, values, sizeof *b->rows);
    b->params = arena_array(t->mem, b->most * each + 1, sizeof *b->params);
    for (size_t i = 0; i < values; i++) {
        b->params[at++].name = arena_printf(t->to->mem, "c%zu", i).ptr;
        if (may_lack(t, i))
            b->params[at++].name = arena_printf(t->to->mem, "n%zu", i).ptr;
    }
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

static struct param param_of(const struct table *t, size_t number)
{
    const struct value *v = &t->batch.rows[number];
    i64 kind = t->columns[number % t->count].kind;
    return kind == KIND_NUMBER ? param_i64("", v->number)
           : kind == KIND_TEXT ? param_str("", v->text)
                               : param_bytes("", v->data);
}

static err batch_write(struct table *t)
{
    struct batch *b = &t->batch;
    size_t at = 1;
    if (b->count == 0)
        return OK;
    if (b->insert_rows != b->count)
        make_insert(t, b->count);
    for (size_t i = 0; i < b->count * t->count; i++) {
        set_param(&b->params[at++], param_of(t, i));
        if (may_lack(t, i))
            set_param(&b->params[at++], param_i64("", b->rows[i].lacks));
    }
    err e = db_run(t->to, db_made(b->insert, at - 1, b->params), NULL);
    b->count = b->size = 0;
    arena_reset(b->mem);
    return e;
}

static void batch_add(struct table *t, const struct value *row)
{
    struct batch *b = &t->batch;
    for (size_t i = 0; i < t->count; i++) {
        struct value *v = &b->rows[b->count * t->count + i];
        str data = arena_str(b->mem, (str){ (const char *)row[i].data.ptr, row[i].data.len });
        *v = (struct value){ .number = row[i].number,
                             .lacks = row[i].lacks,
                             .text = arena_str(b->mem, row[i].text),
                             .data = { (const unsigned char *)data.ptr, data.len } };
        b->size += v->text.len + v->data.len;
    }
    b->count++;
}

static err take_row(void *context, void *row)
{
    struct table *t = context;
    sum_add(t->sum, t, row);
    if (!t->to)
        return OK;
    batch_add(t, row);
    bool full = t->batch.count == t->batch.most || t->batch.size > BATCH_BYTES;
    return full ? batch_write(t) : OK;
}

/* ---- all tables ---- */

static err empty(struct table *t)
{
    static const struct param NONE[] = { { 0 } };
    str name = t->columns->owner;
    str text = arena_printf(t->mem, "DELETE FROM %.*s", (int)name.len, name.ptr);
    return db_run(t->to, db_made(text.ptr, 0, NONE), NULL);
}

static err pass_rows(struct table *t)
{
    static const struct param NONE[] = { { 0 } };
    struct db_each each = { t->map, t->count * sizeof(struct value), t->row, take_row, t };
    if (t->to) {
        batch_make(t);
        TRY(empty(t));
    }
    TRY(db_each(t->from, db_made(t->select, 0, NONE), &each));
    return t->to ? batch_write(t) : OK;
}

static err pass_table(struct table *t)
{
    t->mem = arena_new(ROW_SOFT, 0);
    t->row = arena_new(2 * ROW_SOFT, 0);
    make_select(t, t->mem);
    err e = pass_rows(t);
    t->sum->tables++;
    arena_free(t->batch.mem);
    arena_free(t->batch.text);
    arena_free(t->row);
    arena_free(t->mem);
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
