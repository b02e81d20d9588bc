/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What pages of those who work on assignments ask for: what waits for the dispatcher, parts of an
 * answer, looks. Pages: modules/desks. Handing out and outcome: assignment.h. */
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

/* An answer in the making as desks of its agency write parts of it: struct answer_part rows, one
 * for each numbered item of the matter; item, result and text are empty where there is nothing.
 * is_open: its agency may write now (never a cohost, which gives an opinion instead). version: 0 =
 * nothing is stored yet. Whether rq's actor may read it is the caller's business. */
struct answer_part {
    i64 number;
    str item, result, text;
};
struct answer_draft {
    i64 version;
    bool is_open;
    struct rows parts;
};
err assignment_answer_draft(struct rq *rq, const struct assignment *a, struct answer_draft *out);

/* Writes parts into it over what stands at those numbers; the rest stays. Errors: FORBIDDEN
 * assignments.not_yours; CONFLICT assignments.not_drafting, assignments.draft_version when it is
 * not that version any more; INVALID with faults. */
err assignment_put_answers(struct rq *rq, const struct assignment *a, i64 version,
                           const struct rows *parts);

/* How far the answer of the present round is on its way out; 0 = not, or the site does not want it
 * (vets, examines). Whether rq's actor may know is the caller's business. */
struct sign_off {
    i64 drafted_at, drafted_by, vetted_at, vetted_by, signed_at, delivered_at;
    bool vets, examines;
    str signer;
};
err assignment_sign_off(struct rq *rq, const struct assignment *a, struct sign_off *out);

/* Name of a body, empty if there is none. */
str assignment_agency_name(struct rq *rq, i64 agency_id);

/* Draws the tag of a state; of what was withdrawn: that. */
void view_assignment_state(struct out *out, str state, bool cancelled);
#endif
