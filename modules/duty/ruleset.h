/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A set of assessment rules (考核办法) as data: what counts, how much, up to where. A document in
 * JSON (README.md of this module describes it) becomes these structs or is refused with its line
 * and the reason. Points and quantities are whole thousandths, so that 1.5 points stay exact.
 * Evaluating: score.h. */
#ifndef HT_DUTY_RULESET_H
#define HT_DUTY_RULESET_H
#include "platform/base/arena.h"
#include "platform/base/err.h"
#include "platform/base/types.h"

enum {
    POINT = 1000, /* one point, or one of whatever is counted */
    RULESET_RULES = 192,
    RULESET_SECTIONS = 32,
    RULESET_GATES = 24,
    RULESET_VETOES = 24,
    RULESET_GRADES = 12,
    RULESET_KINDS = 256,
    RULESET_TAGS = 64,
    RULESET_EXCLUSIVE = 64, /* exclusive sets */
    RULESET_MENTIONS = 512,
    RULESET_FIRST = 1,   /* the tag "first": of several, who began it */
    RULESET_SIMILAR = 2, /* "similar": like an earlier one of his own, or split off from it */
    RULESET_ECHO = 4,    /* "echo": like an earlier one of somebody else */
};

/* Which entries of the ledger are meant: of one of these kinds (a bit each), with all of the one
 * tags and none of the others. Tags say how somebody took part and what he was on that day: first,
 * joint, composite, standing … */
struct ruleset_match {
    uint64_t kinds[RULESET_KINDS / 64];
    uint64_t with, without;
};

/* base, bonus and deduct differ only in what caps them; a factor gives no points but multiplies
 * those of the entries that it matches. */
enum rule_type { RULE_BASE, RULE_BONUS, RULE_DEDUCT, RULE_FACTOR };

/* What one of several who did a thing together gets: all of it; nothing but for the first; half
 * each; half for the first, the other half shared evenly by the others. */
enum rule_share { SHARE_FULL, SHARE_FIRST_ONLY, SHARE_HALF, SHARE_HALF_THEN_EVEN };

/* A scoring item (计分项). */
struct rule {
    str id, text, unit;
    int section;
    enum rule_type type;
    enum rule_share share;
    bool known;    /* the rule's text says how many points */
    bool given;    /* everybody begins with it, no entry needed */
    bool if_gates; /* only for who has met every gate */
    bool yearly;   /* once a period */
    i64 points;    /* for one unit; negative = taken away */
    i64 cap;       /* most that it gives or takes in a period, not negative; 0 = none */
    int pool;      /* rules with the same number share their caps */
    i64 from;      /* the first `from` units give nothing */
    i64 need;      /* points for each full `need` units; 0 = for each unit */
    i64 similar;   /* what part one gives that is similar to an earlier one; POINT = all of it */
    i64 echo;      /* and one that somebody else has handed in before */
    struct ruleset_match match;
    int exclusive; /* of those with the same number only the best counts; -1 = none */
    uint64_t replaces[RULESET_RULES / 64]; /* rules that give nothing once this one counts */
};

struct ruleset_section {
    str name;
    i64 cap;    /* 0 = none */
    i64 weight; /* what its sum is worth in the whole; POINT = as it is */
    bool has_floor;
    i64 floor;
};

/* A minimum duty (必达项): so many entries in the period, whatever the points. who: tags that make
 * it a person's duty; 0 = everybody's. */
struct ruleset_gate {
    str text;
    struct ruleset_match match;
    i64 need;
    uint64_t who, who_not;
};

/* How far back a veto looks. */
enum ruleset_span { SPAN_PERIOD, SPAN_TWO_PERIODS, SPAN_TERM };

/* What a veto asks: so many entries and more; so few and less, of who was a member all the time; a
 * total below a line, in each period of its span. */
enum ruleset_test { TEST_AT_LEAST, TEST_AT_MOST, TEST_BELOW };

/* A fact that settles the grade whatever the points (否决项). grade: -1 = it is only said. */
struct ruleset_veto {
    str text;
    struct ruleset_match match;
    enum ruleset_test test;
    i64 bound;
    uint64_t who, who_not;
    enum ruleset_span span;
    int grade;
    bool of_absences; /* so many and more of nothing but missed duties: of who is not scored, too */
};

/* A grade from `threshold` points up; quota: at most that part of those scored; 0 = any. */
struct ruleset_grade {
    str name, colour;
    bool known;
    i64 threshold;
    i64 quota; /* thousandths of a percent */
};

/* A name that the document mentions for the first time, and where: whether there is such a kind of
 * the ledger, tag of its rows or role of a person is known to who keeps the document (duty.c). */
enum ruleset_naming { NAMES_KIND, NAMES_TAG, NAMES_ROLE };
struct ruleset_mention {
    enum ruleset_naming what;
    str name;
    const char *list, *field; /* list NULL: a field of the document itself */
    size_t nth;
};

struct ruleset_of_kind {
    uint8_t count, rules[RULESET_RULES];
};

struct ruleset {
    str id, name;
    struct rule rules[RULESET_RULES];
    struct ruleset_section sections[RULESET_SECTIONS];
    struct ruleset_gate gates[RULESET_GATES];
    struct ruleset_veto vetoes[RULESET_VETOES];
    struct ruleset_grade grades[RULESET_GRADES]; /* the best first */
    size_t rule_count, section_count, gate_count, veto_count, grade_count;
    str kinds[RULESET_KINDS], tags[RULESET_TAGS];
    struct ruleset_of_kind of_kind[RULESET_KINDS]; /* which rules an entry of a kind may concern */
    size_t kind_count, tag_count;
    i64 start;
    i64 total, base_total, bonus_cap; /* 0 = none */
    bool has_floor, has_pass;
    i64 floor, pass;
    uint64_t not_scored; /* who has one of these tags gets no score */
    int without_gates;   /* grade of who misses a gate, at best; -1 = as the points say */
    const struct ruleset_mention *mentions;
    size_t mention_count;
    bool of_others; /* scores others than members, such as units that answer proposals */
    const struct ruleset *group; /* what a group (活动组) earns: its items alone; NULL = nothing */
};

/* Reads a document; *out and its texts live in mem. Errors, the first fault with its line and the
 * reason: INVALID web.json_broken (no JSON), duty.field (a field that there is not), duty.missing,
 * duty.value (not of the kind that is wanted, or beyond a million), duty.sign, duty.apart (two
 * fields that exclude each other), duty.name (names a rule or grade that there is not), duty.twice,
 * duty.bounds (a floor above a cap),
 * duty.order (of grades), duty.many. */
err ruleset_read(struct arena *mem, str document, const struct ruleset **out);

/* Where a mention stands, "第 12 行（items 第 3 项）". */
str ruleset_place(struct arena *mem, str document, const struct ruleset_mention *mention);

/* Number of a kind or tag that the rules name, -1 when none does. */
int ruleset_kind(const struct ruleset *set, str kind);
int ruleset_tag(const struct ruleset *set, str tag);
#endif
