/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Makes the plan from what modules declare: order of tables, columns, statements (put together from
 * the declarations' literals, platform/db/made.h). Writing: transfer_write.c; reading:
 * transfer_read.c. */
#include "platform/transfer/transfer_plan.h"

#include <assert.h>

#include "platform/app.h"

enum { TABLES_MAX = 128, TEXT_MAX = 16 * 1024 };

/* ---- columns ---- */

static size_t names_count(const char *const *names)
{
    size_t n = 0;
    while (names && names[n])
        n++;
    return n;
}

static void columns_make(struct arena *mem, struct transfer_entry *e,
                         const struct transfer_link *by)
{
    const struct transfer_table *t = e->table;
    size_t n = 0, links = 0;
    while (t->links && t->links[links].column)
        links++;
    struct transfer_column *all =
        arena_array(mem, names_count(t->numbers) + names_count(t->texts) + links + 1, sizeof *all);
    if (t->by)
        all[n++] = (struct transfer_column){ t->by, COLUMN_LINK, by };
    for (size_t i = 0; t->numbers && t->numbers[i]; i++)
        all[n++] = (struct transfer_column){ t->numbers[i], COLUMN_NUMBER, NULL };
    for (size_t i = 0; t->texts && t->texts[i]; i++)
        all[n++] = (struct transfer_column){ t->texts[i], COLUMN_TEXT, NULL };
    for (size_t i = 0; i < links; i++)
        all[n++] = (struct transfer_column){ t->links[i].column, COLUMN_LINK, &t->links[i] };
    e->columns = all;
    e->column_count = n;
}

static void map_make(struct arena *mem, struct transfer_entry *e)
{
    struct field *map = arena_array(mem, e->column_count + 2, sizeof *map);
    map[0] = (struct field){ "id", offsetof(struct transfer_cell, number), FIELD_I64 };
    for (size_t i = 0; i < e->column_count; i++) {
        bool text = e->columns[i].kind == COLUMN_TEXT;
        size_t at =
            text ? offsetof(struct transfer_cell, text) : offsetof(struct transfer_cell, number);
        map[i + 1] =
            (struct field){ e->columns[i].name, (i + 1) * sizeof(struct transfer_cell) + at,
                            text ? FIELD_STR : FIELD_I64 };
    }
    e->map = map;
    e->row_size = (e->column_count + 1) * sizeof(struct transfer_cell);
}

/* ---- statements ---- */

static void select_make(struct arena *mem, struct transfer_entry *e)
{
    const struct transfer_table *t = e->table;
    struct buf *b = buf_new(mem, TEXT_MAX);
    buf_put(b, "SELECT id");
    for (size_t i = 0; i < e->column_count; i++)
        buf_printf(b, ", %s", e->columns[i].name);
    buf_printf(b, " FROM %s WHERE org_id = :org AND ", t->name);
    if (t->by)
        buf_printf(b, "%s = :transfer_key", t->by);
    else
        buf_printf(b, "(id = :transfer_key OR %s = :transfer_key)", t->also);
    if (t->matter)
        buf_printf(b, " AND %s = :transfer_matter", t->matter);
    if (t->only)
        buf_printf(b, " AND %s", t->only);
    buf_printf(b, " ORDER BY %sid LIMIT :transfer_limit",
               t->by ? "" : "CASE WHEN id = :transfer_key THEN 0 ELSE 1 END, ");
    buf_put_byte(b, '\0');
    assert(!buf_is_full(b));
    e->select = b->ptr;
}

static void insert_make(struct arena *mem, struct transfer_entry *e)
{
    const struct transfer_table *t = e->table;
    struct buf *b = buf_new(mem, TEXT_MAX);
    buf_printf(b, "INSERT INTO %s (org_id", t->name);
    for (size_t i = 0; i < e->column_count; i++)
        buf_printf(b, ", %s", e->columns[i].name);
    for (size_t i = 0; t->zero && t->zero[i]; i++)
        buf_printf(b, ", %s", t->zero[i]);
    buf_put(b, ") VALUES (:org");
    for (size_t i = 0; i < e->column_count; i++) {
        bool null = e->columns[i].link && e->columns[i].link->null;
        buf_printf(b, null ? ", NULLIF(:%s, 0)" : ", :%s", e->columns[i].name);
    }
    for (size_t i = 0; t->zero && t->zero[i]; i++)
        buf_put(b, ", 0");
    buf_put(b, ") RETURNING id");
    buf_put_byte(b, '\0');
    assert(!buf_is_full(b));
    e->insert = b->ptr;
}

/* ---- order ---- */

/* 0 = hangs on a table, 1 = names rows of any, 2 = hangs on any. */
static int rank_of(const struct transfer_table *t)
{
    if (t->under && strcmp(t->under, "*") == 0)
        return 2;
    for (const struct transfer_link *l = t->links; l && l->column; l++)
        if (l->by && !l->to)
            return 1;
    return 0;
}

struct order {
    const struct transfer_table *all[TABLES_MAX];
    bool placed[TABLES_MAX];
    size_t count, rank;
};

static bool is_waiting(const struct order *o, const char *name, size_t self)
{
    for (size_t i = 0; name && i < o->count; i++)
        if (i != self && strcmp(o->all[i]->name, name) == 0)
            return !o->placed[i];
    return false;
}

static bool is_ready(const struct order *o, size_t nth)
{
    const struct transfer_table *t = o->all[nth];
    if (o->placed[nth] || rank_of(t) != (int)o->rank || is_waiting(o, t->under, nth))
        return false;
    for (const struct transfer_link *l = t->links; l && l->column; l++)
        if (!l->by && is_waiting(o, l->to, nth))
            return false;
    return true;
}

static void entry_make(struct arena *mem, struct transfer_entry *e,
                       const struct transfer_table *table)
{
    struct transfer_link *by = arena_zero(mem, sizeof *by);
    bool any = table->under && strcmp(table->under, "*") == 0;
    *by = (struct transfer_link){ table->by, any ? NULL : table->under, any ? table->matter : NULL,
                                  false };
    e->table = table;
    columns_make(mem, e, by);
    map_make(mem, e);
    select_make(mem, e);
    insert_make(mem, e);
}

const struct transfer_plan *transfer_plan(struct rq *rq)
{
    struct order o = { .count = 0 };
    struct transfer_plan *plan = arena_zero(rq->mem, sizeof *plan);
    for (const struct module *const *m = rq->app->modules; *m; m++)
        for (const struct transfer_table *t = (*m)->transfers; t && t->name; t++) {
            assert(o.count < TABLES_MAX);
            o.all[o.count++] = t;
        }
    struct transfer_entry *entries = arena_array(rq->mem, o.count, sizeof *entries);
    for (o.rank = 0; o.rank <= 2; o.rank++)
        for (bool more = true; more;) {
            more = false;
            for (size_t i = 0; i < o.count; i++)
                if (is_ready(&o, i)) {
                    entry_make(rq->mem, &entries[plan->count++], o.all[i]);
                    o.placed[i] = more = true;
                }
        }
    assert(plan->count == o.count); /* tables need each other */
    plan->entries = entries;
    return plan;
}

/* ---- looking up ---- */

const struct transfer_entry *plan_find(const struct transfer_plan *plan, str name)
{
    for (size_t i = 0; i < plan->count; i++)
        if (str_is(name, plan->entries[i].table->name))
            return &plan->entries[i];
    return NULL;
}

int plan_column(const struct transfer_entry *entry, const char *name)
{
    for (size_t i = 0; i < entry->column_count; i++)
        if (strcmp(entry->columns[i].name, name) == 0)
            return (int)i;
    return -1;
}

static str text_of(const struct transfer_entry *entry, const struct transfer_row *row,
                   const char *column)
{
    int at = plan_column(entry, column);
    assert(at >= 0 && entry->columns[at].kind == COLUMN_TEXT);
    return row->cells[at + 1].text;
}

/* "sector:sectors *:orgs" by a code. */
static str choose(const char *choices, str code)
{
    str rest = str_of(choices), pair;
    while (str_split(&rest, ' ', &pair)) {
        i64 colon = str_find(pair, str_of(":"), 0);
        str key = str_sub(pair, 0, (size_t)colon);
        assert(colon > 0);
        if (str_is(key, "*") || str_eq(key, code))
            return str_sub(pair, (size_t)colon + 1, pair.len);
    }
    return str_of("");
}

str plan_target(const struct transfer_entry *entry, const struct transfer_entry *above,
                const struct transfer_row *row, const struct transfer_link *link)
{
    if (!link->by)
        return str_of(link->to);
    str code = link->by[0] == '^' ? text_of(above, row->above, link->by + 1)
                                  : text_of(entry, row, link->by);
    return link->to ? choose(link->to, code) : code;
}

const struct transfer_entry *plan_above(const struct transfer_plan *plan,
                                        const struct transfer_entry *entry,
                                        const struct transfer_row *row)
{
    const struct transfer_table *t = entry->table;
    if (!t->under)
        return NULL;
    bool any = strcmp(t->under, "*") == 0;
    return plan_find(plan, any ? text_of(entry, row, t->matter) : str_of(t->under));
}

struct transfer_row *plan_add_row(const struct transfer_work *c, const struct transfer_entry *entry)
{
    struct transfer_rows *rows = &c->rows[entry - c->plan->entries];
    assert(rows->count < rows->cap);
    return &rows->items[rows->count++];
}

bool plan_is_without(const struct transfer_way *way, const struct transfer_table *table)
{
    for (const char *const *name = way->without; name && *name; name++)
        if (strcmp(*name, table->name) == 0)
            return true;
    return false;
}
