/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The declared tables as writer and reader walk them: columns in one row, in order of need. For
 * platform/transfer only. */
#ifndef HT_TRANSFER_PLAN_H
#define HT_TRANSFER_PLAN_H
#include "platform/transfer/transfer.h"

enum { TRANSFER_ROWS_MAX = 10000, TRANSFER_TEXT_MAX = 1 << 20 };

enum column_kind { COLUMN_NUMBER, COLUMN_TEXT, COLUMN_LINK };
struct transfer_column {
    const char *name;
    enum column_kind kind;
    const struct transfer_link *link;
};

/* One value: a number, or a text. */
struct transfer_cell {
    i64 number;
    str text;
};

/* A row: cells[0] is its id, cells[1 + n] the column n; above: the row it hangs on. */
struct transfer_row {
    const struct transfer_row *above;
    struct transfer_cell *cells;
};

struct transfer_entry {
    const struct transfer_table *table;
    const struct transfer_column *columns;
    size_t column_count;
    const char *select, *insert; /* statements, made of literals */
    const struct field *map;     /* over cells */
    size_t row_size;
};

struct transfer_plan {
    const struct transfer_entry *entries; /* parents first, those that hang on any last */
    size_t count;
};

/* Rows of the case in hand, by entry. */
struct transfer_rows {
    struct transfer_row *items;
    size_t count, cap;
};
struct transfer_work {
    struct rq *rq;
    const struct transfer_plan *plan;
    const struct transfer_way *way;
    struct transfer_rows *rows; /* as many as entries */
};

/* A link that waits for its case: the row it stands in, and what the way has kept. */
struct transfer_loose {
    const struct transfer_entry *entry;
    const struct transfer_link *link;
    i64 id, token;
};

/* The entry of a name, or NULL. */
const struct transfer_entry *plan_find(const struct transfer_plan *plan, str name);

/* Column of a name, -1 if there is none. */
int plan_column(const struct transfer_entry *entry, const char *name);

/* The name that a link of a row leads to: a table or a word; empty = to nothing. */
str plan_target(const struct transfer_entry *entry, const struct transfer_entry *above,
                const struct transfer_row *row, const struct transfer_link *link);

/* The entry above a row: by declaration, or as its matter says. */
const struct transfer_entry *plan_above(const struct transfer_plan *plan,
                                        const struct transfer_entry *entry,
                                        const struct transfer_row *row);

/* A new row, zeroed, at the end of an entry's. */
struct transfer_row *plan_add_row(const struct transfer_work *c,
                                  const struct transfer_entry *entry);

/* All rows of the case that begins with a row of the first table, by entry, but of tables that stay
 * where they are. Errors: NOT_FOUND db.no_row; LIMIT transfers.too_many_rows. */
err plan_gather(struct transfer_work *c, i64 id);

/* A number of the file, or a day as text; false = it is none, or one that no house has. */
bool plan_number_read(const char *column, const struct json_tree *value, i64 *out);

/* A code as it arrives: what the dictionary here knows, or what it means here. Errors: INVALID
 * transfers.code_unknown; the way's own. */
err plan_code_read(const struct transfer_work *work, const struct transfer_entry *e,
                   const char *column, str *code);

/* A text as it arrives: transfer_table.undecided. */
str plan_decided(const struct transfer_entry *e, const char *column, str text);

/* Whether the table stays where it is. */
bool plan_is_without(const struct transfer_way *way, const struct transfer_table *table);
#endif
