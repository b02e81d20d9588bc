/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the rules make of the members' ledger in a year: nothing of it is stored, all is worked out
 * from entries, rules and seats when somebody looks. Words, what counts and who may: README.md. */
#ifndef HT_SCORES_SCORES_H
#define HT_SCORES_SCORES_H
#include "modules/duty/duty.h"
#include "modules/duty/score.h"
#include "modules/entries/entry.h"

/* A year of assessment (考核年度): days from `from` to `to`, both included; before_from: of the
 * one before; term_from: of the term in which it ends. rules NULL = none hold. */
struct scores_period {
    i64 year, from, to, before_from, term_from;
    bool running;
    struct duty_set set;
    const struct ruleset *rules;
};

/* Where a member stands at the end of the year, today in the running one. Only who serves is
 * assessed; of who has left the record stays, with its points, but no grade. */
enum scores_stand {
    SCORES_SERVING,
    SCORES_SUSPENDED,
    SCORES_LEFT,
    SCORES_DIED,
    SCORES_EXEMPT, /* modules/exemptions */
    SCORES_STANDS
};

enum { SCORES_COMMITTEES = 4, SCORES_PAUSES = 8, SCORES_EXEMPTIONS = 16 };
struct scores_days {
    i64 from, to;
};

/* Who had a seat in the year. since: first day of serving without a gap; till: last day in the
 * year; pauses: suspended from, to; exemptions: days that do not count. posts: codes; committee:
 * names of all that he is in. */
struct scores_person {
    i64 member_id, person_id, since, till, sector_place;
    str code, name, sector, committee, posts, party;
    i64 committees[SCORES_COMMITTEES];
    str committee_names[SCORES_COMMITTEES];
    struct scores_days pauses[SCORES_PAUSES];
    struct scores_days exemptions[SCORES_EXEMPTIONS];
    bool exempt_years[SCORES_EXEMPTIONS]; /* whether one takes the years that it touches */
    size_t committee_count, pause_count, exemption_count;
    enum scores_stand stand;
    bool joined;   /* within the year */
    bool standing; /* of the standing committee */
};

/* A member's year. entries: how many rows of the ledger. place: among those assessed by points, 1 =
 * most, equal ones share it. assessed: his score counts in grades and averages. list, seen: of one
 * who was asked for alone, his rows and how the rules see each; score's lines name them. */
struct scores_row {
    const struct scores_person *person;
    struct score *score;
    const struct entry *list;
    const struct score_entry *seen;
    size_t count;
    i64 entries, place;
    bool assessed;
};

/* Whether he is exempt from being assessed in a year of these days. */
bool scores_is_exempt(const struct scores_person *p, i64 from, i64 to);

/* By the day on which it begins (setting scores.begins_on); year 0 = the one of today. Which rules:
 * README. Errors: those of the database; of ruleset_read. */
err scores_period_find(struct rq *rq, i64 year, struct scores_period *out);

/* Days of a year of assessment, and the year of a day. */
struct scores_days scores_period_days(struct rq *rq, i64 year);
i64 scores_year_of(struct rq *rq, i64 day);

/* Who had a seat in these days, by number of member; struct scores_person rows. only 0 = all.
 * Errors: those of the database. */
err scores_people(struct rq *rq, const struct scores_period *period, i64 only, struct rows *out);

/* Everybody's year by sector and member number, without lines: struct scores_row rows. Of a member
 * alone (only) with lines; with `all`, everybody's year is worked out beside it, once, for grade
 * and place among them, and left there. extra: of a member alone, rows as if they stood (struct
 * entry), NULL = none. kept: where everybody's year is kept for the next look (scores_memory.h),
 * NULL = with the connection. Whether rq's actor may see them is the caller's business. Errors:
 * those of the database. */
struct scores_ask {
    const struct scores_period *period;
    i64 only;
    struct rows *all;
    const struct rows *extra;
    struct db_kept *kept;
};
err scores_list(struct rq *rq, const struct scores_ask *ask, struct rows *out);

/* ---- what can be asked about ---- */

/* An item of a member's year, as his page shows it: a minimum duty, or what a rule made of a record
 * (entry_id, 0 = of none). key: names year, rules, item and record. words: the arithmetic. points:
 * thousandths that the item gives in the whole year; of a duty, how many of it there are. */
struct scores_item {
    i64 year, entry_id, happened_on, points;
    str key, name, words;
    bool is_gate;
};

