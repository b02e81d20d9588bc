/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the views of this module show. Filled by the pages files; all texts unescaped. */
#ifndef HT_ASSIGNMENTS_ASSIGNMENT_VIEWS_H
#define HT_ASSIGNMENTS_ASSIGNMENT_VIEWS_H
#include "modules/assignments/assignment_desk.h"
#include "modules/assignments/assignment_list.h"
#include "modules/assignments/assignment_sheet.h"

enum { ASSIGNMENT_RESULTS = 4, PROMISE_EVIDENCE = 5 };

/* One assignment. matter: drawn by the module whose matter it is. */
struct assignment_show {
    const struct view_link *crumbs;
    const struct assignment *a;
    const struct assignment_sheet *sheet;
    struct flow_allowed allowed;
    struct view_steps steps;
    struct rows clocks; /* struct flow_clock_row */
    html matter;
    const struct request *bounce; /* the open one, NULL if there is none */
    i64 bounce_last_on;  /* last day for a bounce; 0 = it is over, or not this actor's business */
    i64 dispute_last_on; /* the same to contest its refusal */
    i64 contacts_min;
    bool waits_vetting; /* of the own agency: handed in, to be checked by somebody else */
};

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

struct evaluate_form {
    const struct view_link *crumbs;
    const struct assignment *a;
    const struct assignment_sheet *sheet;
    const struct reply *reply;
    struct evaluation given;
    const struct view_field *questions;
    size_t question_count;
    i64 change_minutes;
    str action;
    const struct view_choice *whose; /* written down by the office: for whom; none = one's own */
    size_t whose_count;
};

/* Codes of results in order, for choices. */
extern const char *const REPLY_RESULTS[ASSIGNMENT_RESULTS];
extern const char *const PROMISE_EVIDENCE_KINDS[PROMISE_EVIDENCE];

/* A line of several side by side; empty where there is none. */
str line_at(const strs *lines, i64 at);

/* Look of a state, of a result, of a satisfaction. */
const char *assignment_tone(str state);
const char *assignment_result_tone(str result);
const char *evaluation_tone(str satisfaction);

/* The agency of an assignment on a sheet. */
str sheet_agency_of(const struct assignment_sheet *sheet, i64 assignment_id);

/* Whether a clock of it ended behind its day: the first talk counts by the day it was held. */
bool assignment_clock_late(const struct assignment *a, const struct flow_clock_row *clock);

/* Whether an answer or contribution of it is still to come. */
bool assignment_is_open(const struct assignment *a);
bool sheet_is_open(const struct assignment_sheet *sheet, i64 assignment_id);
#endif
