/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Implementation of tables.h. The files keep to one form (STYLE.md 4): CREATE TABLE with a column a
 * line, ALTER TABLE … ADD, DROP or RENAME COLUMN on one line; what else there is are rules, indexes
 * and data. */
#include <assert.h>

#include "embed.h"
#include "platform/base/str.h"
#include "platform/db/tables.h"

enum { TABLES_MAX = 400, COLUMNS_MAX = 100 };

struct reading {
    struct arena *mem;
    const char *owner;
    struct db_table *tables;
    size_t count;
};

/* The next word of a line, without what surrounds it. */
static str word_take(str *rest)
{
    str word;
    *rest = str_trim(*rest);
    if (!str_split(rest, ' ', &word))
        return str_of("");
    for (; word.len && strchr(",;(", word.ptr[word.len - 1]); word.len--)
        ;
    return word;
}

static struct db_table *table_find(struct reading *r, str name)
{
    for (size_t i = 0; i < r->count; i++)
        if (str_eq(r->tables[i].name, name))
            return &r->tables[i];
    return NULL;
}

static struct db_table *table_add(struct reading *r, str name)
{
    assert(r->count < TABLES_MAX);
    struct db_table *t = &r->tables[r->count++];
    *t = (struct db_table){ .name = name, .owner = r->owner, .space = COLUMNS_MAX };
    t->columns = arena_array(r->mem, t->space, sizeof *t->columns);
    return t;
}

static enum db_kind kind_of(str type)
{
    return str_is(type, "@id")      ? DB_ID
           : str_is(type, "@bytes") ? DB_BYTES
           : str_is(type, "TEXT")   ? DB_TEXT
                                    : DB_NUMBER;
}

/* "name TYPE …, -- comment"; what begins otherwise (UNIQUE, FOREIGN KEY) is no column. */
static void column_add(struct db_table *t, str line)
{
    i64 at = str_find(line, str_of("-- "), 0);
    str comment = at < 0 ? str_of("") : str_sub(line, (size_t)at + 3, line.len);
    str name = word_take(&line), type = word_take(&line);
    if (name.len == 0 || name.ptr[0] < 'a' || name.ptr[0] > 'z')
        return;
    assert(t->count < t->space);
    t->columns[t->count++] = (struct db_column){ name, kind_of(type), str_trim(comment) };
}

static void column_drop(struct db_table *t, str name)
{
    for (size_t i = 0; i < t->count; i++)
        if (str_eq(t->columns[i].name, name)) {
            memmove(&t->columns[i], &t->columns[i + 1], (--t->count - i) * sizeof *t->columns);
            return;
        }
}

static void column_rename(struct db_table *t, str from, str to)
{
    for (size_t i = 0; i < t->count; i++)
        if (str_eq(t->columns[i].name, from))
            t->columns[i].name = to;
}

/* Behind "ALTER TABLE ". */
static void alter(struct reading *r, str rest)
{
    struct db_table *t = table_find(r, word_take(&rest));
    str verb = word_take(&rest), name;
    word_take(&rest); /* COLUMN */
    if (!t)
        return;
    if (str_is(verb, "ADD")) {
        column_add(t, rest);
        return;
    }
    name = word_take(&rest);
    if (str_is(verb, "DROP"))
        column_drop(t, name);
    word_take(&rest); /* TO */
    if (str_is(verb, "RENAME"))
        column_rename(t, name, word_take(&rest));
}

static void file_read(struct reading *r, str text)
{
    const str create = str_of("CREATE TABLE "), change = str_of("ALTER TABLE ");
    struct db_table *open = NULL;
    str line;
    while (str_split(&text, '\n', &line)) {
        str trimmed = str_trim(line), rest = str_sub(line, create.len, line.len);
        if (str_starts(line, create))
            open = table_add(r, word_take(&rest));
        else if (str_starts(line, change))
            alter(r, str_sub(line, change.len, line.len));
        else if (open && str_starts(trimmed, str_of(")")))
            open = NULL;
        else if (open)
            column_add(open, trimmed);
    }
}

void db_tables(struct arena *mem, const struct db_schema *schemas, struct rows *out)
{
    struct reading r = { .mem = mem,
                         .tables = arena_array(mem, TABLES_MAX, sizeof(struct db_table)) };
    for (const struct db_schema *s = schemas; s->owner; s++) {
        r.owner = s->owner;
        for (const struct embed_file *f = s->files; f && f->name; f++)
            if (!str_ends(str_of(f->name), str_of(".postgres.sql")))
                file_read(&r, (str){ (const char *)f->data, f->size });
    }
    *out = (struct rows){ .size = sizeof(struct db_table), .items = r.tables, .count = r.count };
}
