/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Endorsements (附议): a member supports another's proposal after it is on the list, and may take
 * that back. It gives no right to evaluate. Signing before: cosigner.h. */
#ifndef HT_COSIGNERS_ENDORSEMENT_H
#define HT_COSIGNERS_ENDORSEMENT_H
#include "modules/proposals/proposal.h"

/* withdrawn_at: 0 = it stands. */
struct endorsement {
    i64 id, proposal_id, person_id, endorsed_at, withdrawn_at, version;
    str name;
};

/* Whether rq's actor could support it now. */
err endorsement_may(struct rq *rq, const struct proposal *p, bool *out);

/* Supports it, takes that back; doing it again changes nothing. Errors: NOT_FOUND
 * proposals.not_found; FORBIDDEN cosigners.not_serving, cosigners.own_proposal; CONFLICT
 * cosigners.endorse_off, cosigners.endorse_state. */
err endorsement_add(struct rq *rq, i64 proposal_id);
err endorsement_withdraw(struct rq *rq, i64 proposal_id);

/* Ends the one of a person who has another part in it now; that there is none is no fault. */
err endorsement_end(struct rq *rq, const struct proposal *p, i64 person_id);

/* That part was put down wrongly: what ended with it, at that moment, stands again. */
err endorsement_restore(struct rq *rq, const struct proposal *p, i64 person_id, i64 ended_at);

/* Standing ones, oldest first: struct endorsement rows; whether one of them is the actor's. */
err endorsement_list(struct rq *rq, i64 proposal_id, struct rows *out, bool *own);

/* The two buttons; lead back to the proposal. Errors as above. */
err page_endorsement_add(struct rq *rq, struct res *res);
err page_endorsement_withdraw(struct rq *rq, struct res *res);
#endif
