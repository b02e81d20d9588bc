/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the views of this part show. */
#ifndef HT_SETTINGS_SETTINGS_PAGES_H
#define HT_SETTINGS_SETTINGS_PAGES_H
#include "platform/settings/settings.h"
#include "platform/web/view_parts.h"

/* A line of the list: value in words with its unit; coming: the next change, if one is stored. */
struct setting_line {
    const struct setting *setting;
    str label, help, value, coming, url;
    i64 coming_on;
    bool changed; /* differs from the default */
};
struct setting_group {
    str label;
    const struct setting_line *lines;
    size_t count;
};
struct settings_page {
    str q;
    const struct setting_group *groups;
    size_t count;
    str home;      /* address of this page */
    bool security; /* the settings that keep the house safe, not those of the work */
    struct view_link crumbs[2];
};

/* A stored value in words, with who stored it. */
struct setting_past {
    i64 from_on, changed_at;
    str value, name;
};
struct setting_page {
    struct setting_line line;
    str name, fallback, source, stored, range; /* range: limits in words */
    str home, action;                          /* addresses of the list and of the form */
    bool previewed;                            /* first shows what it would touch */
    i64 from_on;
    const struct view_choice *choices;
    size_t choice_count;
    const struct setting_past *past;
    size_t past_count;
    struct view_link crumbs[3];
};

/* What one change would touch. */
struct setting_preview_page {
    str label, before, after, edit; /* words; edit: back to the form */
    str name, value, day;           /* what would be stored */
    i64 from_on;
    const struct settings_touched *touched;
    struct view_link crumbs[4];
};

struct dictionary_line {
    str label, name, url;
    i64 rows;
    bool own; /* the site has rows of its own */
};
struct dictionaries_page {
    const struct dictionary_line *lines;
    size_t count;
    struct view_link crumbs[2];
};

struct dictionary_page {
    str name, label, source;
    const struct dictionary_row *rows;
    size_t count;
    struct dictionary_row row; /* being edited; code empty = a new one */
    i64 today;
    struct view_link crumbs[3];
};
#endif
