/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the pages of this module show, and their handlers. */
#ifndef HT_SCORES_SCORES_VIEWS_H
#define HT_SCORES_SCORES_VIEWS_H
#include "modules/scores/scores.h"
#include "platform/web/view_parts.h"

/* Rows of a page; of an answer of the API. */
enum { SCORES_PAGE = 50, SCORES_AT_ONCE = 500 };

/* year 0 = the present one; by and name: of one group; show: open = who misses a gate, away = who
 * is not assessed; sort: by place, where that is shown. */
struct scores_list_input {
    i64 year, start;
    str by, name, show, sort;
};
struct scores_year_input {
    i64 id, year;
    str by;
    bool standing; /* of the standing committee alone */
};

struct scores_list_view {
    const struct scores_period *period;
    const struct scores_row *const *rows; /* of this page */
    size_t count;
    struct scores_group whole, shown; /* all that the actor sees; those that he asked for */
    struct scores_shows shows;
    struct view_tabs years, filters;
    struct view_pager pager;
    struct rq *rq;
    str group, export, csv, groups, sorted, sort_label; /* addresses; empty = not for him */
    const struct view_link *crumbs;
};

struct scores_groups_view {
    const struct scores_period *period;
    const struct scores_group *groups;
    size_t count;
    struct scores_group whole;
    struct scores_shows shows;
    bool earn; /* the rules say what groups earn themselves */
    struct view_tabs years, kinds, whom;
    enum scores_by by;
    bool standing; /* of the standing committee alone */
    struct rq *rq;
    const struct view_link *crumbs;
};

/* A record of the ledger in a line; url empty = it cannot be opened. */
struct scores_record {
    i64 id, happened_on;
    str label, what, url;
};

/* at: its place among the gates of the rules. */
struct scores_gate {
    size_t at;
    str text;
    i64 need, has; /* thousandths */
    bool met;
    const struct scores_record *records; /* that it counts */
    size_t count;
};

/* A line of a score. at: which rule, -1 = of none; rule: its name, empty of a line about the whole.
 * words: the arithmetic. record: NULL = of none. like: the earlier record for which it gives less,
 * NULL = none. */
struct scores_line {
    int at;
    str rule, key, words;
    i64 points;
    const struct scores_record *record;
    const struct entry_like *like;
};
struct scores_part {
    str name;
    i64 points;
    const struct scores_line *lines;
    size_t count;
};

struct scores_member_view {
    const struct scores_period *period;
    const struct scores_row *row;
    struct scores_shows shows;
    const struct scores_gate *gates;
    const struct scores_part *parts;
    size_t gate_count, part_count;
    i64 gates_met;
    str grade, vetoes, ledger;                 /* ledger: address of the records */
    const struct scores_group *sector, *whole; /* beside which he stands; NULL = not shown */
    i64 places;                                /* of how many */
    struct view_tabs years;
    struct rows seats; /* struct scores_seat */
    html more;         /* what modules above say of it */
    struct rq *rq;
    bool own, has_others;
    const struct view_link *crumbs;
};

/* What scores_parts.c makes of a year. */
err scores_gates_make(struct rq *rq, const struct scores_period *period,
                      const struct scores_row *row, struct scores_member_view *v);
err scores_parts_make(struct rq *rq, const struct scores_period *period,
                      const struct scores_row *row, struct scores_member_view *v);

/* "优秀"; empty = none. The vetoes that hold, one after another. */
str scores_grade(const struct scores_period *period, const struct scores_row *row);
str scores_vetoes(struct rq *rq, const struct scores_period *period, const struct scores_row *row);

/* Where somebody stands, in a word: empty of who serves. */
str scores_stand_words(const struct scores_person *person);

/* The last years, newest first, as tabs of a page; query: what else is asked, begins with &. seats:
 * those of the member whose page it is, which has only the years in which he had one; NULL = all.
 */
struct view_tabs scores_years(struct rq *rq, const struct scores_period *period, const char *path,
                              str query, const struct rows *seats);

/* "committee" …; the first of another name. Keeps the rows whose members rq's actor may see: of one
 * who organises a committee those of his. */
enum scores_by scores_by_of(str name);
void scores_keep_seen(struct rq *rq, struct rows *rows);

/* Reads everybody's year as rq's input asks and its actor may see, for page and table. */
err scores_list_load(struct rq *rq, struct scores_period *period, struct rows *rows,
                     struct scores_list_view *v);

/* Handlers of ROUTES. */
err page_scores_list(struct rq *rq, struct res *res);
err file_scores(struct rq *rq, struct res *res);
err file_scores_csv(struct rq *rq, struct res *res);
err page_scores_groups(struct rq *rq, struct res *res);
err page_scores_own(struct rq *rq, struct res *res);
err page_scores_member(struct rq *rq, struct res *res);
#endif
