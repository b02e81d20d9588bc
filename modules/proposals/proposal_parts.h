/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What several pages of this module show alike: agencies to choose from. Pages and API only;
 * names and numbers are in proposal.h, rules are in proposal_rules.h. */
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

/* Agencies (struct org rows) as choices of a field, chosen where a wish has that role; wishes by
 * the reviewer count alone where there are any. first: label of an empty choice before them, or
 * empty. */
struct agency_choices {
    const struct rows *agencies, *wishes;
    const char *role; /* NULL: none is chosen */
    str first;
};
const struct view_choice *proposal_agency_choices(struct rq *rq, const struct agency_choices *what);

/* The agencies by number, as choices of an input; struct view_choice rows. */
err proposal_agency_values(struct rq *rq, struct rows *out);
#endif
