/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the house holds about who asks (PIPL art. 44 to 47). See README.md. */
#ifndef HT_PERSONAL_PERSONAL_H
#define HT_PERSONAL_PERSONAL_H
#include "platform/db/tables.h"
#include "platform/web/web.h"

/* A table with a column that names a person, or whose rows are his by way of another's (by: which
 * of them, a condition in SQL on :own_member). only: which of his rows, a condition in SQL, or
 * NULL. withheld: columns that are not copied, space-separated, or NULL. why: NULL = copied, else
 * why not, text "personal.why.WHY". A table of them ends with {0}. */
struct personal_table {
    const char *name;
    const char *by;
    const char *only;
    const char *withheld;
    const char *why;
};
extern const struct personal_table PERSONAL_TABLES[];

/* What a table is called: text "personal.tables.NAME". */
str personal_title(const struct personal_table *table);

/* Whom a column of a table names. */
enum personal_whose { WHOSE_NOBODY, WHOSE_MEMBER, WHOSE_PERSON, WHOSE_ACCOUNT };
enum personal_whose personal_column_whose(const struct db_table *table,
                                          const struct db_column *column);

/* Whether the column is copied. */
bool personal_column_is_copied(const struct personal_table *table, const struct db_column *column);

/* A table of the list, as it is in this house. rows: how many of them are about who asks, at most
 * PERSONAL_ROWS_MAX and one more. */
enum { PERSONAL_ROWS_MAX = 100000 };
struct personal_part {
    const struct personal_table *table;
    const struct db_table *schema;
    struct db_column *columns; /* that are copied; names end with NUL */
    size_t column_count;
    i64 rows;
};

/* All that is copied, in order of the list, those without a row too: struct personal_part rows in
 * rq->mem. Only for oneself: FORBIDDEN personal.for_another (acting on a delegation),
 * personal.by_token. */
err personal_parts(struct rq *rq, struct rows *out);

/* A row of a part: a cell a column, in their order. text of DB_TEXT, and of what was sealed;
 * number of the others. */
struct personal_cell {
    i64 number;
    str text;
    bytes sealed;
};

/* Calls fn for each of his rows, oldest first, PERSONAL_ROWS_MAX at most; the cells live during the
 * call. Errors: fn's, those of the database. */
typedef err (*personal_fn)(void *context, const struct personal_part *part,
                           const struct personal_cell *cells);
err personal_each(struct rq *rq, const struct personal_part *part, personal_fn fn, void *context);

/* Within the module: statements. */
err personal_store_count(struct rq *rq, struct personal_part *part);
err personal_store_each(struct rq *rq, const struct personal_part *part,
                        const struct db_each *each);

/* Handlers of the routes. */
err page_personal(struct rq *rq, struct res *res);
err slow_personal(struct rq *rq, struct res *res);
err file_personal(struct rq *rq, struct res *res);
#endif
