/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the views of this module show. Filled by the pages files; all texts unescaped. */
#ifndef HT_URGINGS_URGING_VIEWS_H
#define HT_URGINGS_URGING_VIEWS_H
#include "modules/urgings/urging_rules.h"
#include "platform/files/files.h"
#include "platform/web/view_parts.h"

enum { URGING_SOON_DAYS = 3 };

/* One slip. */
struct urging_show {
    const struct urging *u;
    struct flow_allowed allowed;
    struct view_steps steps;
    struct rows files; /* struct attachment */
    i64 days_late;     /* of what is urged, when it is overdue and not yet done */
    i64 assignment_id; /* what is urged, where the reader may open it; 0 = none */
    bool office, may_add, may_remind;
};

/* The form of issuing. */
struct urging_issue {
    const struct urging *u;
    const struct view_link *crumbs;
    i64 due_on;
};

/* The form of proposing by hand. */
struct urging_start {
    struct urged what;
    const struct view_link *crumbs;
    const struct view_choice *causes;
    size_t cause_count;
};

/* On the page of a case: what was sent, and what the reader can do. */
struct urged_case {
    i64 proposal_id;
    struct rows reminders, urgings;   /* struct reminder, struct urging */
    bool office, may_remind, pressed; /* pressed: a slip is issued and not yet passed */
    str look;
};

/* Below one agency, for the office. */
struct urged_section {
    const struct assignment *a;
    i64 days_late;
    str look;
    bool may_remind, may_propose, on_case;
};

/* All that is late. */
struct late_show {
    struct view_tabs tabs;
    const struct late_thing *items;
    size_t count;
    i64 each, total; /* at most so many of each list; how many there are in all */
    bool may_remind, may_propose, is_cut;
};

/* One circular, and the form of a new one. */
struct circular_show {
    const struct circular *c;
    struct rows lines; /* struct circular_line */
};
struct circular_form {
    const struct view_link *crumbs;
    const struct view_choice *urgings;
    size_t count;
    i64 total;
};

/* Looks of states; whether a slip can be proposed of what is late; words of one nudge. */
const char *urging_tone(str state);
bool urging_is_possible(const struct late_thing *one);
str reminder_words(struct arena *mem, const struct reminder *r);
#endif
