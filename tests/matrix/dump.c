/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See dump.h. The statements are made of what the engine itself tells of its tables; a dump knows
 * no list of tables that could be forgotten. */
#include "tests/matrix/dump.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "platform/base/buf.h"
#include "platform/base/str.h"
#include "tests/harness/test_db.h"
#include "tests/harness/test_err.h"

struct line {
    str name, line;
};
static const struct field LINE_ROW[] = { FIELD(struct line, line), { 0 } };
static const struct field NAME_ROW[] = { FIELD(struct line, name), { 0 } };
static const struct field BOTH_ROW[] = { FIELD(struct line, name),
                                         FIELD(struct line, line),
                                         { 0 } };

/* Statements are cached by their text's address: the same text must be the same address. */
static const char *kept(str text)
{
    static char *all[2000];
    static size_t count;
    for (size_t i = 0; i < count; i++)
        if (str_is(text, all[i]))
            return all[i];
    assert_true(count < sizeof all / sizeof *all);
    all[count] = strndup(text.ptr, text.len);
    return all[count++];
}

static struct rows ask(struct db *db, const char *text, const struct field *map, struct arena *mem)
{
    static const struct param NONE[] = { { 0 } };
    struct rows rows = { .size = sizeof(struct line) };
    struct sql sql = { text, __FILE__, __LINE__, 0, NONE };
    assert_ok(db_list(db, sql, map, mem, &rows));
    return rows;
}

static bool is_sqlite(void)
{
    return test_db_engine() == DB_SQLITE;
}

/* name = table; line = expression that makes "table|row" of a row, over alias t. SQLite makes it
 * with one function: a chain of || would copy the line once for each column. There numbers are %s
 * (NULL is nothing), texts %Q as SQL writes them (NULL is NULL), on one line. */
static struct rows tables_of(struct db *db, struct arena *mem)
{
    if (is_sqlite())
        return ask(
            db,
            "SELECT m.name AS name, (SELECT 'printf(''' || m.name || '|' || "
            "group_concat(CASE c.type WHEN 'TEXT' THEN '%Q' ELSE '%s' END, ' ') || ''', ' "
            "|| group_concat(CASE c.type WHEN 'TEXT' THEN 'replace(t.\"' || c.name || '\", "
            "char(10), ''\\n'')' WHEN 'INTEGER' THEN 't.\"' || c.name || '\"' "
            "ELSE 'quote(t.\"' || c.name || '\")' END, ', ') || ')' "
            "FROM pragma_table_info(m.name) c WHERE c.name <> 'password_hash') AS line "
            "FROM sqlite_master m "
            "WHERE m.type = 'table' AND m.sql NOT LIKE 'CREATE VIRTUAL%' "
            "AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE 'audit%' AND m.name NOT LIKE "
            "'text_fts%' ORDER BY m.name",
            BOTH_ROW, mem);
    return ask(db,
               "SELECT CAST(c.relname AS TEXT) AS name, '''' || c.relname || '|'' || "
               "CAST(to_jsonb(t) - ''password_hash'' AS TEXT) COLLATE \"C\"' AS line FROM "
               "pg_class c WHERE c.relkind = 'r' AND c.relnamespace = CAST(current_schema() AS "
               "regnamespace) AND c.relname NOT LIKE 'audit%' ORDER BY 1",
               BOTH_ROW, mem);
}

static struct rows columns_of(struct db *db, struct arena *mem, str table)
{
    str text =
        is_sqlite()
            ? arena_printf(mem, "SELECT name FROM pragma_table_info('%.*s')", (int)table.len,
                           table.ptr)
            : arena_printf(mem,
                           "SELECT CAST(a.attname AS TEXT) AS name FROM pg_attribute a WHERE "
                           "a.attnum > 0 AND NOT a.attisdropped AND "
                           "a.attrelid = CAST('%.*s' AS regclass)",
                           (int)table.len, table.ptr);
    return ask(db, kept(text), NAME_ROW, mem);
}

