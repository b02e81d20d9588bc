/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Tables of figures: which counts stand in which, the address of the list that shows exactly what a
 * count counts, and rates. Definitions: docs/glossary.md, rates and counts. Gathering and showing:
 * dashboard_figures.c. */
#ifndef HT_DASHBOARDS_DASHBOARD_FIGURES_TABLES_H
#define HT_DASHBOARDS_DASHBOARD_FIGURES_TABLES_H
#include "modules/dashboards/dashboard_views.h"
#include "platform/settings/settings.h"

enum { FIGURE_CLASSES_MAX = 8 };

/* A count: its name in JSON and texts, what the list must be asked for, its place in the struct. */
struct figure_column {
    const char *name, *query;
    size_t at;
};

/* A rate of counts: (part + more) ÷ whole; more is the same as part where there is only one. */
struct figure_rate {
    const char *name;
    size_t part, more, whole;
};

/* A table. caption, first: text keys. path: the list behind it. classes: what is asked for beside
 * the class, NULL = the table has none. */
struct figure_kind {
    const char *caption, *first, *path, *classes;
    const struct figure_column *columns;
    size_t column_count;
    const struct figure_rate *rates;
    size_t rate_count;
};
extern const struct figure_kind FIGURES_BY_CATEGORY; /* of struct proposal_count */
extern const struct figure_kind FIGURES_BY_AGENCY;   /* of struct agency_figures: its assignments */
extern const struct figure_kind FIGURES_OF_PROMISES; /* of struct promise_figures */
extern const struct figure_kind FIGURES_OF_FORMS;    /* of struct agency_figures: its evaluations */

/* What a line is made of. key: narrows the list to it, "&agency_id=5"; classes: as many counts as
 * there are classes. */
struct figure_source {
    str label, key;
    i64 agency_id;
    const void *counts;
    i64 classes[FIGURE_CLASSES_MAX];
};

/* What all tables of a page share. */
struct figure_frame {
    struct rq *rq;
    i64 session_id; /* 0 = every */
    const struct dictionary_row *classes;
    size_t class_count;
};

/* A count, and a rate in thousandths, half up; -1 = nothing to divide by. */
i64 figure_value(const void *counts, size_t at);
i64 figure_permille(const void *counts, const struct figure_rate *rate);

/* "98.6%", a dash for -1. */
str figure_percent(struct rq *rq, i64 permille);

/* The list of one count; key empty = of all. */
str figure_url(const struct figure_frame *f, const struct figure_kind *kind, str key,
               const char *query);

/* The whole table. out lives as long as the request. */
void figure_table_make(const struct figure_frame *f, const struct figure_kind *kind,
                       const struct figure_source *lines, size_t count, struct figure_table *out);

/* The counts and rates of one line as members of the object that is open. */
struct json;
void figure_json(const struct figure_frame *f, const struct figure_kind *kind,
                 const struct figure_source *line, struct json *j);
#endif
