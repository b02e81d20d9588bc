/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Business settings and dictionaries: rules are data (rules.md 13.1). A value belongs to an organisation and holds from
 * a day on; the declared default is used where none is stored. Process configuration is platform/config.h, not here. */
#ifndef HT_SETTINGS_SETTINGS_H
#define HT_SETTINGS_SETTINGS_H
#include "platform/web/web.h"

enum setting_type { SETTING_NUMBER, SETTING_BOOL, SETTING_TEXT, SETTING_CHOICE };

/* A setting. label and help are texts "settings.NAME" and "settings.NAME.help". unit: "working_days", "days", "months",
 * "characters", "minutes" … */
struct setting {
    const char *name; /* "proposals.bounce_days" */
    enum setting_type type;
    const char *unit;
    i64 min, max;
    const char *fallback; /* default, as text */
    const char *choices;  /* for SETTING_CHOICE */
    const char *source;   /* where the default comes from: law, regulation, local rule; or "product" */
};

/* The value today for rq's organisation. The name must be declared. Cached per organisation until changed. */
i64 setting_number(struct rq *rq, const char *name);
bool setting_on(struct rq *rq, const char *name);
str setting_text(struct rq *rq, const char *name);

/* Stores a value from a day on; audited by the caller. Errors: INVALID settings.out_of_range, settings.not_a_choice. */
err setting_store(struct rq *rq, const char *name, str value, i64 from_on);

/* A dictionary: a list of codes with labels that the site edits. values: shipped default rows. */
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

/* Rows in force today, in order. Shipped rows where the organisation has none of its own. */
err dictionary_list(struct rq *rq, const char *name, struct rows *out);

/* Label of a code (also of one no longer in force); the code itself when unknown. */
str dictionary_label(struct rq *rq, const char *name, str code);

/* Whether the code may be chosen today. */
bool dictionary_has(struct rq *rq, const char *name, str code);

/* Adds or changes a row (same code = new label, position, dates). Errors: INVALID. */
err dictionary_store(struct rq *rq, const char *name, const struct dictionary_row *row);
#endif