/* A table that is dumped. line: as of tables_of. */
struct table {
    str name, line;
    bool has_org;
};

static struct table table_of(struct db *db, struct arena *mem, const struct line *row)
{
    struct rows columns = columns_of(db, mem, row->name);
    struct table table = { row->name, row->line, false };
    for (size_t i = 0; i < columns.count; i++)
        if (str_is(((const struct line *)columns.items)[i].name, "org_id"))
            table.has_org = true;
    return table;
}

/* Asked once: neither tables nor columns change while a test runs. */
static const struct table *tables_kept(struct db *db, size_t *count)
{
    static struct table *kept_tables;
    static size_t kept_count;
    static struct arena *mem; /* lives as long as the program */
    if (!kept_tables) {
        mem = arena_new(4 << 20, 0);
        struct rows rows = tables_of(db, mem);
        kept_count = rows.count;
        kept_tables = arena_zero(mem, (rows.count + 1) * sizeof *kept_tables);
        for (size_t i = 0; i < rows.count; i++)
            kept_tables[i] = table_of(db, mem, &((const struct line *)rows.items)[i]);
    }
    *count = kept_count;
    return kept_tables;
}

static void put_select(struct buf *sql, const struct table *t, i64 org_id)
{
    buf_printf(sql, "SELECT %.*s AS line FROM %.*s t", (int)t->line.len, t->line.ptr,
               (int)t->name.len, t->name.ptr);
    if (org_id)
        buf_printf(sql, " WHERE t.org_id = %lld", (long long)org_id);
}

static err add_line(void *context, void *row)
{
    struct buf *out = context;
    buf_add(out, ((const struct line *)row)->line);
    buf_put_byte(out, '\n');
    return OK;
}

/* Each row goes straight into the text. */
static void add_rows(struct db *db, const char *text, struct arena *scratch, struct buf *out)
{
    static const struct param NONE[] = { { 0 } };
    struct sql sql = { text, __FILE__, __LINE__, 0, NONE };
    struct db_each each = { LINE_ROW, sizeof(struct line), scratch, add_line, out };
    assert_ok(db_each(db, sql, &each));
}

/* SQLite gives rows by their keys; PostgreSQL as they lie, so there they are sorted. */
static const char *finished(struct buf *sql)
{
    buf_put(sql, is_sqlite() ? "" : " ORDER BY 1");
    return kept(buf_str(sql));
}

str dump_rows(struct db *db, i64 org_id, struct arena *mem)
{
    size_t count;
    const struct table *tables = tables_kept(db, &count);
    struct arena *scratch = arena_new(4 << 20, 0);
    struct buf *sql = buf_new(scratch, 1 << 20), *out = buf_new(mem, 64 << 20);
    for (size_t i = 0; i < count; i++) {
        if (org_id && !tables[i].has_org)
            continue;
        sql->len = 0;
        put_select(sql, &tables[i], org_id);
        add_rows(db, finished(sql), scratch, out);
    }
    arena_free(scratch);
    return buf_str(out);
}

str dump_table(struct db *db, str table, struct arena *mem)
{
    size_t count;
    const struct table *tables = tables_kept(db, &count);
    struct arena *scratch = arena_new(4 << 20, 0);
    struct buf *sql = buf_new(scratch, 1 << 16), *out = buf_new(mem, 64 << 20);
    for (size_t i = 0; i < count; i++)
        if (str_eq(tables[i].name, table))
            put_select(sql, &tables[i], 0);
    add_rows(db, finished(sql), scratch, out);
    arena_free(scratch);
    return buf_str(out);
}

/* ---- changes ---- */

static void run(struct db *db, str text)
{
    static const struct param NONE[] = { { 0 } };
    struct sql sql = { kept(text), __FILE__, __LINE__, 0, NONE };
    assert_ok(db_run(db, sql, NULL));
}

