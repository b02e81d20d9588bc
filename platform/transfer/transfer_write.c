/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A case as JSON: first all its rows, table by table, then what they say; ids become places in the
 * lists, from 1. Reading it again: transfer_read.c. */
#include <assert.h>

#include "platform/db/made.h"
#include "platform/transfer/transfer_plan.h"
#include "platform/web/json.h"

enum { KINDS_MAX = 16 };

/* Everybody of one kind outside of the case that it names, in order of first naming. */
struct named {
    const char *kind;
    i64 *ids;
    size_t count, cap;
};

struct writer {
    struct transfer_work c;
    struct json *j;
    struct named named[KINDS_MAX];
    size_t kind_count;
};

/* ---- gathering ---- */

static void rows_room(struct transfer_work *c, struct transfer_rows *rows, size_t more)
{
    if (rows->count + more <= rows->cap)
        return;
    size_t cap = rows->cap * 2 > rows->count + more ? rows->cap * 2 : rows->count + more;
    struct transfer_row *items = arena_array(c->rq->mem, cap, sizeof *items);
    if (rows->count)
        memcpy(items, rows->items, rows->count * sizeof *items);
    rows->items = items;
    rows->cap = cap;
}

/* Rows of an entry that hang on one row. matter: the name of what they hang on. */
static err rows_of(struct transfer_work *c, const struct transfer_entry *e, i64 key,
                   const char *matter, const struct transfer_row *above)
{
    struct rows found = { .size = e->row_size };
    struct transfer_rows *rows = &c->rows[e - c->plan->entries];
    struct param params[4] = { { 0 } };
    size_t n = 0;
    params[++n] = param_i64("transfer_key", key);
    if (e->table->matter)
        params[++n] = param_str("transfer_matter", str_of(matter));
    params[++n] = param_i64("transfer_limit", TRANSFER_ROWS_MAX + 1);
    TRY(db_list(c->rq->db, db_made(e->select, n, params), e->map, c->rq->mem, &found));
    if (rows->count + found.count > TRANSFER_ROWS_MAX)
        return err_make_with(ERR_LIMIT, "transfers.too_many_rows", str_of(e->table->name),
                             str_of(""));
    rows_room(c, rows, found.count);
    for (size_t i = 0; i < found.count; i++) {
        struct transfer_row *row = plan_add_row(c, e);
        row->above = above;
        row->cells = (struct transfer_cell *)((char *)found.items + i * e->row_size);
    }
    return OK;
}

static err under_gather(struct transfer_work *c, const struct transfer_entry *e,
                        const struct transfer_entry *above)
{
    const struct transfer_rows *rows = &c->rows[above - c->plan->entries];
    for (size_t i = 0; i < rows->count; i++)
        TRY(rows_of(c, e, rows->items[i].cells[0].number, above->table->name, &rows->items[i]));
    return OK;
}

err plan_gather(struct transfer_work *c, i64 id)
{
    for (size_t i = 0; i < c->plan->count; i++) {
        const struct transfer_entry *e = &c->plan->entries[i];
        if (plan_is_without(c->way, e->table))
            continue;
        if (!e->table->under) {
            TRY(rows_of(c, e, id, "", NULL));
        } else if (strcmp(e->table->under, "*") != 0) {
            TRY(under_gather(c, e, plan_find(c->plan, str_of(e->table->under))));
        } else {
            for (size_t k = 0; k < c->plan->count; k++)
                if (c->plan->entries[k].table->moves)
                    TRY(under_gather(c, e, &c->plan->entries[k]));
        }
    }
    return c->rows[0].count ? OK : err_make(ERR_NOT_FOUND, "db.no_row");
}

/* ---- links ---- */

/* Place of an id in an entry's list, from 1; 0 = it is not there. */
static i64 place_of(const struct transfer_work *c, const struct transfer_entry *e, i64 id)
{
    const struct transfer_rows *rows = &c->rows[e - c->plan->entries];
    for (size_t i = 0; i < rows->count; i++)
        if (rows->items[i].cells[0].number == id)
            return (i64)i + 1;
    return 0;
}

static struct named *named_of(struct writer *w, const char *kind)
{
    for (size_t i = 0; i < w->kind_count; i++)
        if (strcmp(w->named[i].kind, kind) == 0)
            return &w->named[i];
    assert(w->kind_count < KINDS_MAX);
    w->named[w->kind_count] = (struct named){ .kind = kind };
    return &w->named[w->kind_count++];
}

static i64 name_outside(struct writer *w, str kind, i64 id)
{
    struct arena *mem = w->c.rq->mem;
    struct named *n = named_of(w, arena_cstr(mem, kind));
    for (size_t i = 0; i < n->count; i++)
        if (n->ids[i] == id)
            return (i64)i + 1;
    if (n->count == n->cap) {
        i64 *more = arena_array(mem, n->cap * 2 + 8, sizeof *more);
        if (n->count)
            memcpy(more, n->ids, n->count * sizeof *more);
        n->ids = more;
        n->cap = n->cap * 2 + 8;
    }
    n->ids[n->count++] = id;
    return (i64)n->count;
}

