/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the generic list page draws: made by list_show.c, drawn by views/list.html. For
 * platform/list only; modules declare a struct list_look (list.h). */
#ifndef HT_LIST_LIST_SHOW_H
#define HT_LIST_LIST_SHOW_H
#include "platform/flow/flow.h"
#include "platform/list/list.h"
#include "platform/web/view_parts.h"

/* A control of the filter bar. choices: a select; else from and to for ranges (type "date" or
 * "number"), else one text. */
struct list_control {
    str name, label, value, from, to;
    const char *type;
    bool range;
    bool kept; /* no field: what came by link is sent along */
    const struct view_choice *choices;
    size_t choice_count;
    /* the element that offers what may be typed, drawn with the first field that uses it; empty =
     * none */
    str offers;
};

/* A tab of a saved view; remove: where it is removed. */
struct list_tab {
    str label, url, remove;
    bool active;
};

/* A word of a coded column: codes repeat from row to row, so each is looked up once a page. tone:
 * of a flow's state, else NULL. */
struct list_word {
    str code, words;
    const char *tone;
};
enum { LIST_WORDS = 16 };

/* A column of the table. put: the module's own way of drawing its cells, or NULL; flow: whose
 * states it shows, or NULL. */
struct list_shown {
    const struct list_column *column;
    str label;
    html open, open_void; /* the tag that begins its cell, and an empty one: made once a page */
    bool main;            /* its cell is the link to the row */
    list_put_fn put;
    const struct flow *flow;
    struct list_word *words; /* LIST_WORDS of them, as far as known */
};

struct list_page_data {
    struct rq *rq;
    const struct list_look *look;
    str title, path, empty;
    str search;  /* label of the search field; empty = no search */
    str q, sort; /* sort empty: the list's own */
    const struct list_control *controls;
    /* plain: the first few, always in sight; of the others those that are drawn */
    size_t control_count, plain_count;
    bool few; /* no search, nothing asked, and all there is is seen at a look: the bar is folded */
    bool more_open;                /* the folded ones are drawn: asked for, or one in force */
    str more;                      /* address of the same page with them; empty = shown or none */
    const struct view_link *chips; /* filters in force; url leaves one out; ends with a zero row */
    str clear;                     /* address without any filter; empty when there is none */
    const struct list_tab *tabs;
    size_t tab_count;
    str question; /* query string for saving and export, with "?" */
    str views_url, xlsx_url, csv_url;
    struct view_table head;
    const struct list_shown *columns; /* the main one first, as head */
    size_t column_count;
    const struct list_shown *under; /* NULL = none */
    const struct list_column *id;   /* what addresses of rows are made of */
    struct rows rows;
    struct view_pager pager;
    const struct view_fault *faults;
};

/* For the view: a row, its address, the inside of a cell and whether there is anything in it, the
 * acts of the page. */
const void *list_row_at(const struct list_page_data *page, size_t i);
str list_row_url(const struct list_page_data *page, const void *row);
void view_list_cell(struct out *out, const struct list_page_data *page,
                    const struct list_shown *column, const void *row);
bool list_cell_is_empty(const struct list_shown *column, const void *row);
void view_list_acts(struct out *out, const struct list_page_data *page);
str list_create_label(const struct list_page_data *page);
struct view_link list_begin(const struct list_page_data *page);
#endif
