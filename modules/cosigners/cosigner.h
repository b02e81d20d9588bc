/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Cosigners: who is asked to sign a proposal before it is handed in (会签). Rows, rules, the flow's
 * functions and handlers, for the table in cosigner_module.c; support afterwards: endorsement.h. No
 * other module needs this one. */
#ifndef HT_COSIGNERS_COSIGNER_H
#define HT_COSIGNERS_COSIGNER_H
#include "modules/proposals/proposal_cosigning.h"
#include "platform/list/list.h"

/* One who is chosen, asked, or has answered. What each column is: schema/0001_cosigners.sql. */
struct cosigner {
    i64 id, proposal_id, rank, person_id, asked_at, expires_at, waits_until, answered_at,
        transcribed_by, version;
    str name, contact, state, earlier, title, lead_name, digest, basis, opinion;
};

/* ---- what forms fill ---- */

struct cosigner_find_input {
    str q;         /* part of a name */
    i64 sector_id; /* 0 = all */
};
struct cosigner_add_input {
    ids members; /* numbers of members */
};
struct cosigner_remove_input {
    i64 cosigner_id;
};
struct cosigner_move_input {
    i64 cosigner_id, rank; /* rank: where he then stands, so that a second click changes nothing */
};
struct cosigner_decline_input {
    i64 id;
    str opinion;
};
struct cosigner_transcribe_input {
    i64 id;
    str answer, basis; /* answer: "cosign", "decline" */
};

/* What he is asked; given to the verb ask. */
struct cosigner_ask {
    i64 expires_at;
    str digest, title, lead_name;
};

/* ---- choosing (cosigner.c) ---- */

/* The proposal, for whoever speaks for it; for changes also: it is a draft. Errors: NOT_FOUND
 * proposals.not_found; FORBIDDEN cosigners.not_lead; CONFLICT cosigners.not_draft. */
err cosigner_find_case(struct rq *rq, i64 proposal_id, struct proposal *out);
err cosigner_find_draft(struct rq *rq, i64 proposal_id, struct proposal *out);

/* Adds members behind those there are; who is there already stays where he is. Errors: INVALID with
 * faults at `members`: cosigners.self, cosigners.no_member, cosigners.not_member,
 * cosigners.too_many; as cosigner_find_draft. */
err cosigner_add(struct rq *rq, i64 proposal_id, const ids *members);

/* Takes one out; puts one at a rank, the others move up or down. Errors: NOT_FOUND
 * cosigners.not_found; as cosigner_find_draft. */
err cosigner_remove(struct rq *rq, i64 proposal_id, i64 cosigner_id);
err cosigner_move(struct rq *rq, i64 proposal_id, i64 cosigner_id, i64 rank);

/* Those of a proposal in their order: struct cosigner rows. */
err cosigner_list_of(struct rq *rq, i64 proposal_id, struct rows *out);

/* Until when an invitation sent now can be answered, by the profile: hours during the plenary,
 * hours between. UTC milliseconds. Errors: NOT_FOUND orgs.no_session. */
err cosigner_expiry(struct rq *rq, i64 *expires_at);

/* How many hours that is; where no session covers today, those between. */
err cosigner_hours(struct rq *rq, i64 *hours);

/* Whether rq's actor may see who answered what: who speaks for it, and the office once it is handed
 * in; why somebody declined only the lead himself. */
err cosigner_sees_answers(struct rq *rq, const struct proposal *p, bool *answers, bool *reasons);

/* Whether the text is open to the one who is asked: while he may answer, and when he has agreed
 * until it is handed in. The proposal goes to *out. */
err cosigner_shows_text(struct rq *rq, const struct cosigner *c, struct proposal *out, bool *shows);

/* Look of a state's tag. */
const char *cosigner_tone(str state);

extern const struct flow COSIGNERS_FLOW;

/* The flow's own functions (flow.h); who may answer until when. */
err cosigner_flow_load(struct rq *rq, i64 id, struct flow_subject *out);
err cosigner_flow_store(struct rq *rq, const struct flow_subject *subject, str to);
err cosigner_flow_holder(struct rq *rq, const struct flow_subject *subject,
                         const struct flow_todo *todo, ids *out);
err cosigner_guard_answer(struct rq *rq, const struct flow_subject *subject);
err cosigner_guard_transcribe(struct rq *rq, const struct flow_subject *subject);
err cosigner_effect_ask(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err cosigner_effect_answer(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err cosigner_effect_transcribe(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err cosigner_effect_recall(struct rq *rq, struct flow_subject *subject, struct flow_step *step);

/* cosigner_round.c: a round begins, is called back, ends: with the last answer, or when it is
 * handed in. CONFLICT cosigners.nobody_serves, cosigners.too_many, cosigners.quorum_short,
 * cosigners.quorum refuse the proposal's step. */
err on_proposal_invited(struct rq *rq, i64 id, const void *fact);
err on_proposal_recalled(struct rq *rq, i64 id, const void *fact);
err on_proposal_submitted(struct rq *rq, i64 id, const void *fact);
err on_cosigner_answered(struct rq *rq, i64 id, const void *fact);

/* Ends rounds whose time is over; what cannot be handed in goes back to its draft. */
err job_cosigner_expire(struct rq *rq, bool *again);

extern const struct list COSIGNER_LIST; /* says who sees which invitation */

/* cosigner_pages.c: invitations of who is asked; the lead's names; also as JSON. Errors are those
 * of the rules above. */
err page_cosigner_list(struct rq *rq, struct res *res);
err page_cosigner_show(struct rq *rq, struct res *res);
err page_cosigner_prepare(struct rq *rq, struct res *res);
err page_cosigner_add(struct rq *rq, struct res *res);
err page_cosigner_remove(struct rq *rq, struct res *res);
err page_cosigner_move(struct rq *rq, struct res *res);

/* Puts names, answers and endorsements into a case's page and JSON. */
err on_proposal_shown(struct rq *rq, i64 id, const void *fact);
#endif
