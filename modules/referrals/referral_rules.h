/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A proposal that was not docketed, passed to a body for reference. Words and rules: README.md. */
#ifndef HT_REFERRALS_REFERRAL_RULES_H
#define HT_REFERRALS_REFERRAL_RULES_H
#include "modules/proposals/proposal.h"
#include "platform/list/list.h"

struct referral {
    i64 id, proposal_id, agency_id, referred_at, referred_by, read_at, noted_at, noted_by, version;
    str title, number, agency_name, remark, note;
};

struct refer_input {
    i64 id, agency_id;
    str remark;
};

struct note_input {
    i64 id, version;
    str note;
};

extern const struct list REFERRAL_LIST;
extern const struct list_look REFERRAL_LOOK;

/* ---- referral.c ---- */

/* Whether a proposal can be passed on: not docketed, and not confidential. */
bool referral_may_begin(const struct proposal *p);

/* Passes it on and tells the body. Errors: NOT_FOUND proposals.not_found; CONFLICT
 * referrals.not_refused, .confidential, .already; INVALID with faults. */
err referral_add(struct rq *rq, i64 proposal_id, const struct refer_input *in, i64 *id);

/* The body has read it; again changes nothing. Errors: NOT_FOUND referrals.not_found; FORBIDDEN
 * referrals.not_yours. */
err referral_read(struct rq *rq, i64 id);

/* What the body made of it, again and again; every signer is told. Errors: NOT_FOUND
 * referrals.not_found; FORBIDDEN referrals.not_yours; CONFLICT db.version. */
err referral_note(struct rq *rq, i64 id, const struct note_input *in);

/* Its proposal, for who may see the referral: without contacts. Errors: NOT_FOUND. */
err referral_text(struct rq *rq, const struct referral *r, struct proposal *p, strs *suggestions);

/* Those of a proposal in order; struct referral rows. Errors: those of the database. */
err referral_list_of(struct rq *rq, i64 proposal_id, struct rows *out);

/* ---- referral_pages.c ---- */

/* Listener of proposals.shown: where it went and what was made of it, for who signs and the office.
 */
err on_referral_case(struct rq *rq, i64 id, const void *fact);
#endif
