/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Two people change one thing: whoever comes second is told what differs, and nothing he typed is
 * lost. Every handler that saves a versioned thing from a form calls conflict_check; all else (the
 * API's 409 with both values, the page drawn again with the difference) follows by itself. The page
 * side: view_errors of views/fields.html. */
#ifndef HT_WEB_CONFLICT_H
#define HT_WEB_CONFLICT_H
#include "platform/web/web.h"

/* Whether the version that was seen is the one that stands now. What a handler does:
 *
 *     const struct x_input *in = rq->input;
 *     struct x_input stored = *in;     // what is not compared stays as typed
 *     stored.title = x.title; …        // what stands now, as the edit page shows it
 *     TRY(conflict_check(rq, "web.version", in->version, x.version, &stored));
 *
 * and its route has a .redraw: the page of the form, which calls view_errors and sends
 * conflict_version along. name: stable name of the answer, "web.version" unless a module has words
 * of its own. stored: struct of the route's form, whose texts are in rq->mem.
 * The API answers 409 with "version", and "fields" and "typed": what stands now and what was sent,
 * by name, of the fields that differ. A page is drawn again as typed, the difference on top; saved
 * again it overwrites knowingly. Not compared: id, version, passwords, files.
 * Errors: INVALID form.faults with web.version_missing at `version`; CONFLICT name. */
err conflict_check(struct rq *rq, const char *name, i64 seen, i64 present, const void *stored);

/* The same where the handler has found out by itself: notes what differs and gives the error. */
err conflict_found(struct rq *rq, const char *name, i64 present, const void *stored);

/* The version that a form sends along: of what is shown; after any refusal that shows no difference
 * (a mistake, a busy house, a full disk) the one that was seen, so that sending again does not
 * overwrite what came in between. */
i64 conflict_version(const struct rq *rq, i64 present);

/* For the routes of the house's own script that answer JSON outside /api/v1 (autosave): a conflict
 * that was noted is answered like the API's, and OK given; any other error comes back. Nothing may
 * have been written before. */
err conflict_answer(struct rq *rq, struct res *res, err e);

/* ---- platform only ---- */

/* What was noted: of rq->web. stored NULL = no conflict. */
struct conflict {
    i64 version;
    const void *stored;
};

struct json;
struct view_page;

/* The members "version", "fields", "typed" of the answer; none without a conflict. */
void conflict_json(struct rq *rq, struct json *j);

/* What differs, worded, for the page that is drawn again. */
void conflict_show(struct rq *rq, struct view_page *page);
#endif
