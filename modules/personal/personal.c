/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Which tables and columns are about whom, and the rows of who asks. Statements:
 * personal_store.c. */
#include "modules/personal/personal.h"
#include "platform/access/secret.h"
#include "platform/app.h"
#include "platform/base/str.h"
#include "platform/text/texts.h"

enum { ROW_MEMORY = 32 << 20 };

/* The three tables whose own id is the person. */
static enum personal_whose whose_id(str table)
{
    return str_is(table, "members")    ? WHOSE_MEMBER
           : str_is(table, "persons")  ? WHOSE_PERSON
           : str_is(table, "accounts") ? WHOSE_ACCOUNT
                                       : WHOSE_NOBODY;
}

enum personal_whose personal_column_whose(const struct db_table *table,
                                          const struct db_column *column)
{
    if (column->kind == DB_ID)
        return whose_id(table->name);
    if (column->kind != DB_NUMBER || str_starts(column->name, str_of("proxy_")))
        return WHOSE_NOBODY; /* who writes for somebody does office work: it is about the other */
    return str_ends(column->name, str_of("member_id"))    ? WHOSE_MEMBER
           : str_ends(column->name, str_of("person_id"))  ? WHOSE_PERSON
           : str_ends(column->name, str_of("account_id")) ? WHOSE_ACCOUNT
                                                          : WHOSE_NOBODY;
}

str personal_title(const struct personal_table *table)
{
    return text_label("personal.tables", str_of(table->name));
}

bool personal_column_is_copied(const struct personal_table *table, const struct db_column *column)
{
    static const char *const NEVER[] = { "_id", "_by", "_key", "_hash" };
    str name = column->name;
    for (size_t i = 0; i < sizeof NEVER / sizeof *NEVER; i++)
        if (str_ends(name, str_of(NEVER[i])))
            return false;
    if (column->kind == DB_BYTES && !str_ends(name, str_of("_sealed")))
        return false;
    return !str_has_word(str_of("org_id version position rank digest"), name) &&
           !str_has_word(str_of(table->withheld), name);
}

static const struct db_table *schema_find(const struct rows *schemas, const char *name)
{
    const struct db_table *all = schemas->items;
    for (size_t i = 0; i < schemas->count; i++)
        if (str_is(all[i].name, name))
            return &all[i];
    return NULL;
}

static void columns_take(struct rq *rq, struct personal_part *part)
{
    const struct db_table *t = part->schema;
    part->columns = arena_array(rq->mem, t->count, sizeof *part->columns);
    for (size_t i = 0; i < t->count; i++)
        if (personal_column_is_copied(part->table, &t->columns[i])) {
            struct db_column *c = &part->columns[part->column_count++];
            *c = t->columns[i];
            c->name = arena_str(rq->mem, c->name);
        }
}

static err own_check(const struct rq *rq)
{
    if (rq->actor->delegator_account_id)
        return err_make(ERR_FORBIDDEN, "personal.for_another");
    return rq->actor->by_token ? err_make(ERR_FORBIDDEN, "personal.by_token") : OK;
}

err personal_parts(struct rq *rq, struct rows *out)
{
    struct rows schemas;
    size_t count = 0;
    TRY(own_check(rq));
    db_tables(rq->mem, app_schemas(rq->mem, rq->app->modules), &schemas);
    while (PERSONAL_TABLES[count].name)
        count++;
    struct personal_part *all = arena_array(rq->mem, count, sizeof *all);
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        const struct db_table *schema = schema_find(&schemas, PERSONAL_TABLES[i].name);
        if (PERSONAL_TABLES[i].why || !schema)
            continue;
        all[n] = (struct personal_part){ .table = &PERSONAL_TABLES[i], .schema = schema };
        columns_take(rq, &all[n]);
        TRY(personal_store_count(rq, &all[n++]));
    }
    *out = (struct rows){ .items = all, .count = n, .size = sizeof *all };
    return OK;
}

/* ---- rows ---- */

struct walk {
    struct rq *rq;
    const struct personal_part *part;
    struct arena *mem;
    personal_fn fn;
    void *context;
};

/* Fields are sealed for "table.field" (modules/members). */
static err row_open(void *context, void *row)
{
    struct walk *w = context;
    struct personal_cell *cells = row;
    for (size_t i = 0; i < w->part->column_count; i++) {
        str name = w->part->columns[i].name, table = w->part->schema->name;
        if (cells[i].sealed.len == 0)
            continue;
        size_t stem = name.len - str_of("_sealed").len;
        str purpose =
            arena_printf(w->mem, "%.*s.%.*s", (int)table.len, table.ptr, (int)stem, name.ptr);
        TRY(field_open(w->rq->app, w->mem, purpose.ptr, cells[i].sealed, &cells[i].text));
    }
    return w->fn(w->context, w->part, cells);
}

err personal_each(struct rq *rq, const struct personal_part *part, personal_fn fn, void *context)
{
    struct walk w = { rq, part, arena_new(ROW_MEMORY, 0), fn, context };
    struct field *map = arena_array(rq->mem, part->column_count + 1, sizeof *map);
    for (size_t i = 0; i < part->column_count; i++) {
        const struct db_column *c = &part->columns[i];
        size_t at = i * sizeof(struct personal_cell);
        const char *name = c->name.ptr;
        map[i] =
            c->kind == DB_TEXT
                ? (struct field){ name, at + offsetof(struct personal_cell, text), FIELD_STR }
            : c->kind == DB_BYTES
                ? (struct field){ name, at + offsetof(struct personal_cell, sealed), FIELD_BYTES }
                : (struct field){ name, at + offsetof(struct personal_cell, number), FIELD_I64 };
    }
    const struct db_each each = { .map = map,
                                  .size = part->column_count * sizeof(struct personal_cell),
                                  .mem = w.mem,
                                  .fn = row_open,
                                  .context = &w };
    err e = personal_store_each(rq, part, &each);
    arena_free(w.mem);
    return e;
}
