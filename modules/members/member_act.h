/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Dated acts on seats, for modules that decide about members. What follows from an act stands in
 * member_acts.c; how one is asked for, voted on and ratified is those modules' own. */
#ifndef HT_MEMBERS_MEMBER_ACT_H
#define HT_MEMBERS_MEMBER_ACT_H
#include "modules/members/member.h"

/* What is decided about a member. verb: one of MEMBER_ACT_KINDS. term_number, sector, invited: of
 * acts that join; sector of resector too. by_chairs: of a revocation that the standing committee
 * has yet to ratify. */
struct member_act {
    str verb, organ, document, reason, sector;
    i64 on_on, term_number;
    bool invited, by_chairs;
};

/* Records a dated act on the latest seat: joining makes a seat, leaving ends it and all offices in
 * the cppcc, its committees and sectors the day before (rules.md 8: posts end with the seat). Emits
 * members.appointed, .left, .suspended, .resumed or .ratified, audited. Errors: NOT_FOUND
 * members.not_found; CONFLICT members.act_state, members.not_revoked; INVALID form.faults
 * (members.need_organ, need_reason, future, before_seat; of resector those of the sector too). */
err member_record_act(struct rq *rq, i64 id, const struct member_act *act);

/* A seat in the next term for who has one in this, or had one until it ended: act appoint, on the
 * new term's first day. The seat that he has stays until it expires. Audited. Errors: NOT_FOUND
 * members.not_found; CONFLICT members.act_state (suspended); INVALID form.faults. */
err member_renew(struct rq *rq, i64 id, const struct member_act *act);

/* Ends all seats of terms that are over, now instead of within the hour; see members.expire.
 * Audited. Errors: those of the database. */
err member_expire(struct rq *rq);

/* Undoes a revocation that was not ratified: the seat is what it was, offices that ended with it
 * are held again, the role of a member is back. act: on_on, organ, document, reason. Audited.
 * Errors: NOT_FOUND members.not_found; CONFLICT members.not_revoked; INVALID form.faults. */
err member_reinstate(struct rq *rq, i64 id, const struct member_act *act);
#endif
