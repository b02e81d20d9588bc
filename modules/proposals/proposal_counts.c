/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Counts for modules above (proposal.h, proposal_counts). What a number's link shows:
 * proposal_list.c; rates and pages: modules/dashboards. */
#include "modules/proposals/proposal_counts_store.h"

err proposal_counts(struct rq *rq, i64 session_id, struct rows *out)
{
    return counts_store_by_category(rq->db, session_id, rq->mem, out);
}
