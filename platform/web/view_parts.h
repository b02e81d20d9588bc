/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the shared parts take: fields, choices, pager, facts, timeline … The parts themselves are
 * views in platform/web/views (declared in "views/web.h"), their markup is shown in ui/guide.
 * Texts are unescaped; an empty str is left out. Redrawing after a fault needs nothing from the
 * caller: parts ask the page (view_value, view_fault_of). */
#ifndef HT_WEB_VIEW_PARTS_H
#define HT_WEB_VIEW_PARTS_H
#include "platform/web/view.h"

/* One of the choices of a select, a radio group or a group of checkboxes. hint: a line under it; in
 * view_field_groups the name under which it and its neighbours of the same name are folded. */
struct view_choice {
    str value, label, hint;
    bool chosen;
};

/* A field of a form. name is also its id. Each view_field_… uses what it needs. */
struct view_field {
    str name, label, hint;
    str value; /* stored value; a day as 2026-11-25 or by `day` */
    /* of view_field_text: "email", "tel", "password" (never shown again), "search" …; empty =
     * "text" */
    str type;
    str width;        /* "w4", "w8", "w16", "w24": room for so many characters; empty = all */
    str autocomplete; /* as in HTML */
    str look;         /* of a group: "h" side by side, "plain" without frames, or empty */
    str inputmode;    /* as in HTML, e.g. "numeric" */
    str list;         /* of a text: id of the datalist that suggests; empty = none */
    str accept;       /* of files: ".pdf,.jpg" */
    bool optional;    /* the label says so */
    bool multiple;    /* several files; several options of a select */
    bool checked;     /* of view_field_check */
    i64 day;          /* of view_field_date: day number, 0 or -1 = none; used when value is empty */
    i64 max_chars;    /* 0 = none; shown, counted by app.js, judged by the server */
    i64 max_mb, max_files; /* of view_field_file; 0 = none */
    i64 rows;              /* of view_field_area; 0 = 6 */
    const struct view_choice *choices;
    size_t count;
};

/* Links to the pages before and after; either may be empty. total -1 = unknown; capped: "more
 * than total". unit: the word for what is counted; empty = that for things. */
struct view_pager {
    i64 shown, total;
    bool capped;
    str unit, previous, next;
};

/* What stands where a list is empty: why, and what to do next. */
struct view_nothing {
    str icon, title, hint;
    struct view_link next;
};

/* One fact of a case, or one line of check-your-answers: change is the address where it can be
 * changed. */
struct view_fact {
    str label, value, note;
    str url; /* the value links there */
    str change;
};
struct view_facts {
    const struct view_fact *items;
    size_t count;
};

/* A step of a case. look: "" done, "now", "next" (still to come), "back", "stop". when: worded
 * time if at is 0. */
struct view_step {
    i64 at;
    str when, what, who, words, look;
};
struct view_steps {
    const struct view_step *items;
    size_t count;
};

/* Head of a table. url: link that sorts by the column; sort: "ascending", "descending" or empty;
 * number: right-aligned. */
struct view_column {
    str label, url, sort;
    bool number;
};
struct view_table {
    str caption; /* for readers; not shown */
    const struct view_column *columns;
    size_t count;
};

/* A button that posts. look: "pri", "bad", "txt" or empty. version: sent along when > 0. */
struct view_button {
    str url, label, icon, look;
    i64 version;
};

/* Tabs above a list: count -1 = not shown. */
struct view_tab {
    str label, url;
    i64 count;
    bool active;
};
struct view_tabs {
    str name; /* for readers */
    const struct view_tab *items;
    size_t count;
};

/* An error page: what happened, why, what to do. The request number is the page's. next: where
 * to go on. */
struct view_failure {
    i64 status;
    str title, why, todo;
    struct view_link next;
};

/* Whether a field has a fault; whether a choice of a field is chosen, as typed or as stored. */
bool view_is_faulty(const struct out *out, str field);
bool view_is_chosen(const struct out *out, const struct view_field *f, const struct view_choice *c);

/* Where the group that begins at a choice ends; how many of it are chosen. */
size_t view_group_end(const struct view_field *f, size_t from);
i64 view_group_chosen(const struct out *out, const struct view_field *f, size_t from);
#endif
