/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Business settings and dictionaries: rules are data (rules.md 13.1). A value belongs to an
 * organisation and holds from a day on; the declared default is used where none is stored. Process
 * configuration is server/config.h, not here. Pages: settings_module.c. */
#ifndef HT_SETTINGS_SETTINGS_H
#define HT_SETTINGS_SETTINGS_H
#include "platform/web/web.h"

/* SETTING_MONTH_DAY: a day of every year, "09-30", or empty for none; 02-29 is 02-28 in other
 * years. */
enum setting_type { SETTING_NUMBER, SETTING_BOOL, SETTING_TEXT, SETTING_CHOICE, SETTING_MONTH_DAY };

/* A setting. label and help are texts "settings.NAME" and "settings.NAME.help"; a choice's words
 * "settings.NAME.CHOICE". Its part before the dot is the group on the page, worded by "menu.GROUP".
 * unit: "working_days", "days", "months", "characters", "minutes" …, worded by "units.UNIT". */
struct setting {
    const char *name; /* "proposals.bounce_days" */
    enum setting_type type;
    const char *unit;
    i64 min, max;         /* of the number; max: characters of the text (0 = 2,000) */
    const char *fallback; /* default, as text: decimal; "1" or "0" */
    /* Of a SETTING_CHOICE its values: "yes no maybe". Of a SETTING_NUMBER another one that it must
     * be larger than, or NULL; of both 0 says: left out, then what that one must be larger than
     * counts. */
    const char *bound;
    const char
        *source; /* where the default comes from: law, regulation, local rule; or "product" */
};

/* The value today for rq's organisation. The name must be declared (else the process stops). Cached
 * per organisation: a change is seen by the storing request at once, on this node after COMMIT, on
 * others within a second; one request sees one set of values from its first look on. Text lives as
 * long as the request. A database that cannot be read gives the declared default and an error line
 * in the log. */
i64 setting_number(struct rq *rq, const char *name);
bool setting_on(struct rq *rq, const char *name);
str setting_text(struct rq *rq, const char *name);

/* Of a SETTING_MONTH_DAY: the first such day behind `day`; 0 = none is set. */
i64 setting_day_after(struct rq *rq, const char *name, i64 day);

/* The same on another day, for recalculation of past cases. */
str setting_text_on(struct rq *rq, const char *name, i64 day);

/* From now to the end of the request the readers above answer as if these values (struct
 * setting_value) were stored: what would a change bring? NULL = as it is. Nothing is written; the
 * rows must live as long as the request. */
void settings_suppose(struct rq *rq, const struct rows *values);

/* The declaration, or NULL: for the self-test and forms that take a limit from a setting. */
const struct setting *setting_find(const struct app *app, const char *name);

/* Its name in words; and a value as people read it: "是", "5 个工作日", "9 月 30 日", a choice's
 * words, the beginning of a text. */
str setting_label(struct rq *rq, const struct setting *setting);
str setting_words(struct rq *rq, const struct setting *setting, str value);

/* Whether a value fits its declaration. mem: for the arguments of the error. Errors: those of
 * setting_store. */
err setting_fits(struct arena *mem, const struct setting *setting, str value);

/* Stores a value from a day on; audited by the caller. Errors: NOT_FOUND settings.unknown; INVALID
 * settings.out_of_range (with limits), settings.not_a_number, settings.not_a_choice,
 * settings.too_long (with the limit), settings.not_a_month_day. A month-day may come as "9-30",
 * "9/30" or "9.30"; it is stored as "09-30". */
err setting_store(struct rq *rq, const char *name, str value, i64 from_on);

/* A month-day as stored or typed (see setting_store): whether it is one. */
bool setting_month_day(str value, int *month, int *mday);

/* Whether all numbers are larger than their .bound, on the day and on each later
 * one on which a stored value begins to hold: called when a change is whole, within its
 * transaction. Errors: INVALID settings.not_over (the lower and the upper in words). */
err settings_in_order(struct rq *rq, i64 day);

/* A stored value, for the page: in order of from_on. */
struct setting_value {
    str name, value;
    i64 from_on, changed_at, changed_by;
};

/* All stored values of one setting. */
err setting_values(struct rq *rq, const char *name, struct rows *out);

/* What a change would touch: something open whose running deadline keeps its day, or whose coming
 * one would be counted by the new values. would_be_on: that day, if it began on the day of the
 * change; due_on beside it: by the present values. */
