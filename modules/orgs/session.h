/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Correcting terms and sessions that have been entered: for this module's pages and API. What other
 * modules need of them is in org.h. */
#ifndef HT_ORGS_SESSION_H
#define HT_ORGS_SESSION_H
#include "modules/orgs/org.h"

/* Terms, newest first (struct term rows); one by id. Errors: NOT_FOUND orgs.no_term. */
err term_list(struct rq *rq, struct rows *out);
err term_find(struct rq *rq, i64 id, struct term *out);

/* Writes a session over: numbers and days, by id and version; until_on 0 = still open, for the
 * newest only. Days stand in order with those before and after. The term's first day and the last
 * day of the one before go along when they hung on this opening. Audited with before and after.
 * Emits orgs.session_corrected, whose listeners may refuse. Errors: NOT_FOUND orgs.no_such_session;
 * INVALID with faults at the fields; CONFLICT orgs.session_taken, db.version. */
err session_correct(struct rq *rq, const struct session *session);

/* Writes a term over: number and days. Its sessions stay within it, terms do not overlap. Audited;
 * emits orgs.session_corrected for each of its sessions when the number changes. Errors: NOT_FOUND
 * orgs.no_term; INVALID with faults; CONFLICT orgs.term_taken, db.version. */
err term_correct(struct rq *rq, const struct term *term);

/* What the audit log keeps of a session: name and days. */
str session_words(struct arena *mem, const struct session *session);

/* "六届": a term's number as people say it. */
str term_name(struct arena *mem, const struct term *term);
#endif
