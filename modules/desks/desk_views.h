/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the views of this module show. Filled by desk_pages.c; all texts unescaped. */
#ifndef HT_DESKS_DESK_VIEWS_H
#define HT_DESKS_DESK_VIEWS_H
#include "modules/assignments/assignment_desk.h"
#include "modules/assignments/assignment_list.h"
#include "modules/evaluations/evaluation.h"
#include "platform/web/view_parts.h"

/* A part of the inbox: what is of one urgency, and where all of it is listed. */
struct desk_inbox_group {
    str name; /* of the section in the page: "late" */
    str label, url, hint;
    i64 total;
    const struct assignment_row *rows;
    str *stages; /* as many as rows: of a drafted one whom it waits for */
    size_t count;
};

struct desk_inbox_view {
    str agency;
    const struct desk_inbox_group *groups;
    size_t count;
    i64 total;
    bool may_export;
};

struct desk_waiting {
    struct rows bounces, extensions; /* struct waiting */
    str *better;                     /* names of the suggested agencies, as many as bounces */
};

struct desk_feedback {
    str agency;
    struct evaluation_sums sums;
};
#endif
