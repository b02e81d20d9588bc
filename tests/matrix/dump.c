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
static const struct field LINE_ROW[] = { FIELD(struct line, line), { 0 } };
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
               "'CAST(to_jsonb(t) - ''password_hash'' AS TEXT)' AS line FROM "
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

static bool has_org(struct db *db, struct arena *mem, str table)
{
    struct rows columns = columns_of(db, mem, table);
    const struct line *all = columns.items;
    for (size_t i = 0; i < columns.count; i++)
        if (str_is(all[i].name, "org_id"))
            return true;
    return false;
}

static void put_table(struct buf *out, struct db *db, const struct line *table, i64 org_id,
                      struct arena *mem)
{
    char where[60] = "";
    if (org_id)
        snprintf(where, sizeof where, " WHERE t.org_id = %lld", (long long)org_id);
    str text =
        arena_printf(mem, "SELECT %.*s AS line FROM %.*s t%s ORDER BY 1", (int)table->line.len,
                     table->line.ptr, (int)table->name.len, table->name.ptr, where);
    struct rows rows = ask(db, kept(text), LINE_ROW, mem);
    const struct line *all = rows.items;
    for (size_t k = 0; k < rows.count; k++) {
        buf_add(out, table->name);
        buf_put(out, "|");
        buf_add(out, all[k].line);
        buf_put(out, "\n");
    }
}

str dump_rows(struct db *db, i64 org_id, struct arena *mem)
{
    struct rows tables = tables_of(db, mem);
    const struct line *table = tables.items;
    struct buf *out = buf_new(mem, 64 << 20);
    for (size_t i = 0; i < tables.count; i++)
        if (!org_id || has_org(db, mem, table[i].name))
            put_table(out, db, &table[i], org_id, mem);
    return buf_str(out);
}

str dump_table(struct db *db, str table, struct arena *mem)
{
    static struct rows tables; /* asked once: the columns do not change */
    static struct arena *kept_mem;
    struct buf *out = buf_new(mem, 64 << 20);
    if (!kept_mem)
        tables = tables_of(db, kept_mem = arena_new(1 << 20, 0));
    const struct line *all = tables.items;
    for (size_t i = 0; i < tables.count; i++)
        if (str_eq(all[i].name, table))
            put_table(out, db, &all[i], 0, mem);
    return buf_str(out);
}

strs dump_tables(struct db *db, struct arena *mem)
{
    struct rows tables = tables_of(db, mem);
    strs out = { 0 };
    for (size_t i = 0; i < tables.count; i++)
        strs_add(mem, &out, ((const struct line *)tables.items)[i].name);
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
    struct rows tables = tables_of(db, mem);
    strs all = { 0 }, out = { 0 };
    for (size_t i = 0; i < tables.count; i++) {
        struct rows columns = columns_of(db, mem, ((const struct line *)tables.items)[i].name);
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
