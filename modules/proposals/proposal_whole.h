/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A proposal with all that belongs to its text, for modules that bring whole ones in from
 * elsewhere. They judge what comes; here it is stored as if it had been handed in, and told to
 * nobody. */
#ifndef HT_PROPOSALS_PROPOSAL_WHOLE_H
#define HT_PROPOSALS_PROPOSAL_WHOLE_H
#include "modules/proposals/proposal.h"

/* signers: struct proposer, in order of their ranks, which are theirs already. */
struct proposal_whole {
    struct proposal row;
    strs suggestions;
    struct rows signers;
};

/* By what its source called it; nothing is asked about who may see it. Errors: NOT_FOUND
 * proposals.not_found. */
err proposal_find_whole(struct rq *rq, str source, str source_id, struct proposal_whole *out);

/* Adds it as submitted on row.submitted_at: session, timing, serial, receipt, digest, a version
 * "import", the search index; row.id is set. No clock runs, nobody has a to-do. Errors: those of
 * the session's day and of the database. */
err proposal_add_whole(struct rq *rq, struct proposal_whole *whole);

/* Its text and signers anew, by row.id and row.version, which it raises; what steps have written
 * stays. Errors: CONFLICT db.version. */
err proposal_update_whole(struct rq *rq, struct proposal_whole *whole);
#endif
