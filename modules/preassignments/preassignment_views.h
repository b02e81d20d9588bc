/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the views of this module show. Filled by the pages files; all texts unescaped. */
#ifndef HT_PREASSIGNMENTS_PREASSIGNMENT_VIEWS_H
#define HT_PREASSIGNMENTS_PREASSIGNMENT_VIEWS_H
#include "modules/preassignments/preassignment.h"
#include "platform/web/view_parts.h"

/* One line. others: the other agencies of the same proposal, where its reader may know them. */
struct preassignment_show {
    const struct preassignment *p;
    struct flow_allowed allowed;
    struct view_steps steps;
    struct rows others; /* struct preassignment */
    html text;          /* of the proposal; empty when it is not its business any more */
    i64 due_on;
    bool office, may_move, reads_text, reads_others;
};

/* Another agency instead. */
struct preassignment_move_page {
    const struct preassignment *p;
    const struct view_choice *agencies;
    size_t agency_count;
};

/* In a case's page. */
struct preassignment_part {
    const struct rows *rows; /* struct preassignment */
    i64 proposal_id;
};

/* How long there is until the meeting has to be held; last_on 0 = unknown. */
struct preassignment_meeting_clock {
    i64 last_on, days_left;
    bool held; /* one was held for the session */
};

struct preassignment_meeting_item {
    const struct preassignment_meeting *m;
    str session;
};

struct preassignment_meeting_list {
    const struct preassignment_meeting_item *items;
    size_t count;
    struct preassignment_meeting_clock clock;
    bool may;
};

/* What became of one that was to be handed out; why: worded, empty = done. */
struct handed_item {
    i64 proposal_id;
    str number, title, why;
};

/* A line that cannot be handed out as it is; late: the day that was set is behind us, else the body
 * is no agency any more. */
struct stuck_item {
    const struct preassignment *p;
    bool late;
};

struct preassignment_meeting_show {
    const struct preassignment_meeting *m;
    str session;
    struct preassignment_meeting_clock clock;
    struct rows agencies; /* struct preassignment_meeting_agency */
    struct rows disputed; /* struct preassignment: of all agencies */
    struct rows lines;    /* of the chosen agency */
    i64 agency_id;
    str agency_name;
    i64 unnamed; /* docketed ones that are put to nobody */
    str unnamed_url;
    ids ready; /* the next ones to be handed out */
    i64 ready_count;
    const struct handed_item *handed; /* after handing out */
    size_t handed_count, failed_count;
    const struct stuck_item *stuck;
    size_t stuck_count;
    bool office, may, cut; /* cut: of lines only the first are shown */
};

#endif
