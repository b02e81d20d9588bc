/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What a set of rules makes of one member's ledger. Pure: no clock, no database. Every point is a
 * line that names its rule, its entry and what was done to it, and the sum of the lines is the
 * score. */
#ifndef HT_DUTY_SCORE_H
#define HT_DUTY_SCORE_H
#include "modules/duty/ruleset.h"

/* An entry of the ledger as the rules see it. kind: ruleset_kind, -1 = no rule names it. people:
 * how many did it together. */
struct score_entry {
    i64 day, quantity, people;
    int kind;
    uint64_t tags;
};

/* Whose ledger: entries of the term by day, and the days that bound term, the period before, and
 * the period. tags: what the person is at the period's end. */
struct score_ask {
    const struct ruleset *set;
    const struct score_entry *entries;
    size_t count;
    i64 term_from, before_from, from, to; /* days, the last one included */
    i64 since;
    bool has_before; /* the period before was scored: with this total */
    i64 before_total;
    uint64_t tags;
    bool exempt; /* not scored, whatever he is */
    bool brief;  /* without lines */
};

/* Why a line gives what it gives. */
enum score_why {
    SCORE_COUNTED,
    SCORE_START,
    SCORE_GIVEN,      /* without an entry */
    SCORE_FIRST_ONES, /* only what comes after the first ones counts */
    SCORE_NOT_YET,    /* not as many as are needed */
    SCORE_UNKNOWN,    /* the rule does not say how many points */
    SCORE_SIMILAR,    /* it is like an earlier one, and the rule gives nothing for it */
    SCORE_CAPPED,     /* the rule's most is reached */
    SCORE_REPLACED,   /* another rule stands in its place */
    SCORE_LESSER,     /* only the best of the set counts */
    SCORE_SECTION_CAP,
    SCORE_SECTION_FLOOR,
    SCORE_SECTION_WEIGHT,
    SCORE_BASE_CAP,
    SCORE_BONUS_CAP,
    SCORE_TOTAL_CAP,
    SCORE_FLOOR,
    SCORE_WHYS
};

/* rule, section: -1 = none. entry: its place in ask->entries, -1 = none. full: what it would give
 * if nothing capped it. */
struct score_line {
    enum score_why why;
    int rule, section;
    i64 entry, full, points;
};

struct score {
    bool scored; /* false: not scored; the rest is empty but for vetoes of absences */
    i64 total, base, bonus, deduct;
    i64 *rules, *sections;    /* points of each, as many as the set has */
    i64 *gates;               /* how many there are of each */
    uint64_t duties, met;     /* gates that are this person's, and those that he has met */
    uint64_t vetoes;          /* those that hold */
    i64 *counts;              /* of each veto of his that asks for so many and more: how many */
    int grade;                /* -1 = the set has none, or none of known threshold fits */
    bool passed;              /* of a set with a pass line */
    struct score_line *lines; /* in the order in which they were found */
    size_t line_count;
};

/* Evaluates one ledger. out and its lines live in mem. */
void score_make(struct arena *mem, const struct score_ask *ask, struct score *out);

/* What part of its points a rule gives for an entry that is like an earlier one; POINT = all. */
i64 score_part(const struct rule *rule, const struct score_entry *entry);

/* Whether an entry is one of those meant. */
bool score_fits(const struct ruleset_match *match, const struct score_entry *entry);

/* Takes grades back to their quotas: of all those scored, the best by total keep a grade that has
 * one, the others get the next. Equal totals stay together, below the line if they do not all fit.
 */
void score_quotas(struct arena *mem, const struct ruleset *set, struct score *const *all,
                  size_t count);
#endif
