/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Who wrote a collective proposal (主笔人) and who took part in writing it (参与者): naming them
 * and taking them off. They read it (proposals) and have it in their ledger (entries); to act is
 * its body's. Rows: struct proposal_drafter. */
#ifndef HT_COSIGNERS_DRAFTER_H
#define HT_COSIGNERS_DRAFTER_H
#include "modules/proposals/proposal.h"

/* What forms fill. note: why, where the office corrects what was handed in. q, sector_id: what was
 * looked for, so that it is found again where something else is missing. */
struct drafter_add_input {
    ids members; /* numbers of members */
    i64 sector_id;
    str note, q;
};
struct drafter_change_input {
    i64 drafter_id, sector_id;
    str note, q;
};

/* A collective proposal with those named so far. corrects: it was handed in and its text is not
 * open to who acts, so that a reason is wanted. */
struct drafter_case {
    struct proposal p;
    struct rows rows;
    bool corrects;
};

/* Whether rq's actor may name them now: who may change the text; once it is handed in the office,
 * too. Of a member's own nobody. */
err drafter_may_name(struct rq *rq, const struct proposal *p, bool *out);

/* On which day whom he names must have served: when it was handed in; 0 = today, of a draft. */
i64 drafter_day(const struct proposal *p);

/* For its page. Errors: NOT_FOUND proposals.not_found; CONFLICT cosigners.not_collective; FORBIDDEN
 * cosigners.not_writer. */
err drafter_find_case(struct rq *rq, i64 proposal_id, struct drafter_case *out);

/* Names members behind those there are (who is there already stays); takes one off; makes one the
 * first. Who is named supports it no more: he has one part in it; taken off, he does again. What
 * was handed in has it in its history, and who is named or taken off is told; of a correction also
 * who acts for the body. Errors: as drafter_find_case; INVALID with faults: cosigners.note_needed,
 * .own_name, .own_list, .no_member, .not_served, .too_many_drafters; NOT_FOUND
 * cosigners.drafter_not_found. */
err drafter_add(struct rq *rq, i64 proposal_id, const struct drafter_add_input *in);
err drafter_remove(struct rq *rq, i64 proposal_id, const struct drafter_change_input *in);
err drafter_lead(struct rq *rq, i64 proposal_id, const struct drafter_change_input *in);

/* Tells those who are named, once it is handed in. */
err on_drafters_submitted(struct rq *rq, i64 id, const void *fact);

/* Page and buttons; what stands at the side of a proposal's page. */
err page_drafter_list(struct rq *rq, struct res *res);
err page_drafter_add(struct rq *rq, struct res *res);
err page_drafter_remove(struct rq *rq, struct res *res);
err page_drafter_lead(struct rq *rq, struct res *res);
err on_drafters_shown(struct rq *rq, i64 id, const void *fact);
#endif
