/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A set of rules in words, a line each, in the order in which people read it; and what one set says
 * otherwise than another. Pages, JSON and `huotang rules` say the same. Pure. */
#ifndef HT_DUTY_RULESET_WORDS_H
#define HT_DUTY_RULESET_WORDS_H
#include "modules/duty/ruleset.h"
#include "platform/db/db.h"

enum ruleset_part {
    RULESET_WHOLE,
    RULESET_SECTION,
    RULESET_RULE,
    RULESET_GATE,
    RULESET_VETO,
    RULESET_GRADE,
    RULESET_GROUP, /* an item of what groups earn */
    RULESET_PARTS
};

/* key: what tells it from the others of its part (the id of a rule, else the name). section: of a
 * rule, else empty. worth: "每次 3 分"; terms: what else holds, "最多 6 分；前 2 次不计". */
struct ruleset_line {
    enum ruleset_part part;
    str key, section, name, worth, terms;
};

/* All of it: the whole, each section before its rules, gates, vetoes, grades; struct ruleset_line
 * rows. A section without rules stays. */
struct rows ruleset_lines(struct arena *mem, const struct ruleset *set);

/* What changes from one set to another: struct ruleset_change rows, those of the new one in its
 * order, then what is gone. before, after: NULL = is not there. */
struct ruleset_change {
    const struct ruleset_line *before, *after;
};
struct rows ruleset_changes(struct arena *mem, const struct ruleset *from,
                            const struct ruleset *to);

/* Points or quantities in thousandths as people write them: 1500 is "1.5", -2000 "-2". */
str ruleset_points(struct arena *mem, i64 value);

/* "rules", "gates" …: stable name of a part, for JSON and texts "duty.parts.NAME". */
const char *ruleset_part_name(enum ruleset_part part);
#endif
