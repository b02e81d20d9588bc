/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Figures: which there are, what each is the sum of, and the list that shows exactly what it
 * counts (README, "Counting"; definitions in words: docs/glossary.md, rates and counts). Pages:
 * dashboard_figure_pages.c; the counters themselves: dashboard_facts.h. */
#ifndef HT_DASHBOARDS_DASHBOARD_FIGURES_H
#define HT_DASHBOARDS_DASHBOARD_FIGURES_H
#include "modules/dashboards/dashboard_facts.h"

/* Whose figures: proposals; their signers; what is public or excellent; assignments of who answers;
 * its answers to suggestions; agencies; what the last round said of a proposal; what was found of
 * it afterwards; evaluation forms; promises; nudges; slips; disputes; opinions; letters; first
 * answers to letters. */
enum figure_of {
    OF_CASES,
    OF_SIGNERS,
    OF_ANSWERS,
    OF_ITEMS,
    OF_AGENCIES,
    OF_VERDICTS,
    OF_TRACKED,
    OF_FORMS,
    OF_PROMISES,
    OF_REMINDERS,
    OF_SLIPS,
    OF_DISPUTES,
    OF_OPINIONS,
    OF_LETTERS,
    OF_FIRST_ANSWERS,
    FIGURE_KINDS
};

/* One figure. sum: names of counters added, one behind "-" taken away; of those that hang on today
 * "overdue" (to be answered, the day has passed), "due" (a promise whose day has come) and
 * "slips_overdue"; "agencies" and "hosts": how many lines there are; "all_docketed" and
 * "all_assigned": of all lines together. whole:
 * the same of what a rate is divided by, NULL = a count. query: what the list is asked for, NULL =
 * no list counts this way. */
struct figure {
    const char *name;
    enum figure_of of;
    const char *sum, *whole, *query;
};

/* The list behind a kind of figures. of_matters: it shows more than proposals. */
struct figure_list {
    const char *path;
    bool of_matters;
};
extern const struct figure_list FIGURE_LISTS[FIGURE_KINDS];

/* What one line is made of: all counters of one code of a dimension. */
struct tally_line {
    str code;
    i64 agency_id, overdue, due, slips_overdue, agencies, hosts, all_docketed, all_assigned;
    const struct dashboard_count *counts;
    size_t count;
};
struct tally {
    struct tally_line *lines;
    size_t count;
};

/* What kind of thing is counted. scope: what lists call the session or year; words: prefix of its
 * texts; explain: the page of definitions; totals: names of the figures of all together; stages:
 * names of those whose days are counted. Where figures go by years: all: the dimension of all
 * together; by_year: what a table of years is called, and the figures in it. */
struct figure_world {
    const char *scope, *words, *explain, *totals, *stages, *all, *by_year[2];
};

/* All that a page shows figures of: one session (of opinions: one year), 0 = all together. forms:
 * the actor may see what evaluations say (README of assignments, "Blind"); kept: what became of
 * promises; urged: nudges and slips; disputed: disputes. */
struct figure_set {
    struct rq *rq;
    const struct figure_world *world;
    i64 session_id, digits, docketed;
    bool forms, kept, urged, disputed;
    const struct figure *figures; /* those above, and one for each class */
    size_t figure_count;
    struct tally cases, agencies; /* everything in one line; a line for each agency */
    struct tally_line handled;    /* all agencies together */
    struct rows overdue; /* proposals or letters, struct dashboard_facts; owes: how many such */
};

/* Reads what every page needs. Errors: those of the database. */
err figure_set_make(struct rq *rq, i64 session_id, struct figure_set *out);

/* The same of opinions and of letters: a year. Errors: those of the database. */
err opinion_figures_make(struct rq *rq, i64 year, struct figure_set *out);
err letter_figures_make(struct rq *rq, i64 year, struct figure_set *out);

/* A line for each year of which something is counted, newest first. Errors: those of the database.
 */
err tally_make_years(const struct figure_set *s, struct tally *out);

/* Lines of one dimension, in order of codes. Errors: those of the database. */
err tally_make(const struct figure_set *s, const char *dimension, struct tally *out);

/* All lines of a tally in one; the same for each group of its lines (groups: a word for each line),
 * in order of first appearance. */
struct tally_line tally_sum(const struct figure_set *s, const struct tally *t);
void tally_group(const struct figure_set *s, const struct tally *t, const str *groups,
                 struct tally *out);

/* The figure of that name; it must be there. */
const struct figure *figure_find(const struct figure_set *s, const char *name);

/* Whether the actor may see it. */
bool figure_is_shown(const struct figure_set *s, const struct figure *f);

/* A count; and a rate in ten-thousandths, half up, -1 = nothing to divide by. */
i64 figure_value(const struct tally_line *line, const struct figure *f);
i64 figure_rate(const struct tally_line *line, const struct figure *f);

/* Whether nothing is known of all that it could count, so that a 0 would be invented: answers that
 * lists of earlier years tell of without the steps and talks that led to them. */
bool figure_is_unknown(const struct tally_line *line, const struct figure *f);

/* "98.6%", with as many digits as the setting says; a dash for -1. */
str figure_percent(const struct figure_set *s, i64 rate);

/* Its words: the name of a class's figure holds the class. */
str figure_label(const struct figure_set *s, const struct figure *f);
str figure_meaning(const struct figure_set *s, const struct figure *f);

/* The stable name of one of their texts, "letters.figures.month_of"; in s->rq->mem. */
const char *figure_key(const struct figure_set *s, const char *name);

/* The list of what it counts; key narrows it to a line ("&agency_id=5"). Empty where there is none.
 */
str figure_url(const struct figure_set *s, const struct figure *f, str key);

/* ---- statements ---- */

/* Counters of a dimension, of a session or (0) of all together; struct dashboard_count rows in
 * order of code and metric. */
struct counts_query {
    i64 session_id, today;
    str dimension;
};
err counts_store_list(struct db *db, const struct counts_query *query, struct arena *mem,
                      struct rows *out);

/* Counters of a dimension that has one code, code: the year, newest first. */
err counts_store_list_years(struct db *db, str dimension, struct arena *mem, struct rows *out);

/* Who has written opinions of a year; struct figure_name rows by id. */
struct figure_name {
    i64 id;
    str name;
};
err counts_store_list_writers(struct db *db, i64 year, struct arena *mem, struct rows *out);

/* What hangs on today: proposals to be answered whose day has passed, alike ones together; the same
 * of assignments, by agency; of slips, by agency; promises whose day has come and of which nothing
 * is known, by agency.
 * struct dashboard_facts rows, how many in owes. */
err facts_store_list_overdue(struct db *db, const struct counts_query *query, struct arena *mem,
                             struct rows *out);
err facts_store_list_owing(struct db *db, const struct counts_query *query, struct arena *mem,
                           struct rows *out);
err facts_store_list_slips(struct db *db, const struct counts_query *query, struct arena *mem,
                           struct rows *out);
err facts_store_list_due(struct db *db, const struct counts_query *query, struct arena *mem,
                         struct rows *out);

/* Letters of a year that were handed out and have no answer though the day has passed, alike ones
 * together: rows likewise. */
err letter_facts_store_list_overdue(struct db *db, const struct counts_query *query,
                                    struct arena *mem, struct rows *out);

/* To which system an agency belongs (承办系统): "party", "government", "other". */
struct agency_system {
    i64 agency_id;
    str name;
};
err facts_store_list_systems(struct db *db, struct arena *mem, struct rows *out);
#endif
