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
static const struct field NAME_ROW[] = { FIELD(struct line, name), { 0 } };
static const struct field BOTH_ROW[] = { FIELD(struct line, name),
                                         FIELD(struct line, line),
                                         { 0 } };

/* Statements are cached by their text's address: the same text must be the same address. */
static const char *kept(str text)
{
    static char *all[500];
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

/* name = table; line = expression that makes a text of a row, over alias t. */
static struct rows tables_of(struct db *db, struct arena *mem)
{
    if (is_sqlite())
        return ask(db,
                   "SELECT m.name AS name, (SELECT group_concat('quote(t.\"' || c.name || '\")', "
                   "' || '' '' || ') FROM pragma_table_info(m.name) c "
                   "WHERE c.name <> 'password_hash') AS line FROM sqlite_master m "
                   "WHERE m.type = 'table' AND m.sql NOT LIKE 'CREATE VIRTUAL%' "
                   "AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE 'audit%' ORDER BY m.name",
                   BOTH_ROW, mem);
    return ask(db,
               "SELECT CAST(c.relname AS TEXT) AS name, "
               "'CAST(to_jsonb(t) - ''password_hash'' AS TEXT) COLLATE \"C\"' AS line FROM "
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

static bool has_org(struct db *db, struct arena *mem, str table)
{
    struct rows columns = columns_of(db, mem, table);
    const struct line *all = columns.items;
    for (size_t i = 0; i < columns.count; i++)
        if (str_is(all[i].name, "org_id"))
            return true;
    return false;
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
        for (size_t i = 0; i < rows.count; i++) {
            const struct line *row = &((const struct line *)rows.items)[i];
            kept_tables[i] = (struct table){ row->name, row->line, has_org(db, mem, row->name) };
        }
    }
    *count = kept_count;
    return kept_tables;
}

static void put_select(struct buf *sql, const struct table *t, i64 org_id)
{
    buf_printf(sql, "%sSELECT '%.*s' %s AS name, %.*s AS line FROM %.*s t",
               sql->len ? " UNION ALL " : "", (int)t->name.len, t->name.ptr,
               is_sqlite() ? "" : "COLLATE \"C\"", (int)t->line.len, t->line.ptr, (int)t->name.len,
               t->name.ptr);
    if (org_id)
        buf_printf(sql, " WHERE t.org_id = %lld", (long long)org_id);
}

static str dump_of(struct db *db, const struct buf *sql, struct arena *mem)
{
    struct buf *out = buf_new(mem, 64 << 20);
    str text = arena_printf(mem, "%.*s ORDER BY 1, 2", (int)sql->len, sql->ptr);
    struct rows rows = ask(db, kept(text), BOTH_ROW, mem);
    const struct line *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        buf_add(out, all[i].name);
        buf_put(out, "|");
        buf_add(out, all[i].line);
        buf_put(out, "\n");
    }
    return buf_str(out);
}

/* One statement for all tables: a dump is taken thousands of times. */
str dump_rows(struct db *db, i64 org_id, struct arena *mem)
{
    size_t count;
    const struct table *tables = tables_kept(db, &count);
    struct buf *sql = buf_new(mem, 1 << 20);
    for (size_t i = 0; i < count; i++)
        if (!org_id || tables[i].has_org)
            put_select(sql, &tables[i], org_id);
    return dump_of(db, sql, mem);
}

str dump_table(struct db *db, str table, struct arena *mem)
{
    size_t count;
    const struct table *tables = tables_kept(db, &count);
    struct buf *sql = buf_new(mem, 1 << 16);
    for (size_t i = 0; i < count; i++)
        if (str_eq(tables[i].name, table))
            put_select(sql, &tables[i], 0);
    return dump_of(db, sql, mem);
}

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
        else if (!is_sqlite() && (c == '\n' || c == '\t'))
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
