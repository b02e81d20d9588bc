/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declared lists: columns that filter, sort, page by key and export. Statements are put together
 * here from the declared literals only (never from input), once per combination, and cached. The
 * scope clause comes from the actor, so that page, API, export and counts show the same rows. */
#ifndef HT_LIST_LIST_H
#define HT_LIST_LIST_H
#include "platform/web/web.h"

enum list_kind { LIST_TEXT, LIST_NUMBER, LIST_DAY, LIST_TIME, LIST_CODE, LIST_BOOL };
enum { LIST_COLUMNS_MAX = 64, LIST_LIMIT_MAX = 200 };

/* One column. */
struct list_column {
    struct field field; /* FIELD(struct x_row, title); its name is the key in URL, JSON, export */
    enum list_kind kind;
    const char *sql; /* expression over `from` (literal) */
    /* ?name=a (equality; several values: any of them, with commas but for LIST_TEXT); ?name_from=
     * and ?name_to= for numbers, days, times */
    bool filter;
    bool sort;              /* ?sort=name or -name; an index must serve it */
    bool one;               /* fetched by list_find only, never in a page or export */
    bool hidden;            /* fetched and in JSON, not shown in table and export */
    bool filed;             /* of a hidden one: in the export all the same */
    const char *states;     /* LIST_CODE: text prefix for labels, "states.proposals" */
    const char *dictionary; /* LIST_CODE: labels from a dictionary */
    const char *may;        /* permission to see it; NULL = whoever sees the list */
    const char
        *tone; /* LIST_BOOL: yes is a tag of this look worded by the column's head, no a dash */
    const char *choices; /* LIST_CODE with states: "draft filed …", order of the filter's choices */
    /* the filter's choices where they are data, LIST_TEXT and LIST_NUMBER; NULL = typed freely */
    err (*values)(struct rq *rq, strs *out);
    /* LIST_NUMBER that is the number of something: what it is called, where the filter is shown.
     * Such a filter comes by link, has no field of its own and stays when another is set. NULL =
     * none */
    err (*word)(struct rq *rq, str value, str *out);
    /* where a row may have several of them: "p.id IN (SELECT … AND c.name" or "EXISTS (SELECT …",
     * which ?name= compares in place of sql; the list closes the bracket. NULL = compares sql */
    const char *many;
    /* a question only: no row has a value of it, so it needs no sql; its filter is a field that
     * offers `values` while one types, once for all such columns with the same */
    bool asked;
};

/* What the actor's scope adds to WHERE: the first row that fits him. A literal that uses :org,
 * :actor_agency, :actor_person, :actor_member, :actor_author (the account; on a delegation its
 * giver's), and for SCOPE_COMMITTEE "IN (:actor_committee1, :actor_committee2, :actor_committee3,
 * :actor_committee4)" (0 where there are fewer); "" = every row. SCOPE_ORG needs no row; for
 * SCOPE_COMMITTEE without one that of SCOPE_SELF counts: a committee adds to what is one's own. An
 * actor whom none fits is refused. */
struct list_scope {
    enum scope scope;  /* SCOPE_NONE = whatever scope */
    const char *needs; /* a permission that must be held too, or NULL */
    const char *sql;
};

/* A declared list. */
struct list {
    const char
        *name;       /* "proposals": text prefix "proposals.column.NAME", saved views, file names */
    const char *may; /* permission whose scope counts */
    const char
        *from; /* "proposals p" with joins; every alias constrained by org_id here or in where */
    const char *where;  /* "p.org_id = :org"; may use the parameters that a scope may use */
    const char *key;    /* unique tie-breaker for paging, a number: "p.id" */
    const char *sort;   /* default: "-submitted_at"; rows without a value come last, up and down */
    const char *search; /* collection name in platform/text for ?q=, or NULL */
    const struct list_column *columns; /* ends with a zero row, as scopes do */
    const struct list_scope *scopes;
    const char *missing; /* error of list_find where there is none to be seen; NULL = db.no_row */
    size_t row_size;     /* of the struct whose members the columns fill */
};

/* A question to a list: parsed from the request's query by list_parse; unknown names are faults,
 * not ignored. A day asked of a LIST_TIME column becomes a LIST_FROM and a LIST_TO. */
enum list_op { LIST_IS, LIST_FROM, LIST_TO };
enum { LIST_FILTERS_MAX = 16, LIST_VALUES_MAX = 8, LIST_LIMIT = 50 };
struct list_filter {
    const struct list_column *column;
    enum list_op op;
    strs values; /* LIST_VALUES_MAX at most; those of TO and FROM are one */
};
struct list_query {
    str q;
    str sort;      /* validated: "title", "-title" */
    str after;     /* opaque key of the page; empty = first */
    i64 limit;     /* LIST_LIMIT unless asked otherwise */
    i64 count_max; /* counted no further; 0 = as list_result.cap says */
    bool more;     /* the page shall show all filters */
    struct list_filter filters[LIST_FILTERS_MAX];
    size_t filter_count;
};

struct list_result {
    struct rows rows;
    str next;     /* after= of the next page, empty = last */
    str previous; /* link back: after= of the page before, empty = first */
    i64 total;    /* exact up to the cap, then cap + 1 */
    /* the query's count_max, else 10,000; 1,000 of words searched for in more than 10,000 rows */
    i64 cap;
};

/* Reads rq->query; names that rq's form declares are left to it. Errors: INVALID form.faults with
 * the faults noted on rq: list.unknown_name, list.bad_value, list.too_many_values, list.bad_sort,
 * list.bad_after, list.bad_limit; LIMIT list.too_varied (values of more than 4 KiB together). */
