/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Where a case that is here differs from the one in a file (transfer.h). Reads only; what is done
 * about it is for people. */
#include "platform/transfer/transfer_plan.h"
#include "platform/web/json_tree.h"

/* What says only that something else changed, or how it is reached here. */
static bool is_beside(const struct transfer_entry *e, const char *column)
{
    return strcmp(column, "version") == 0 || strcmp(column, "updated_at") == 0 ||
           (e->table->url && strcmp(e->table->url, column) == 0);
}

static bool text_differs(const struct transfer_work *c, const struct transfer_entry *e,
                         const char *column, str here, str there)
{
    there = plan_decided(e, column, there);
    if (!str_eq(there, here) && plan_code_read(c, e, column, &there).code)
        return true; /* a code that nobody knows here */
    return !str_eq(there, plan_decided(e, column, here));
}

static bool cell_differs(const struct transfer_work *c, const struct transfer_entry *e,
                         const struct transfer_row *row, size_t nth, const struct json_tree *value)
{
    const struct transfer_column *column = &e->columns[nth];
    const struct transfer_cell *cell = &row->cells[nth + 1];
    str text;
    i64 number;
    if (column->kind == COLUMN_LINK || is_beside(e, column->name) || !value)
        return false;
    if (column->kind == COLUMN_NUMBER)
        return plan_number_read(column->name, value, &number) && number != cell->number;
    return json_tree_text(value, &text) && text_differs(c, e, column->name, cell->text, text);
}

/* The first column in which a row differs, NULL = in none. */
static const char *row_differs(const struct transfer_work *c, const struct transfer_entry *e,
                               const struct transfer_row *row, const struct json_tree *item)
{
    for (size_t i = 0; i < e->column_count; i++)
        if (cell_differs(c, e, row, i, json_tree_member(item, e->columns[i].name)))
            return e->columns[i].name;
    return NULL;
}

static bool table_differs(const struct transfer_work *c, const struct transfer_entry *e,
                          const struct json_tree *list, struct transfer_difference *out)
{
    const struct transfer_rows *rows = &c->rows[e - c->plan->entries];
    *out = (struct transfer_difference){ .table = e->table->name,
                                         .here = rows->count,
                                         .there = json_tree_items(list) };
    for (size_t i = 0; out->here == out->there && i < rows->count; i++) {
        const char *column = row_differs(c, e, &rows->items[i], json_tree_item(list, i));
        if (column && out->changed++ == 0)
            out->column = column;
    }
    return out->changed || out->here != out->there;
}

err transfer_differ(struct rq *rq, const struct transfer_plan *plan, const struct transfer_way *way,
                    const struct transfer_one *one, struct rows *out)
{
    struct transfer_work c = { rq, plan, way, NULL };
    struct transfer_difference *all = arena_array(rq->mem, plan->count, sizeof *all);
    *out = (struct rows){ all, 0, sizeof *all };
    c.rows = arena_array(rq->mem, plan->count, sizeof *c.rows);
    TRY(plan_gather(&c, one->here));
    for (size_t i = 0; i < plan->count; i++) {
        const struct transfer_entry *e = &plan->entries[i];
        const struct json_tree *list = json_tree_member(one->tree, e->table->name);
        if (!plan_is_without(way, e->table))
            out->count += table_differs(&c, e, list, &all[out->count]);
    }
    return OK;
}
