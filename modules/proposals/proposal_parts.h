/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What several pages of this module show alike: numbers of a list's rows. Pages and API only; names
 * and numbers of one are in proposal.h, agencies to choose from in proposal_drafting.h. */
#ifndef HT_PROPOSALS_PROPOSAL_PARTS_H
#define HT_PROPOSALS_PROPOSAL_PARTS_H
#include "modules/proposals/proposal_rules.h"
#include "modules/proposals/proposal_views.h"
#include "platform/text/text.h"

/* Number, case number or serial, of rows that share few sessions: one look-up a session. */
struct proposal_numbers {
    struct rows sessions; /* struct session */
};
err proposal_numbers_load(struct rq *rq, struct proposal_numbers *out);
str proposal_number_of(struct rq *rq, const struct proposal_numbers *numbers, i64 session_id,
                       i64 serial, i64 docket_no);
#endif
