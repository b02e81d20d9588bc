/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What modules above ask and set once a proposal is answered: who signs it, what was found
 * afterwards. Promises and looking back themselves: modules/outcomes. */
#include "modules/proposals/proposal.h"
#include "modules/proposals/proposal_store.h"

err proposal_persons(struct rq *rq, i64 id, ids *out)
{
    struct rows rows;
    TRY(proposal_store_list_proposers(rq->db, id, rq->mem, &rows));
    const struct proposer *all = rows.items;
    *out = (ids){ arena_array(rq->mem, rows.count + 1, sizeof(i64)), 0 };
    for (size_t i = 0; i < rows.count; i++)
        if (all[i].person_id > 0)
            out->items[out->count++] = all[i].person_id;
    return OK;
}

err proposal_is_signer(struct rq *rq, i64 id, bool *out)
{
    return proposal_store_is_signer(rq->db, id, rq->actor->person_id, out);
}

err proposal_set_tracking(struct rq *rq, i64 id, str tracking)
{
    struct proposal p;
    TRY(proposal_find_house(rq, id, &p));
    return proposal_store_set_tracking(rq->db, id, p.version, tracking);
}

err proposal_tracking_counts(struct rq *rq, i64 session_id, struct rows *out)
{
    return proposal_store_list_tracking(rq->db, session_id, rq->mem, out);
}