err list_parse(struct rq *rq, const struct list *list, struct list_query *out);

/* The same from any query string ("state=filed&sort=-id"), e.g. of a saved view or an export job.
 * */
err list_parse_text(struct rq *rq, const struct list *list, str query, struct list_query *out);

/* One page of rows (struct list.row_size each). Costs the same at any depth. Errors: FORBIDDEN
 * list.forbidden (no scope, or one without a row); LIMIT list.too_varied (see README); those of the
 * database. */
err list_page(struct rq *rq, const struct list *list, const struct list_query *query,
              struct list_result *out);

/* One row by its key, if the actor may see it: what the page of a thing begins with. Errors:
 * NOT_FOUND list->missing; as list_page. */
err list_find(struct rq *rq, const struct list *list, i64 key, void *out);

/* Calls fn for every row of the query in its order at constant memory, `after` and `limit` aside.
 * mem is reset after each row. fn's error ends it. Errors as list_page. */
struct list_each {
    struct arena *mem;
    err (*fn)(void *context, const void *row);
    void *context;
};
err list_each(struct rq *rq, const struct list *list, const struct list_query *query,
              const struct list_each *each);

/* JSON {"items":[…],"next":"…" or null,"total":…,"capped":…} of a page: all columns that the actor
 * may see, by name. capped: there are more than total. */
err list_json(struct rq *rq, const struct list *list, const struct list_query *query,
              struct res *res);

/* The members of a row's object: of a page's row, or of one that list_find found. */
struct json;
enum list_row { LIST_ROW_PAGE, LIST_ROW_ONE };
void list_row_json(const struct rq *rq, const struct list *list, const void *row,
                   enum list_row kind, struct json *j);

/* All rows of the query into a CSV (UTF-8 with BOM) or XLSX download at constant memory; for .slow
 * routes. Heads are texts "LIST.column.NAME", codes are worded. Cells that begin with = + - @ TAB
 * CR are escaped. The export is audited. Errors: BUSY docs.disk; as list_page. */
err list_export(struct rq *rq, const struct list *list, const struct list_query *query, bool xlsx,
                struct res *res);

/* Query string ("?…" or "?") for a link to the same question with one thing changed: name=value
 * replaces, value empty removes. A change of anything but "after" leads to the first page. */
str list_link(struct rq *rq, const struct list *list, const struct list_query *query,
              const char *name, str value);

/* ---- saved views: a name and a query string, per account ---- */

struct list_view {
    i64 id;
    str name, query; /* query without "?" */
};
enum { LIST_VIEWS_MAX = 20 };

/* Those of the actor, by name. */
err list_views(struct rq *rq, const struct list *list, struct rows *out);

/* Saves under a name; one of the same name is replaced. Errors: INVALID list.too_many_views. */
err list_view_save(struct rq *rq, const struct list *list, str name,
                   const struct list_query *query);

/* Removes one of the actor's. Errors: NOT_FOUND db.no_row. */
err list_view_remove(struct rq *rq, const struct list *list, i64 id);

/* ---- the generic page ---- */

struct out;
struct list_page_data;

/* How a module draws the inside of a column's cells, instead of by kind. Of the row it may read id,
 * the look's `under` and `also`, and what is not hidden: no more is fetched. */
typedef void (*list_put_fn)(struct out *out, const void *row);
struct list_cell {
    const char *column;
    list_put_fn put;
};

/* What a module says about its list page beyond the columns. Columns not hidden become table
 * columns (cards on a phone). */
struct list_look {
    const struct list *list;
    const char *
        /* "/proposals": the page, PATH/ID of a row, PATH.csv and PATH.xlsx if .exports, PATH/views
         * if .views */
        path;
    /* where a row's link leads if not below .path, and the column with its number: "/assignments",
     * "assignment_id"; NULL = .path and "id". A text as .row_id is the whole path of the row. */
    const char *rows, *row_id;
    const char *title; /* text key of the heading */
    const char *menu;  /* active menu entry */
    const char *main;  /* column that links to the row; NULL = the first shown */
    const char *under; /* column shown small below the main one; NULL = none */
    const char *also;  /* hidden columns that cells read, "held cancelled"; NULL = none */
    const char *empty; /* text key: what to do where there is nothing */
    const char *bar; /* filters that stand in sight, "state host_name"; NULL = the first columns' */
    const char *create; /* who may this gets a button to PATH/new, worded "LIST.new" */
    bool exports, views;
    const struct list_cell *cells; /* ends with a zero row; may be NULL */
    /* Draws the acts of the page, at the right of the heading. May be NULL. */
    void (*acts)(struct out *out, struct rq *rq);
};

/* The whole page: parses the query (faults are shown above the list), draws filter bar, saved
 * views, table and pager. Under /api/v1 the same question is answered with list_json. */
err list_show(struct rq *rq, const struct list_look *look, struct res *res);

/* Handlers of routes that name their .look: GET PATH.csv and PATH.xlsx, a .slow one; POST
 * PATH/views {name, query} and POST PATH/views/{id}/remove, for those with .views, and under
 * /api/v1, where who saves gets the view with its id, and GET PATH/views gives {"items":[…]}.
 * Errors: of list_parse and list_export; of list_view_save, list_view_remove. */
struct list_view_input {
    str name, query;
};
extern const struct form LIST_VIEW_FORM;
err file_list(struct rq *rq, struct res *res);
err page_list_view_save(struct rq *rq, struct res *res);
err page_list_view_remove(struct rq *rq, struct res *res);
err api_list_views(struct rq *rq, struct res *res);
#endif
