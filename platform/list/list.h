/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declared lists: columns that filter, sort, page by key and export. Statements are put together here from the declared
 * literals only (never from input), once per combination, and cached. The scope clause comes from the actor, so that
 * page, API, export and counts show the same rows. */
#ifndef HT_LIST_LIST_H
#define HT_LIST_LIST_H
#include "platform/web/web.h"

enum list_kind { LIST_TEXT, LIST_NUMBER, LIST_DAY, LIST_TIME, LIST_CODE, LIST_BOOL };
enum { LIST_COLUMNS_MAX = 40, LIST_LIMIT_MAX = 200 };

/* One column. sql: expression over `from` (literal). name: member of the row struct and key in URL, JSON and export. */
struct list_column {
    const char *name;
    enum list_kind kind;
    const char *sql;
    bool filter;          /* ?name=a (equality; several values with commas: any of them; …_from, …_to for numbers, days, times) */
    bool sort;            /* ?sort=name or -name; an index must serve it */
    bool hidden;          /* fetched, not shown in table and export */
    const char *states;   /* LIST_CODE: text prefix for labels, "states.proposals" */
    const char *dictionary; /* LIST_CODE: labels from a dictionary */
    const char *may;      /* permission to see it; NULL = whoever sees the list */
};

/* What the actor's scope adds to WHERE; a literal that uses :org, :actor_agency, :actor_person, :actor_member. */
struct list_scope {
    enum scope scope;
    const char *sql;
};

struct list {
    const char *name;         /* "proposals": URL, text prefix "proposals.column.NAME", saved views */
    const char *may;          /* permission whose scope counts */
    const char *from;         /* "proposals p" with joins; every alias constrained by org_id in joins and where */
    const char *where;        /* "p.org_id = :org" */
    const char *key;          /* unique tie-breaker for paging: "p.id" */
    const char *sort;         /* default sort: "-submitted_at" */
    const char *search;       /* collection name in platform/text for ?q=, or NULL */
    const struct list_column *columns;
    const struct list_scope *scopes;
    const struct field *row;  /* row map over the columns */
    size_t row_size;
};

/* A question to a list: parsed from the request's query by list_parse; unknown names are faults, not ignored. */
struct list_query {
    str q;
    str sort;      /* validated */
    str after;     /* opaque key of the page */
    i64 limit;
    struct list_filter {
        const struct list_column *column;
        enum { LIST_IS, LIST_FROM, LIST_TO } op;
        strs values;
    } filters[16];
    size_t filter_count;
};

struct list_result {
    struct rows rows;
    str next;      /* after= of the next page, empty = last */
    str previous;  /* link back: after= of the page before, empty = first */
    i64 total;     /* exact up to 10,000, then 10,001 */
};

/* Errors: INVALID form.faults with the faults of the query (noted on rq). */
err list_parse(struct rq *rq, const struct list *list, struct list_query *out);

/* One page of rows. limit of the query, at most LIST_LIMIT_MAX. */
err list_page(struct rq *rq, const struct list *list, const struct list_query *query, struct list_result *out);

/* JSON {"items":[…],"next":…} of a page. */
err list_json(struct rq *rq, const struct list *list, const struct list_query *query, struct res *res);

/* All rows of the query into a CSV (UTF-8 with BOM) or XLSX download at constant memory; for .slow routes. Cells that begin with
 * = + - @ TAB CR are escaped. The export is audited. */
err list_export(struct rq *rq, const struct list *list, const struct list_query *query, bool xlsx, struct res *res);

/* Query string for a link to the same question with one thing changed: name=value replaces, value empty removes. */
str list_link(struct rq *rq, const struct list *list, const struct list_query *query, const char *name, str value);

/* Saved views of the actor: name and query string. */
struct list_view {
    i64 id;
    str name, query;
};
err list_views(struct rq *rq, const struct list *list, struct rows *out);
err list_view_save(struct rq *rq, const struct list *list, str name, const struct list_query *query);
err list_view_remove(struct rq *rq, const struct list *list, i64 id);
#endif
