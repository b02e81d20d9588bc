/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the views of this module show. Filled by the pages files; all texts unescaped. */
#ifndef HT_DASHBOARDS_DASHBOARD_VIEWS_H
#define HT_DASHBOARDS_DASHBOARD_VIEWS_H
#include "platform/web/view_parts.h"

/* A line of the figures: a label and cells, as many as the table has heads; a cell is a count with
 * the list behind it, or a rate. */
struct figure_cell {
    i64 value;
    str url, rate;
};
struct figure_line {
    str label;
    const struct figure_cell *cells;
};
struct figure_table {
    str caption, first;
    const str *heads;
    size_t head_count;
    const struct figure_line *lines;
    size_t count;
};
struct dashboard_figures {
    const struct view_link *crumbs;
    const struct view_tab *sessions;
    size_t session_count;
    /* totals: what came in, what became of it, what evaluations say (none where they are blind) */
    struct view_facts come, gone, said, kept; /* kept: what became of promises */
    const struct figure_table *tables;
    size_t table_count;
    str export_url;
};
#endif
