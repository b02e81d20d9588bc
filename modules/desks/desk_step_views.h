/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the views of steps show: views/steps.html. Filled by desk_step_pages.c; all texts
 * unescaped. */
#ifndef HT_DESKS_DESK_STEP_VIEWS_H
#define HT_DESKS_DESK_STEP_VIEWS_H
#include "modules/assignments/assignment_sheet.h"
#include "platform/web/view_parts.h"

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

struct decide_form {
    const struct view_link *crumbs;
    const struct assignment *a;
    struct request extension;
};
#endif
