/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Commissions (约稿) and the invitations of each: rows, inputs, rules, statements, handlers. No
 * other module needs this one, so there is a single header. Words: README.md. */
#ifndef HT_COMMISSIONS_COMMISSION_H
#define HT_COMMISSIONS_COMMISSION_H
#include "modules/opinions/opinion.h"
#include "platform/flow/flow.h"
#include "platform/list/list.h"

enum { COMMISSION_INVITED_MAX = 500 };

/* asked … used: how many of its invitations; used: whose opinion is signed. */
struct commission {
    i64 id, due_on, sent_at, closed_at, reminded_on, reminds, version;
    i64 asked, waiting, written, declined, used;
    str state, title, body, audience, audience_name, sender_name;
};

/* body, sender_name: of the commission. opinion_state: of the opinion, once it was sent. */
struct invitation {
    i64 id, commission_id, person_id, opinion_id, due_on, asked_at, answered_at, version;
    str state, name, title, reason, body, sender_name, opinion_title, opinion_state;
};

struct commission_input {
    str title, body;
    i64 due_on;
    strs audience;
};
struct invitation_decline_input {
    i64 id;
    str opinion;
};

extern const struct flow COMMISSIONS_FLOW, INVITATIONS_FLOW;
extern const struct form COMMISSION_FORM;

/* Who sees which; list_find gives NOT_FOUND commissions.not_found, invitations.not_found. */
extern const struct list COMMISSION_LIST, INVITATION_LIST;

/* Sends one and asks everybody in its audience. Errors: INVALID form.faults with commissions.past,
 * .nobody, .too_many. */
err commission_send(struct rq *rq, const struct commission_input *in, i64 *id);

/* The flows' own functions (flow.h). */
err commission_flow_load(struct rq *rq, i64 id, struct flow_subject *out);
err commission_flow_store(struct rq *rq, const struct flow_subject *subject, str to);
err commission_guard_remind(struct rq *rq, const struct flow_subject *subject);
err commission_effect_remind(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err commission_effect_close(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
/* Whether rq's actor is the one who is asked: nobody else sees or answers it. */
bool invitation_may_answer(const struct rq *rq, const struct invitation *i);
err invitation_flow_load(struct rq *rq, i64 id, struct flow_subject *out);
err invitation_flow_store(struct rq *rq, const struct flow_subject *subject, str to);
err invitation_flow_holder(struct rq *rq, const struct flow_subject *subject,
                           const struct flow_todo *todo, ids *out);
err invitation_effect_write(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err invitation_effect_decline(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err invitation_effect_hand(struct rq *rq, struct flow_subject *subject, struct flow_step *step);

/* Listeners: opinions.submitted, opinions.shown (commission_pages.c). */
err on_commission_opinion_sent(struct rq *rq, i64 id, const void *fact);
err on_commission_opinion_shown(struct rq *rq, i64 id, const void *fact);

/* ---- statements ---- */

/* Updates: CONFLICT db.version. */
err commission_store_add(struct db *db, const struct commission *c, i64 *id);
err commission_store_update(struct db *db, const struct commission *c);
err invitation_store_add(struct db *db, const struct invitation *i, i64 *id);
err invitation_store_update(struct db *db, const struct invitation *i);

/* One, whoever asks. Errors: NOT_FOUND invitations.not_found. */
err invitation_store_find(struct db *db, i64 id, struct arena *mem, struct invitation *out);

/* The one for which an opinion was written: one struct invitation row or none. All of a commission
 * in the order of asking. */
err invitation_store_list_opinion(struct db *db, i64 opinion_id, struct arena *mem,
                                  struct rows *out);
err invitation_store_list(struct db *db, i64 commission_id, struct arena *mem, struct rows *out);

/* What was sent between two moments: commissions in asked, opinions in written, signed ones in
 * used. */
struct commission_span {
    i64 from_ms, until_ms;
};
err commission_store_sum(struct db *db, const struct commission_span *span, struct arena *mem,
                         struct commission *out);

/* ---- views ---- */

struct commission_page {
    const struct commission *c;
    const struct rows *invitations;
    const struct flow_allowed *acts;
    bool opens; /* the actor may open opinions */
};
struct commission_sums_view {
    i64 year, sent, written, used;
};

/* Handlers, of the pages and under /api/v1. */
err page_commission_list(struct rq *rq, struct res *res);
err page_commission_new(struct rq *rq, struct res *res);
err page_commission_send(struct rq *rq, struct res *res);
err page_commission_show(struct rq *rq, struct res *res);
err page_invitation_list(struct rq *rq, struct res *res);
err page_invitation_show(struct rq *rq, struct res *res);
err page_invitation_opinion(struct rq *rq, struct res *res);
#endif
