/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the views of this module show; all texts unescaped. */
#ifndef HT_EVALUATIONS_EVALUATION_VIEWS_H
#define HT_EVALUATIONS_EVALUATION_VIEWS_H
#include "modules/assignments/assignment_sheet.h"
#include "modules/evaluations/evaluation_store.h"

struct evaluation_form {
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

/* Verdicts below a part: struct evaluation rows that the actor may see. */
struct evaluations_shown {
    const struct assignment_sheet *sheet;
    struct rows rows;
};

/* Look of a satisfaction. */
const char *evaluation_tone(str satisfaction);
#endif
