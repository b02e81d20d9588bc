/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Correcting, renaming and ending sectors and committees: for this module's pages and API. What
 * other modules need of them is in org.h. */
#ifndef HT_ORGS_BODY_H
#define HT_ORGS_BODY_H
#include "modules/orgs/org.h"

/* One by id. Errors: NOT_FOUND orgs.no_body. */
err body_find(struct rq *rq, enum body_kind kind, i64 id, struct body *out);

/* Those that are no more in force on rq's day, or not yet; struct body rows. */
err body_list_gone(struct rq *rq, enum body_kind kind, struct rows *out);

/* Former names, newest first: struct former_name rows. */
err body_list_names(struct rq *rq, enum body_kind kind, i64 id, struct rows *out);

/* Writes one over by id and version. A new name corrects a mistake (renamed_on <= 0), or holds from
 * renamed_on, today at the latest: then the old one is kept for the days before. Audited with
 * before and after. Errors: NOT_FOUND orgs.no_body; INVALID with faults; CONFLICT orgs.body_taken
 * (another of the name has days in common), db.version. */
err body_change(struct rq *rq, enum body_kind kind, const struct body *body, i64 renamed_on);

/* Judges the day from which a new name holds: after the first day and after the first day of the
 * present name, at most today, and only with a new name. names: the former ones, newest first
 * (struct former_name rows). Notes faults at renamed_on. */
struct renaming {
    str before, after;
    i64 from_on, renamed_on;
    const struct rows *names;
};
void body_check_renaming(struct rq *rq, const struct renaming *renaming);
#endif
