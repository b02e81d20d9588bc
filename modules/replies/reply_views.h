/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the views of answers show: views/write.html, views/way_out.html. Filled by reply_pages.c;
 * all texts unescaped. */
#ifndef HT_REPLIES_REPLY_VIEWS_H
#define HT_REPLIES_REPLY_VIEWS_H
#include "modules/assignments/assignment_sheet.h"
#include "platform/web/view_parts.h"

enum { REPLY_RESULTS = 4, REPLY_EVIDENCE = 5 };

/* Lines of promises as typed, else as stored, side by side, and empty ones behind them: `count` in
 * all. wanted: by class, worded; empty where no class wants one. */
struct promise_lines {
    strs texts, days, owners, phones, items, evidence;
    size_t count;
    str wanted;
    bool open;
};

struct reply_form {
    const struct view_link *crumbs;
    const struct assignment *a;
    const struct assignment_sheet *sheet;
    const struct reply *reply; /* as stored */
    strs results, answers;     /* as typed, else as stored */
    struct promise_lines promises;
    const struct view_choice *classes;
    size_t class_count;
    str redraft; /* why it was sent back; may be empty */
    i64 version; /* the one that the next save names */
    i64 contacts, contacts_min;
    html notes; /* what modules above say is to be minded */
};

/* An answer on its way out: to be checked, signed, released. examined: signing does not deliver.
 * classes: of a release. */
struct sign_form {
    const struct view_link *crumbs;
    const struct assignment *a;
    const struct assignment_sheet *sheet;
    const struct reply *reply;
    str signer;
    bool examined;
    const struct view_choice *classes;
    size_t class_count;
};

/* Codes of results in order, for choices. */
extern const char *const REPLY_RESULT_CODES[REPLY_RESULTS];
extern const char *const REPLY_EVIDENCE_CODES[REPLY_EVIDENCE];

/* A line of several side by side; empty where there is none. */
str reply_line_at(const strs *lines, i64 at);
#endif
