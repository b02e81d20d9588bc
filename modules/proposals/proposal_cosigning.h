/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the module that asks others to sign (cosigners) needs of a proposal before it is handed in.
 * Who is asked, until when and what he answers is that module's business; the steps invite, recall
 * and gather are rows of PROPOSALS_FLOW. */
#ifndef HT_PROPOSALS_PROPOSAL_COSIGNING_H
#define HT_PROPOSALS_PROPOSAL_COSIGNING_H
#include "modules/proposals/proposal.h"

/* Who signs it beside the lead. */
struct proposal_signer {
    i64 person_id, body_id, asked_at, answered_at;
    str name, contact;
};

/* How many invitations are prepared (draft) or not answered yet (cosigning), which steps look at;
 * and the day by which they can be answered, 0 = none. Errors: CONFLICT db.version when another
 * step came in between. */
err proposal_set_invited(struct rq *rq, const struct proposal *p, i64 invited, i64 due_on);

/* Who signs beside the lead, in this order from rank 2 on, in place of those there were; a member's
 * own becomes a joint one. How many may sign (proposals.signers_max) is judged before they are
 * asked, not here. Errors: CONFLICT db.version. */
err proposal_set_signers(struct rq *rq, const struct proposal *p,
                         const struct proposal_signer *signers, size_t count);

/* Whether it could be handed in as it stands, without asking who acts; notes no faults. */
err proposal_is_ready(struct rq *rq, const struct proposal *p, bool *out);

/* Its text for who may read it by another module's rule: as part of a page (of out, or of json),
 * and its digest as the row will have it when it is submitted. Errors: those of the database. */
err proposal_text_section(struct rq *rq, const struct proposal *p, struct out *out,
                          struct json *json);
err proposal_text_digest(struct rq *rq, const struct proposal *p, str *out);
#endif
