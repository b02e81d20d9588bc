/* SPDX-License-Identifier: MulanPSL-2.0 */
/* In whose name a proposal is written (提案类型, rules.md 2.1): a member's own, or a collective one
 * of a party, association, sector, committee, members' group or township. A collective one has a
 * contact (联系人), a member who acts for the body on the whole road, or none: then the office
 * does. */
#ifndef HT_PROPOSALS_PROPOSAL_KINDS_H
#define HT_PROPOSALS_PROPOSAL_KINDS_H
#include "modules/members/member.h"
#include "modules/proposals/proposal.h"
#include "modules/proposals/proposal_drafting.h"

/* In whose name; kind "personal" with empty name and id 0 = the lead's own. key: as in forms. */
struct proposal_body {
    i64 body_id;
    str kind, name, key;
};

/* The bodies for which rq's actor may write: the office all of today's, a member those whose
 * contact, head or convener he is; struct proposal_body rows. */
err proposal_bodies(struct rq *rq, struct rows *out);

/* In whose name one is written, and its lead: the member who writes or for whom the office writes,
 * else the body's contact; lead id 0 = the office acts for the body. */
struct proposal_author {
    struct proposal_body body;
    struct member lead;
};

/* Who leads, by what lists and figures count him today: the member himself; of a body only its name
 * as sector or committee. Errors: those of the database. */
struct proposal_lead;
err proposal_find_lead(struct rq *rq, const struct proposal_author *author,
                       struct proposal_lead *out);

/* Whether the draft may still be handed in in its body's name: by who writes for the body today,
 * not by who did when he wrote it; what the office has written by the contact whom it named. */
err proposal_may_hand_in(struct rq *rq, const struct proposal *p, bool *out);

/* The line under a body's name: its contact with employer. */
str proposal_contact_line(struct rq *rq, const struct proposal_author *author);
#endif
