/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What sessions need of terms: a term begins with its first session and ends before the next term.
 * For session.c; correcting terms is in session.h. */
#ifndef HT_ORGS_TERM_H
#define HT_ORGS_TERM_H
#include "modules/orgs/session.h"

/* Sets the term of a session that is being added: its term_id. The term is made when it is not
 * there (until the day before the next one; the ones before end the day before it); `first`: the
 * session is the first of its term by number, which then begins no later than it. Every term that
 * changes along is audited. Errors: INVALID with faults at opened_on (terms overlap, the session
 * lies outside of its term). */
err term_take(struct rq *rq, struct session *session, bool first);

/* Sets the term of a corrected session to one that is there. Errors: INVALID with a fault at
 * term_number. */
err term_check_there(struct rq *rq, struct session *session);

/* After a session has been written over: a term that began with its opening begins with the new
 * one, and the term before ends the day before; the session lies in its term. Audited. Errors:
 * INVALID with faults at opened_on. */
err term_follow(struct rq *rq, const struct session *old, const struct session *session);
#endif