/* The line of a row in a trigger, where it is called NEW or OLD. */
static void put_line(struct buf *sql, const struct table *t, const char *row)
{
    size_t from = 0;
    for (i64 at; (at = str_find(t->line, str_of("t.\""), from)) >= 0; from = (size_t)at + 1) {
        buf_add(sql, str_sub(t->line, from, (size_t)at - from));
        buf_put(sql, row);
    }
    buf_add(sql, str_sub(t->line, from, t->line.len - from));
}

static void put_value(struct buf *sql, const struct table *t, int mark, const char *row)
{
    buf_printf(sql, "(%d, %s%s, ", mark, t->has_org ? row : "0", t->has_org ? ".org_id" : "");
    put_line(sql, t, row);
    buf_put(sql, ")");
}

static void watch_sqlite(struct db *db, const struct table *t, struct arena *mem)
{
    static const struct {
        const char *name;
        bool old, new;
    } ALL[] = { { "INSERT", false, true }, { "UPDATE", true, true }, { "DELETE", true, false } };
    for (size_t i = 0; i < sizeof ALL / sizeof *ALL; i++) {
        struct buf *sql = buf_new(mem, 1 << 16);
        buf_printf(
            sql,
            "CREATE TRIGGER written_%.*s_%s AFTER %s ON %.*s BEGIN INSERT INTO written VALUES ",
            (int)t->name.len, t->name.ptr, ALL[i].name, ALL[i].name, (int)t->name.len, t->name.ptr);
        if (ALL[i].old)
            put_value(sql, t, -1, "OLD");
        buf_put(sql, ALL[i].old && ALL[i].new ? ", " : "");
        if (ALL[i].new)
            put_value(sql, t, 1, "NEW");
        buf_put(sql, "; END");
        run(db, buf_str(sql));
    }
}

static void watch_postgres(struct db *db, const struct table *t, struct arena *mem)
{
    run(db, arena_printf(mem,
                         "CREATE TRIGGER written AFTER INSERT OR UPDATE OR DELETE ON %.*s FOR EACH "
                         "ROW EXECUTE FUNCTION note_written()",
                         (int)t->name.len, t->name.ptr));
}

/* What notes a row, in the trigger's function, where it is called NEW or OLD. */
static str note(struct arena *mem, int mark, const char *row)
{
    return arena_printf(mem,
                        "INSERT INTO written VALUES (%d, COALESCE(CAST(to_jsonb(%s)->>'org_id' AS "
                        "BIGINT), 0), TG_TABLE_NAME || '|' || CAST(to_jsonb(%s) - 'password_hash' "
                        "AS TEXT)); ",
                        mark, row, row);
}

void dump_keep(struct db *db)
{
    struct arena *mem = arena_new(4 << 20, 0);
    size_t count;
    const struct table *tables = tables_kept(db, &count);
    assert_ok(db_begin(db));
    run(db, str_of("CREATE TABLE written (mark BIGINT NOT NULL, org_id BIGINT NOT NULL, "
                   "line TEXT NOT NULL)"));
    if (!is_sqlite())
        run(db,
            arena_printf(mem,
                         "CREATE FUNCTION note_written() RETURNS trigger LANGUAGE plpgsql AS $$ "
                         "BEGIN IF TG_OP <> 'INSERT' THEN %sEND IF; "
                         "IF TG_OP <> 'DELETE' THEN %sEND IF; RETURN NULL; END $$",
                         note(mem, -1, "OLD").ptr, note(mem, 1, "NEW").ptr));
    for (size_t i = 0; i < count; i++)
        (is_sqlite() ? watch_sqlite : watch_postgres)(db, &tables[i], mem);
    assert_ok(db_commit(db));
    arena_free(mem);
}