static err link_write(struct writer *w, const struct transfer_entry *e,
                      const struct transfer_row *row, size_t column)
{
    const struct transfer_column *col = &e->columns[column];
    i64 id = row->cells[column + 1].number;
    const struct transfer_entry *above = plan_above(w->c.plan, e, row);
    str target = id ? plan_target(e, above, row, col->link) : str_of("");
    if (target.len == 0) {
        json_i64(w->j, col->name, 0);
        return OK;
    }
    const struct transfer_entry *to = plan_find(w->c.plan, target);
    if (!to) {
        json_i64(w->j, col->name, name_outside(w, target, id));
        return OK;
    }
    i64 place = place_of(&w->c, to, id);
    if (place || plan_is_without(w->c.way, to->table)) {
        json_i64(w->j, col->name, place);
        return OK;
    }
    if (to->table->under)
        return err_make_with(ERR_INTERNAL, "transfers.loose_link", str_of(e->table->name),
                             str_of(col->name));
    json_object(w->j, col->name); /* another case */
    TRY(w->c.way->origin(w->c.way->context, id, w->j));
    json_object_end(w->j);
    return OK;
}

/* "/assignments/7/sign" as "/assignments/#2/sign"; what is not here becomes the list's path. */
static str url_of(struct writer *w, str url)
{
    str rest = str_sub(url, 1, url.len), name, number;
    const struct transfer_entry *e;
    i64 id;
    if (url.len == 0 || url.ptr[0] != '/' || !str_split(&rest, '/', &name))
        return url;
    e = plan_find(w->c.plan, name);
    if (!str_split(&rest, '/', &number) || !str_to_i64(number, &id))
        return url;
    i64 place = e ? place_of(&w->c, e, id) : 0;
    if (!place)
        return arena_printf(w->c.rq->mem, "/%.*s", (int)name.len, name.ptr);
    return arena_printf(w->c.rq->mem, "/%.*s/#%lld%s%.*s", (int)name.len, name.ptr,
                        (long long)place, rest.len ? "/" : "", (int)rest.len, rest.ptr);
}

/* ---- writing ---- */

static void number_write(struct json *j, const char *name, i64 value)
{
    bool day = str_ends(str_of(name), str_of("_on")) && value != 0 && value != -1;
    if (day)
        json_day(j, name, value);
    else
        json_i64(j, name, value);
}

static bool stays(const struct transfer_way *way, const char *column)
{
    for (const char *const *name = way->blank; name && *name; name++)
        if (strcmp(*name, column) == 0)
            return true;
    return false;
}

static err row_write(struct writer *w, const struct transfer_entry *e,
                     const struct transfer_row *row)
{
    json_object(w->j, NULL);
    if (!e->table->under) {
        TRY(w->c.way->leaving(w->c.way->context, row->cells[0].number));
        TRY(w->c.way->origin(w->c.way->context, row->cells[0].number, w->j));
    }
    for (size_t i = 0; i < e->column_count; i++) {
        const struct transfer_column *c = &e->columns[i];
        str text = row->cells[i + 1].text;
        if (stays(w->c.way, c->name))
            continue;
        if (c->kind == COLUMN_NUMBER)
            number_write(w->j, c->name, row->cells[i + 1].number);
        else if (c->kind == COLUMN_LINK)
            TRY(link_write(w, e, row, i));
        else if (e->table->url && strcmp(e->table->url, c->name) == 0)
            json_str(w->j, c->name, url_of(w, text));
        else
            json_str(w->j, c->name, text);
    }
    json_object_end(w->j);
    return OK;
}

static err outside_write(struct writer *w)
{
    for (size_t i = 0; i < w->kind_count; i++) {
        json_array(w->j, w->named[i].kind);
        for (size_t k = 0; k < w->named[i].count; k++) {
            json_object(w->j, NULL);
            TRY(w->c.way->outside(w->c.way->context, w->named[i].kind, w->named[i].ids[k], w->j));
            json_object_end(w->j);
        }
        json_array_end(w->j);
    }
    return OK;
}

err transfer_write(struct rq *rq, const struct transfer_plan *plan, const struct transfer_way *way,
                   i64 id, struct json *j)
{
    struct writer w = { .c = { rq, plan, way, NULL }, .j = j };
    w.c.rows = arena_array(rq->mem, plan->count, sizeof *w.c.rows);
    TRY(plan_gather(&w.c, id));
    for (size_t i = 0; i < plan->count; i++) {
        const struct transfer_rows *rows = &w.c.rows[i];
        if (rows->count == 0)
            continue;
        json_array(j, plan->entries[i].table->name);
        for (size_t k = 0; k < rows->count; k++)
            TRY(row_write(&w, &plan->entries[i], &rows->items[k]));
        json_array_end(j);
    }
    return outside_write(&w);
}
