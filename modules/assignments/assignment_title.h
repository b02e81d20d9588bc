/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What a matter is called in its assignments, where that changes after they were handed out. */
#ifndef HT_ASSIGNMENTS_ASSIGNMENT_TITLE_H
#define HT_ASSIGNMENTS_ASSIGNMENT_TITLE_H
#include "platform/web/web.h"

/* Event assignments.retitled (id = the matter). */
struct matter_retitled {
    str collection, title;
};

/* The matter is called something else now, or nothing any more (its text went by a rule of
 * retention): so are its assignments and what they are asked; emits assignments.retitled. Not a
 * step of the flow. Errors: those of the database. */
err assignment_retitle(struct rq *rq, const char *collection, i64 matter_id, str title);
#endif
