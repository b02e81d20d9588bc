/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of a place, ready made: shipped files read, compared with what a site has, and applied from
 * a day. Words and form of the files: README.md. */
#ifndef HT_PRESETS_PRESET_H
#define HT_PRESETS_PRESET_H
#include "platform/settings/settings.h"

/* A line of a file: a setting (code empty), or a code of a dictionary with its label as value. */
struct preset_line {
    str name, code, value, source;
};

/* A shipped preset. area: what its rules are about, empty = proposals and their handling; those of
 * different areas stand side by side, one in force each. began: day from which its source holds, 0
 * = undated. lines: struct preset_line in order of the file. Texts live as long as the process. */
struct preset {
    str name, area, title, source;
    i64 began;
    struct rows lines;
};

/* All shipped presets in order of name; struct preset rows. One by name. Errors: INTERNAL where a
 * file is broken, which the self-test refuses; NOT_FOUND presets.unknown. */
err preset_list(struct arena *mem, struct rows *out);
err preset_find(struct arena *mem, str name, struct preset *out);

/* Reads a file's text. fault: what is wrong with it, in English, for the self-test; empty = well.
 */
bool preset_read(struct arena *mem, str name, str text, struct preset *out, str *fault);

/* What applying from a day would change. after empty: a code of the dictionary that could no longer
 * be chosen. words: as people read them; differs: whether it changes anything. */
struct preset_change {
    struct preset_line line;
    str label, before, after, before_words, after_words;
    bool differs;
};
struct preset_comparison {
    struct rows changes; /* struct preset_change, all lines and ended codes */
    struct rows values;  /* struct setting_value from the day: settings that differ */
    i64 differing;
};
err preset_compare(struct rq *rq, const struct preset *preset, i64 from_on,
                   struct preset_comparison *out);

/* The day of a change that is already planned: of a setting or dictionary that presets name, or of
 * a preset applied; the latest. 0 = none. */
err preset_planned(struct rq *rq, const struct preset *preset, i64 *day);

/* Stores what differs, from a day on, with one row of history; audited. changed: how many. A change
 * planned for another day must come first, or be replaced on its own day: two would mix. Errors:
 * INVALID presets.past, presets.planned, presets.cohost_longer and the other cross rules of
 * preset_check. */
err preset_apply(struct rq *rq, const struct preset *preset, i64 from_on, i64 *changed);

/* Whether the values that hold on a day fit each other: a cohost's months within the host's, a
 * host's within the whole, promises only for classes that exist. Errors: INVALID
 * presets.cohost_longer, presets.extend_longer, presets.class_gone. */
err preset_check(struct rq *rq, i64 day);

/* What was applied, newest first, at most 50. */
struct preset_applied {
    i64 id, from_on, changed, applied_at;
    str name, account_name;
};
err preset_history(struct rq *rq, struct rows *out);
#endif
