/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the views of steps show: views/steps.html, views/reply.html. Filled by desk_step_pages.c and
 * desk_reply_pages.c; all texts unescaped. */
#ifndef HT_DESKS_DESK_STEP_VIEWS_H
#define HT_DESKS_DESK_STEP_VIEWS_H
#include "modules/assignments/assignment_sheet.h"
#include "platform/web/view_parts.h"

enum { DESK_RESULTS = 4, DESK_EVIDENCE = 5 };

/* A step with a body to choose. */
struct agency_form {
    const struct view_link *crumbs;
    const struct assignment *a;
    const struct view_choice *agencies;
    size_t agency_count;
    i64 last_on;                  /* of a bounce, of contesting its refusal */
    i64 due_on;                   /* what the setting would give */
    const struct request *bounce; /* of a reassignment: what was asked, NULL if nothing */
    str better;                   /* name of the agency that was suggested */
};

/* last_on: until when; not behind due_on = no more time can be had. consent: "none", "told",
 * "consented", by the setting. */
struct extend_form {
    const struct view_link *crumbs;
    const struct assignment *a;
    i64 due_on, last_on;
    str consent;
};

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
    struct rows errands; /* struct errand: parts that are not in yet */
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

struct decide_form {
    const struct view_link *crumbs;
    const struct assignment *a;
    struct request extension;
};

/* Codes of results in order, for choices. */
extern const char *const DESK_RESULT_CODES[DESK_RESULTS];
extern const char *const DESK_EVIDENCE_CODES[DESK_EVIDENCE];

/* A line of several side by side; empty where there is none. */
str desk_line_at(const strs *lines, i64 at);
#endif