struct setting_touch {
    i64 due_on, would_be_on;
    str what, number, title, url; /* what: the deadline in words */
};

/* Fact of the event settings.previewed: listeners add to *touched (settings_touch) what of theirs
 * the changed values decide. values: struct setting_value, all from from_on. */
struct settings_preview {
    const struct rows *values;
    i64 from_on;
    struct settings_touched *touched;
};
enum { SETTINGS_KEEPS_MAX = 10, SETTINGS_FOLLOWS_MAX = 50 };
struct settings_touched {
    struct setting_touch keeps[SETTINGS_KEEPS_MAX], follows[SETTINGS_FOLLOWS_MAX];
    size_t keeps_count, follows_count;
    i64 keeps_more, follows_more; /* beyond those listed */
};

/* Asks all modules what a change of these values from that day would touch. Nothing is written, no
 * running deadline is ever moved by a change. */
err settings_preview(struct rq *rq, const struct rows *values, i64 from_on,
                     struct settings_touched **out);

/* Whether the change is of this setting. */
bool settings_preview_has(const struct settings_preview *preview, const char *name);

/* A last day, counted by due(rq, of) from settings and rq->today. */
struct setting_day {
    i64 (*due)(struct rq *rq, const void *of);
    const void *of;
};

/* What it is when it begins to count on the day of the change: by the present values (out->due_on)
 * and by the changed ones (out->would_be_on). */
void settings_preview_day(struct rq *rq, const struct settings_preview *preview,
                          const struct setting_day *day, struct setting_touch *out);

/* Adds a row, in its place of `keeps` where would_be_on is 0; counts it where there is no room. */
void settings_touch(const struct settings_preview *preview, const struct setting_touch *touch);

/* The same as two arrays of JSON, "keeps" and "follows". */
struct json;
void settings_touched_json(struct json *j, const struct settings_touched *touched);

/* A dictionary: a list of codes with labels that the site edits. values: shipped default rows. Its
 * own label is text "dictionaries.NAME". */
struct dictionary_value {
    const char *code;  /* stable */
    const char *label; /* text key of the shipped label */
};
struct dictionary {
    const char *name; /* "proposals.reject_reasons" */
    const struct dictionary_value *values;
    const char *source;
};

struct dictionary_row {
    i64 id, position, from_on, to_on;
    str code, label, note;
};

/* Rows in force today, in order. Shipped rows where the organisation has none of its own. Texts
 * live as long as rq. */
err dictionary_list(struct rq *rq, const char *name, struct rows *out);

/* All rows, also those not in force, for the page that edits them. */
err dictionary_list_all(struct rq *rq, const char *name, struct rows *out);

/* Label of a code (also of one no longer in force); the code itself when unknown. */
str dictionary_label(struct rq *rq, const char *name, str code);

/* What it was called on a day: an old case keeps the word of its time. */
str dictionary_label_on(struct rq *rq, const char *name, str code, i64 day);

/* Whether the code may be chosen today. */
bool dictionary_has(struct rq *rq, const char *name, str code);

/* The declaration, or NULL. */
const struct dictionary *dictionary_find(const struct app *app, const char *name);

/* Adds or changes a row (same code = new label, position, dates); position 0 = behind the last. The
 * first change copies the shipped rows, so that they stay. Audited by the caller. Errors: NOT_FOUND
 * dictionaries.unknown; INVALID dictionaries.code (a-z, 0-9, _ and ., at most 40),
 * dictionaries.label (empty or over 60 characters), dictionaries.dates. */
err dictionary_store(struct rq *rq, const char *name, const struct dictionary_row *row);

/* Calls a code by another label and note from a day on; before it, and in what was done before it,
 * the old words stand. Audited by the caller. Errors: as dictionary_store; INVALID
 * dictionaries.code too where there is no such code. */
err dictionary_rename(struct rq *rq, const char *name, const struct dictionary_row *row,
                      i64 from_on);

/* Declarations are read once from the modules: the same name twice, a default outside its limits,
 * an unknown choice. Writes the faults in English, a line each; true if there is none. For the
 * self-test. */
bool settings_check(const struct module *const *modules, struct buf *faults);

/* Pages /settings and /dictionaries with their permission. */
extern const struct module settings_module;
#endif
