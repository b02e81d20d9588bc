/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Leaving (离任): rows, inputs, rules, statements, handlers. For other modules:
 * departure_compel. Words and rules: README.md. */
#ifndef HT_DEPARTURES_DEPARTURE_H
#define HT_DEPARTURES_DEPARTURE_H
#include "modules/members/member_act.h"
#include "platform/flow/flow.h"
#include "platform/list/list.h"

struct view_steps;

/* Columns of the table: schema/0001_departures.sql. */
struct departure {
    i64 id, member_id, person_id, begun_at, on_on, answered_on, closed_at, version;
    str state, act, name, words, organ, document, reason, answer_organ, answer_document, note,
        closer_name;
};

/* Something that is not over, of a proposal or an opinion. */
struct departure_hand {
    i64 source_id, others;
    str kind, state, title;
};

struct departure_ask_input {
    str words;
};
/* What an organ decided. */
struct departure_decide_input {
    i64 id, on_on;
    str organ, document;
};
/* reason: goes into the member's record; empty = as it stands. */
struct departure_approve_input {
    i64 id, on_on;
    str organ, document, reason;
};
struct departure_annul_input {
    i64 id, on_on;
    str organ, document, opinion;
};
struct departure_opinion_input {
    i64 id;
    str opinion;
};

extern const struct flow DEPARTURES_FLOW;
extern const struct form DEPARTURE_ASK_FORM;

/* Who sees which: own ones, or all; list_find gives NOT_FOUND departures.not_found. */
extern const struct list DEPARTURE_LIST;

/* The acting member asks to leave. Errors: FORBIDDEN members.not_a_member; CONFLICT
 * departures.not_serving, departures.asked_already. */
err departure_ask(struct rq *rq, str words, i64 *id);

/* The chairs ask a member to go (责令辞去, Charter 38), for a reason that goes along: it waits for
 * the standing committee, the member is told. Whether rq's actor may is the caller's business.
 * Errors: NOT_FOUND members.not_found; CONFLICT departures.not_seated, departures.waits. */
err departure_compel(struct rq *rq, i64 member_id, str reason, i64 *id);

/* The flow's own functions (flow.h). */
err departure_flow_load(struct rq *rq, i64 id, struct flow_subject *out);
err departure_flow_store(struct rq *rq, const struct flow_subject *subject, str to);
err departure_guard_withdraw(struct rq *rq, const struct flow_subject *subject);
err departure_effect_decline(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err departure_effect_approve(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err departure_effect_ratify(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err departure_effect_annul(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err departure_effect_close(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err departure_effect_record(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err departure_effect_confirm(struct rq *rq, struct flow_subject *subject, struct flow_step *step);

/* ---- listeners; fact: struct member_change ---- */

/* members.left: of each who left before the term's end the office learns what was in hand. */
err on_departure_left(struct rq *rq, i64 id, const void *fact);

/* members.ratified: what was recorded elsewhere. */
err on_departure_ratified(struct rq *rq, i64 id, const void *fact);

/* ---- statements ---- */

/* find: NOT_FOUND departures.not_found; update: CONFLICT db.version. */
err departure_store_add(struct db *db, const struct departure *d, i64 *id);
err departure_store_find(struct db *db, i64 id, struct arena *mem, struct departure *out);
err departure_store_update(struct db *db, const struct departure *d);

/* The member's that is in that state; id 0 when there is none. */
err departure_store_find_in(struct db *db, i64 member_id, str state, struct arena *mem,
                            struct departure *out);

/* What is not over of a person, at most 200: struct departure_hand rows. */
err departure_store_list_hands(struct db *db, i64 person_id, struct arena *mem, struct rows *out);

/* ---- views ---- */

/* staff: the whole; else the member's own look at his letter. handing: what is in hand is shown. */
struct departure_page {
    const struct departure *d;
    struct flow_allowed allowed;
    const struct view_steps *steps;
    const struct departure_hand *hands;
    size_t hand_count;
    bool staff, handing, opens_proposals, opens_opinions;
};

/* Handlers, of the pages and under /api/v1. */
err page_departure_list(struct rq *rq, struct res *res);
err page_departure_new(struct rq *rq, struct res *res);
err page_departure_add(struct rq *rq, struct res *res);
err page_departure_show(struct rq *rq, struct res *res);
#endif
