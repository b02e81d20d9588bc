/* SPDX-License-Identifier: MulanPSL-2.0 */
/* From declaration and question to a statement: text put together from declared literals, values
 * bound by name, both engines. Text, map and parameters live in the request's memory. For
 * platform/list only. */
#ifndef HT_LIST_LIST_SQL_H
#define HT_LIST_LIST_SQL_H
#include "platform/list/list.h"

/* Rows with a value in the sorted column, then those without: two statements, so that each walks an
 * index. */
enum list_phase { PHASE_VALUES, PHASE_EMPTY };

/* Where a page begins: behind this row. */
struct list_cursor {
    bool set, backward;
    enum list_phase phase;
    i64 key;
    str value; /* of the sorted column, as text */
};

/* What is asked of the database. */
enum list_want { WANT_PAGE, WANT_ALL, WANT_COUNT, WANT_ONE };

/* How ?q= is answered: from the index, whose hits are then put in order; by looking at each row in
 * the list's order, all of them or only the LIST_NEAR nearest (list.c says when). */
enum list_seek { SEEK_INDEX, SEEK_EACH, SEEK_NEAR };
enum { LIST_NEAR = 1000 };

struct list_ask {
    struct rq *rq;
    const struct list *list;
    const struct list_query *query;
    const struct list_look *look;   /* only the columns that its page draws; NULL = every one */
    const struct list_column *sort; /* NULL = by key */
    bool descending;
    enum list_want want;
    enum list_phase phase;
    enum list_seek seek;
    bool all; /* as if nothing were searched for */
    struct list_cursor cursor;
    i64 limit, one; /* one: the key of WANT_ONE */
};

/* Behind the module's own struct in each fetched row. */
struct list_tail {
    i64 list_key, list_number;
    str list_text;
};

/* A statement ready to run. map, size: of module struct and tail together; tail_at: offset of the
 * tail. */
struct list_statement {
    struct sql sql;
    const struct field *map;
    size_t size, tail_at;
};

/* Sets sort and descending from "title", "-title"; false when the list has no such column that the
 * actor may see and sort by (the list's own default is always allowed). */
bool list_sort_of(struct list_ask *ask, str sort);

/* The column of a name that the actor may see, or NULL. */
const struct list_column *list_column_of(const struct rq *rq, const struct list *list, str name);

/* Whether a column stands in the actor's pages; in what list_find gives him. */
bool list_may_see(const struct rq *rq, const struct list_column *column);
bool list_may_find(const struct rq *rq, const struct list_column *column);

/* Puts the statement together. Errors: FORBIDDEN list.forbidden; LIMIT list.too_varied. */
err list_statement(const struct list_ask *ask, struct list_statement *out);

/* A filter's value as the number that is bound: days, times (first millisecond; to: of the day
 * after), truth values. False if it is none. */
bool list_number_of(const struct list_column *column, enum list_op op, str text, i64 *out);
#endif
