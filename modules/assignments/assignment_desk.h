/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What pages of those who work on assignments ask for: what waits for the dispatcher, looks. Parts
 * of an answer: modules/replies. Pages: modules/desks. Handing out and outcome: assignment.h. */
#ifndef HT_ASSIGNMENTS_ASSIGNMENT_DESK_H
#define HT_ASSIGNMENTS_ASSIGNMENT_DESK_H
#include "platform/web/web.h"

struct assignment;
struct out;

/* From when on a day is shown as near. */
enum { ASSIGNMENT_SOON_DAYS = 10 };

/* Kinds of requests. */
#define REQUEST_BOUNCE    "bounce"
#define REQUEST_EXTENSION "extension"

/* What waits for the dispatcher: an undecided bounce or extension with its assignment, oldest
 * first, at most 200. to_on: of an extension; better_agency_id: of a bounce. */
struct waiting {
    i64 id, assignment_id, asked_at, from_on, to_on, better_agency_id;
    str kind, advice, reason, matter_title, matter_number, agency_name, role;
};

/* The undecided ones of a kind, struct waiting rows. Errors: those of the database. */
err assignment_list_waiting(struct rq *rq, const char *kind, struct rows *out);

/* Name of a body, empty if there is none. */
str assignment_agency_name(struct rq *rq, i64 agency_id);

/* Draws the tag of a state; of what was withdrawn: that. */
void view_assignment_state(struct out *out, str state, bool cancelled);
#endif