str dump_changes(struct db *db, i64 org_id, struct arena *mem)
{
    struct buf *out = buf_new(mem, 64 << 20);
    struct arena *scratch = arena_new(4 << 20, 0);
    struct db_each each = { LINE_ROW, sizeof(struct line), scratch, add_line, out };
    assert_ok(
        db_each(db,
                SQL("SELECT CASE WHEN SUM(w.mark) > 0 THEN '+' ELSE '-' END || w.line AS line "
                    "FROM written w WHERE :org_id = 0 OR w.org_id = :org_id "
                    "GROUP BY w.line HAVING SUM(w.mark) <> 0 ORDER BY w.line",
                    P(org_id)),
                &each));
    arena_free(scratch);
    return buf_str(out);
}

/* ---- names and literals ---- */

strs dump_tables(struct db *db, struct arena *mem)
{
    size_t count;
    const struct table *tables = tables_kept(db, &count);
    strs out = { 0 };
    for (size_t i = 0; i < count; i++)
        strs_add(mem, &out, tables[i].name);
    return out;
}

/* SQLite quotes as SQL does; PostgreSQL writes JSON. */
str dump_literal(struct arena *mem, str value)
{
    struct buf *b = buf_new(mem, value.len * 6 + 8);
    char quote = is_sqlite() ? '\'' : '"';
    buf_put_byte(b, quote);
    for (size_t i = 0; i < value.len; i++) {
        char c = value.ptr[i];
        if (is_sqlite() && c == '\'')
            buf_put(b, "''");
        else if (!is_sqlite() && (c == '"' || c == '\\'))
            buf_printf(b, "\\%c", c);
        else if (c == '\n' || (!is_sqlite() && c == '\t'))
            buf_put(b, c == '\n' ? "\\n" : "\\t");
        else
            buf_put_byte(b, c);
    }
    buf_put_byte(b, quote);
    return buf_str(b);
}

static int by_text(const void *a, const void *b)
{
    const str *x = a, *y = b;
    int order = memcmp(x->ptr, y->ptr, x->len < y->len ? x->len : y->len);
    return order ? order : x->len < y->len ? -1 : x->len > y->len;
}

strs dump_columns(struct db *db, struct arena *mem)
{
    size_t count;
    const struct table *tables = tables_kept(db, &count);
    strs all = { 0 }, out = { 0 };
    for (size_t i = 0; i < count; i++) {
        struct rows columns = columns_of(db, mem, tables[i].name);
        for (size_t k = 0; k < columns.count; k++)
            strs_add(mem, &all, ((const struct line *)columns.items)[k].name);
    }
    qsort(all.items, all.count, sizeof *all.items, by_text);
    for (size_t i = 0; i < all.count; i++)
        if (i == 0 || !str_eq(all.items[i], all.items[i - 1]))
            strs_add(mem, &out, all.items[i]);
    return out;
}

static bool has_line(str text, str line)
{
    str one;
    while (str_split(&text, '\n', &one))
        if (str_eq(one, line))
            return true;
    return false;
}

void dump_print_difference(str before, str after)
{
    str rest = before, line;
    for (int side = 0; side < 2; side++) {
        for (int shown = 0; shown < 5 && str_split(&rest, '\n', &line);)
            if (!has_line(side ? before : after, line)) {
                fprintf(stderr, "# %c %.*s\n", side ? '+' : '-',
                        (int)(line.len < 600 ? line.len : 600), line.ptr);
                shown++;
            }
        rest = after;
    }
}

void dump_reset_sequences(struct db *db, i64 to)
{
    struct arena *mem;
    struct rows rows = { .size = sizeof(struct line) };
    if (is_sqlite())
        return;
    mem = arena_new(1 << 20, 0);
    assert_ok(db_begin(db));
    assert_ok(
        db_list(db,
                SQL("SELECT CAST(setval(CAST(c.oid AS regclass), :to) AS TEXT) AS name "
                    "FROM pg_class c WHERE "
                    "c.relkind = 'S' AND c.relnamespace = CAST(current_schema() AS regnamespace)",
                    P(to)),
                NAME_ROW, mem, &rows));
    assert_ok(db_commit(db));
    arena_free(mem);
}