/* The items of a year that rq's actor sees of himself: his minimum duties and, where settings show
 * him points, every line that a rule gave; struct scores_item rows. Errors: those of the database.
 */
err scores_items(struct rq *rq, const struct scores_period *period, struct rows *out);

/* What an item gives a member now, by rules of the same name if others hold by now; 0 where none
 * has it. Whoever asks. Errors: those of the database. */
err scores_item_points(struct rq *rq, i64 member_id, const struct scores_item *item, i64 *points);

/* What rows that do not stand yet would give a member: struct entry rows, of which the last one is
 * asked and the others stand before it. points: how much more his year has, after all caps; rule:
 * which gives most of it; gates: how many more he meets. scored false: his year has no score.
 * Errors: those of the database. */
struct scores_gain {
    i64 points, gates;
    str rule;
    bool scored;
};
err scores_gain(struct rq *rq, const struct scores_period *period, i64 member_id,
                const struct rows *given, struct scores_gain *out);

/* Event scores.shown (id = the member): his year's page or JSON is being made, and a module above
 * puts in what it has to say. One of out and json is NULL. */
struct out;
struct json;
struct scores_shown {
    struct out *out;
    struct json *json;
    const struct scores_period *period;
};

/* How many gates (or vetoes) a set of bits holds. */
i64 scores_count(uint64_t set);

/* ---- who sees what ---- */

/* What is shown of points, by audience: settings scores.AUDIENCE_points … */
struct scores_shows {
    bool points, grade, ranking, comparison;
};
struct scores_shows scores_shows_own(struct rq *rq);    /* of one's own year */
struct scores_shows scores_shows_others(struct rq *rq); /* of others */

/* Whether rq's actor sees a member's year: his own; who organises a committee its members'; the
 * office all. */
bool scores_may_see(struct rq *rq, const struct scores_person *person);

/* ---- groups ---- */

/* What people are told apart by. */
enum scores_by {
    SCORES_BY_SECTOR,
    SCORES_BY_COMMITTEE,
    SCORES_BY_POST,
    SCORES_BY_PARTY,
    SCORES_BYS
};

/* Sums of a group; key: how the list is asked for it. met: have met all their gates, of `due` who
 * have any. sum: of the points of those assessed. */
struct scores_group {
    str key, label;
    i64 people, assessed, entries, due, met, sum;
    const struct score *own;               /* what it earns itself; NULL = nothing is said of it */
    const struct scores_group_line *lines; /* how */
    size_t line_count;
};

/* A line of what a group earns. entry_id 0 = of no record. */
struct scores_group_line {
    str rule, words;
    i64 entry_id, happened_on, points;
};

/* Groups in order of the roster, then of all. A member with two committees or posts counts in each,
 * in the whole once. */
struct rows scores_groups(struct rq *rq, const struct rows *rows, enum scores_by by,
                          struct scores_group *whole);
const char *scores_by_name(enum scores_by by);
str scores_key_label(struct rq *rq, enum scores_by by, str key);
bool scores_is_in(const struct scores_row *row, enum scores_by by, str key);

/* What each group earns by itself where the rules say so (group_items), into `own` and `lines` of
 * groups by sector and by committee; rows: of scores_list. Errors: those of the database. */
err scores_groups_score(struct rq *rq, const struct scores_period *period, const struct rows *rows,
                        enum scores_by by, struct rows *groups);
bool scores_groups_earn(const struct scores_period *period, enum scores_by by);

/* Tags of a row of the ledger as bits of the rules; why a line gives what it gives, in words. */
uint64_t scores_tags(const struct ruleset *rules, str tags);
str scores_why_words(enum score_why why);

/* Average of a group in thousandths, half up; 0 where nobody is assessed. */
i64 scores_average(const struct scores_group *group);

/* ---- statements ---- */

struct scores_seat {
    i64 member_id, person_id, from_on, to_on, died, sector_place;
    str code, name, sector, status, party;
};
struct scores_post {
    i64 member_id, body_id, from_on, to_on;
    str post, body, name;
};

/* Seats that began up to a day, by member and first day; posts in a span of days. only 0 = of all.
 */
err scores_store_list_seats(struct db *db, i64 only, i64 on, struct arena *mem, struct rows *out);
err scores_store_list_posts(struct db *db, i64 only, const struct scores_days *days,
                            struct arena *mem, struct rows *out);

/* First day of the term of a day; 0 = of none. */
err scores_store_term(struct db *db, i64 on, i64 *from_on);
#endif
