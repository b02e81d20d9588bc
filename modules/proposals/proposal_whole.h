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
    /* Of one from earlier years only: what was found afterwards; the sector that led it then,
     * which is not told by the roll of today. */
    bool is_past;
    str tracking, sector;
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

/* One that ran its whole course elsewhere, in earlier years: added (row.id 0) or written over (by
 * row.id and row.version) in the session that row names, as archived, with outcome, days, class,
 * satisfaction and main_id as they were there. Its case number is taken for good. As
 * proposal_add_whole: no clock runs, nobody has a to-do. What is counted of it beside its own row
 * comes later: emit proposals.retold then. Errors: CONFLICT proposals.number_taken (another one of
 * the session has it), db.version; NOT_FOUND orgs.no_such_session, proposals.not_found (main_id).
 */
err proposal_put_past(struct rq *rq, struct proposal_whole *whole);

/* Numbers given from now on in its session come behind those that it has; and it can be found by
 * its words. For one that landed with its numbers. Errors: those of the database. */
err proposal_reach_numbers(struct rq *rq, i64 id);
#endif
