/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Tables of figures: by what proposals are told apart, which figures stand in which table, and the
 * same table as page, workbook, paper and JSON. Figures: dashboard_figures.h. */
#ifndef HT_DASHBOARDS_DASHBOARD_TABLES_H
#define HT_DASHBOARDS_DASHBOARD_TABLES_H
#include "modules/dashboards/dashboard_figures.h"
#include "modules/dashboards/dashboard_views.h"

/* A way to tell proposals, opinions or letters apart. query: what the list calls it; words: the
 * dictionary of its codes, or with is_text the prefix of their texts, NULL = the code is the name;
 * empty: what the list is asked for where there is no code, NULL = such ones are no line. figures:
 * names of the columns, "class.*" for one of each class. */
struct figure_dimension {
    const char *name, *query, *words;
    bool is_text;
    const char *empty, *figures;
};
extern const struct figure_dimension FIGURE_DIMENSIONS[], OPINION_DIMENSIONS[], LETTER_DIMENSIONS[],
    LETTER_PLACES[];

/* Figures of a member's opinions; of letters that one body answers; of letters of one organisation
 * beside others. */
extern const char WRITER_FIGURES[], LETTER_FIGURES[], COUNTY_FIGURES[];

/* What stands in a table of years. */
extern const char OPINION_YEAR_FIGURES[], LETTER_YEAR_FIGURES[];

/* Figures of an agency's answers, of its talks and what it adopted, of its forms, of its promises,
 * of pressing and disputes; of totals; all of an agency. */
extern const char AGENCY_FIGURES[], CONTACT_FIGURES[], FORM_FIGURES[], PROMISE_FIGURES[],
    URGING_FIGURES[], TOTAL_FIGURES[], ALL_OF_AGENCIES[];

/* What a line is called, and how a list is narrowed to it. */
struct table_line {
    str label, key;
    const struct tally_line *counts;
};

/* A table of these lines with the figures of these names, as far as the actor may see them; name:
 * text "proposals.figures.by_NAME", and "proposals.figures.NAME" over the lines. out lives as long
 * as the request. */
struct table_ask {
    const char *name, *figures;
    const struct table_line *lines;
    size_t count;
};
void figure_table_make(const struct figure_set *s, const struct table_ask *ask,
                       struct figure_table *out);

/* Lines of a dimension, and of the agencies in order of their names; agencies without any of these
 * figures are left out. Errors: those of the database. */
err figure_lines_of(const struct figure_set *s, const struct figure_dimension *d,
                    struct table_ask *out);
err figure_lines_of_agencies(const struct figure_set *s, const char *figures,
                             struct table_ask *out);

/* Lines of the systems that agencies belong to (承办系统). Errors: those of the database. */
err figure_lines_of_systems(const struct figure_set *s, struct table_ask *out);

/* Lines of the members who have written opinions of the year, most first. Errors: those of the
 * database. */
err figure_lines_of_writers(const struct figure_set *s, struct table_ask *out);

/* A line for each year; its lists are of that year, so the table is made of out_set, which is of
 * none. Errors: those of the database. */
err figure_lines_of_years(const struct figure_set *s, struct figure_set *out_set,
                          struct table_ask *out);

/* Totals one below the other: a line for each figure, a cell for each set; all sets are of one
 * actor. */
void figure_table_compare(const struct figure_set *const *sets, size_t count,
                          struct figure_table *out);

/* Figures of these names of one line as members of the object that is open; rates end in
 * "_x10000". */
struct json;
void figure_json(const struct figure_set *s, const struct tally_line *line, const char *figures,
                 struct json *j);

/* The line whose counters a figure's total stands in. */
const struct tally_line *figure_total(const struct figure_set *s, const struct figure *f);

/* "100", "98.6%". */
str figure_words(const struct figure_set *s, const struct tally_line *line, const struct figure *f);
#endif
