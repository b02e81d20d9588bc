/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world_transfers.h. */
#include "tests/matrix/world_transfers.h"

#include "platform/base/str.h"
#include "tests/matrix/rules.h"
#include "tests/matrix/world_proposals.h"

static err sent_make(struct rq *rq, struct world *w, int set)
{
    i64 now = rq->now_ms, proposal_id = w->thing[set][CLOSED], transfer_id;
    str words = str_of(set == SET_FOREIGN ? "CANARY-WORDS" : "Words");
    TRY(db_insert(rq->db,
                  SQL("INSERT INTO transfers (org_id, direction, purpose, peer, peer_name, digest, "
                      "case_count, made_at, made_by, made_name) VALUES (:org, 'out', 'copy', '', "
                      ":words, '', 1, :now, 1, :words) RETURNING id",
                      P(words), P(now)),
                  &w->thing[set][TRANSFER_SENT]));
    transfer_id = w->thing[set][TRANSFER_SENT];
    return db_run(rq->db,
                  SQL("INSERT INTO transfer_cases (org_id, transfer_id, direction, purpose, "
                      "proposal_id, house, house_id, noted_at) VALUES (:org, :transfer_id, 'out', "
                      "'copy', :proposal_id, :words, :proposal_id, :now)",
                      P(transfer_id), P(proposal_id), P(words), P(now)),
                  NULL);
}

static void make(struct world *w)
{
    for (int set = 0; set < SETS; set++)
        world_make(w, set, sent_make);
}

/* What was sent is the office's; a case is sent by who sees it. */
static char own(const struct question *q)
{
    return q->thing == TRANSFER_SENT || rules_sees_proposal(q) ? 'o' : 'n';
}

static const struct thing THINGS_OWN[] = {
    { TRANSFER_SENT, "sent", NULL, false },
    { 0 },
};

const struct part PART_OF_TRANSFERS = { .name = "transfers",
                                        .specimens = SPECIMENS_TRANSFERS,
                                        .things = THINGS_OWN,
                                        .make = make,
                                        .own = own };
