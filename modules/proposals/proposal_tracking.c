/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What modules above ask and set once a proposal is answered: what was found afterwards. Promises
 * and looking back themselves: modules/outcomes. */
#include "modules/proposals/proposal.h"
#include "modules/proposals/proposal_store.h"
#include "platform/module.h"

err proposal_set_tracking(struct rq *rq, i64 id, str tracking)
{
    struct proposal p;
    TRY(proposal_find_house(rq, id, &p));
    TRY(proposal_store_set_tracking(rq->db, id, p.version, tracking));
    return event_emit(rq, "proposals.retold", id, NULL);
}
