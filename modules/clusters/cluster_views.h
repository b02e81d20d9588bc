/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the views of this module show. Filled by cluster_pages.c; all texts unescaped. */
#ifndef HT_CLUSTERS_CLUSTER_VIEWS_H
#define HT_CLUSTERS_CLUSTER_VIEWS_H
#include "modules/clusters/cluster_rules.h"
#include "platform/web/view_parts.h"

/* A line of the hot list: why it stands there. */
struct cluster_line {
    const struct cluster_hot *hot;
    i64 rank; /* 0 = pinned */
    str why;
};

struct cluster_hot_page {
    const struct view_link *crumbs;
    struct view_tabs tabs;
    const struct cluster_line *lines;
    size_t count;
};

/* A bar of the chart: how many letters came from a day to another; height of 120. */
enum { CLUSTER_BARS_MAX = 31, CLUSTER_BAR_TOP = 120, CLUSTER_CHART_WIDTH = 620 };
struct cluster_bar {
    i64 from_on, to_on, texts, x, width, height;
    str label;
    bool shown; /* its label has room below the bar */
};

/* In the page of a letter: what it is about, and what was made of that. */
struct cluster_of_letter {
    struct cluster c;
    struct rows opinions; /* struct handling_opinion */
    bool reads_opinions;
};

struct cluster_page {
    const struct cluster *c;
    const struct view_link *crumbs;
    struct flow_allowed allowed;
    str why, unit; /* unit: what a bar is: a day, a week, a month */
    struct cluster_bar bars[CLUSTER_BARS_MAX];
    size_t bar_count;
    i64 top; /* letters of the highest bar */
    struct rows towns, categories, agencies, states, letters, near, joined, opinions;
    html fed; /* what was made of it */
    struct view_steps steps;
    str older; /* address of the letters before these; empty = these are the last */
    bool may_edit;
};
#endif
