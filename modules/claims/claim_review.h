/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Many claims at once, within this module: what waits with what it would give, and approving. */
#ifndef HT_CLAIMS_CLAIM_REVIEW_H
#define HT_CLAIMS_CLAIM_REVIEW_H
#include "modules/claims/claim.h"

/* Most at once: more would keep everybody else's writing waiting. A unit in thousandths. */
enum { CLAIM_AT_ONCE = 40, DUTY_UNIT = 1000 };

/* A claim. gain: what it would give its member, after those of his that are chosen before it. same:
 * whose the like is already, which is a doubt. changed: since the reader saw it. Once approved:
 * failure, and it in words. */
struct claim_review {
    struct claim c;
    struct rows evidence; /* struct attachment */
    str same, words;
    struct scores_gain gain;
    i64 year;
    err failure;
    bool chosen, changed;
};

/* claims: "id:version" as the reader saw them. seen: he has looked at their evidence. */
struct claim_choice_input {
    strs claims;
};
struct claim_review_input {
    strs claims;
    bool seen;
};
extern const struct form CLAIM_REVIEW_FORM;

/* Those that wait, by their day, at most CLAIM_AT_ONCE of *total; or of those that were chosen what
 * still waits: struct claim_review rows. Errors: INVALID claims.choice; those of the database. */
err claim_review_load(struct rq *rq, const strs *choices, struct rows *out, i64 *total);

/* Approves each by itself, as its own page would, with its trail, its audit and its member's
 * notice; one that fails or is in doubt leaves nothing and stops no other: struct claim_review rows
 * in the order of the choice. Errors: INVALID form.faults with claims.not_seen, claims.choice;
 * those of the database, with which nothing was done. */
err claim_review_approve(struct rq *rq, const struct claim_review_input *in, struct rows *out);

/* Views. points: whether this reader is shown what it gives. */
struct claim_review_view {
    const struct claim_review *items;
    size_t count;
    i64 total, done;
    str sum;
    bool points, confirms, has_evidence;
    struct arena *mem;
};

/* The list, the page that asks once more, what became of it; the same as JSON. */
err page_claim_review(struct rq *rq, struct res *res);
err page_claim_review_again(struct rq *rq, struct res *res);
err page_claim_review_approve(struct rq *rq, struct res *res);
#endif
