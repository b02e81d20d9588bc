/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the views of this module show. Filled by the pages files; all texts unescaped. */
#ifndef HT_DASHBOARDS_DASHBOARD_VIEWS_H
#define HT_DASHBOARDS_DASHBOARD_VIEWS_H
#include "platform/web/view_parts.h"

/* A line of the figures: a label and cells, as many as the table has heads; a cell is a count with
 * the list behind it (or none), or words: a rate, a number of days. explain: where a head's or a
 * line's figure is defined, may be empty. */
struct figure_cell {
    i64 value;
    str url, rate;
};
struct figure_head {
    str label, explain;
};
struct figure_line {
    str label, explain, meaning; /* meaning: only where lines are figures */
    const struct figure_cell *cells;
};
struct figure_table {
    str caption, first;
    const struct figure_head *heads;
    size_t head_count;
    const struct figure_line *lines;
    size_t count;
};

/* A page of figures: what it is, where to go beside it, totals in groups, tables. */
struct dashboard_figures {
    str title, intro;
    const struct view_link *crumbs;
    struct view_tabs pages, sessions;
    const struct view_facts *facts;
    size_t fact_count;
    const struct figure_table *tables;
    size_t table_count;
    str xlsx_url, pdf_url, foot;       /* foot: what a click shows */
    const struct view_choice *choices; /* sessions to compare, of that page alone */
    size_t choice_count;
};

/* A definition; value: what it is in the session of today. */
struct figure_definition {
    str name, label, meaning, value, url;
};
struct dashboard_explain {
    str intro, of; /* of: what the values are of */
    const struct view_link *crumbs;
    struct view_tabs pages;
    const struct figure_definition *items;
    size_t count;
};
#endif
