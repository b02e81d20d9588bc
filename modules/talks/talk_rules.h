/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Talks within the module: rows, inputs, rules, statements, handlers. */
#ifndef HT_TALKS_TALK_RULES_H
#define HT_TALKS_TALK_RULES_H
#include "modules/talks/talk.h"
#include "platform/flow/flow.h"
#include "platform/list/list.h"

struct view_steps;

/* Columns of the table: schema/0001_talks.sql. */
struct talk {
    i64 id, member_id, person_id, decided_on, leader_id, asked_at, due_on, held_on, answered_at,
        outcome_on, next_id, ended_at, version;
    str state, kind, ground, name, words, asker, organ, document, leader_name, talkers, record,
        answer, outcome_organ, outcome_document, note;
};

/* member: number of a member as text, for the form's choice. */
struct talk_input {
    i64 decided_on, due_on;
    str member, kind, ground, words, asker, organ, document, leader;
};
struct talk_begin_input {
    str member, ground;
};
struct talk_hold_input {
    i64 id, on_on;
    str talkers, record;
};
struct talk_answer_input {
    i64 id;
    str words;
};
struct talk_opinion_input {
    i64 id;
    str opinion;
};
struct talk_raise_input {
    i64 id, decided_on, due_on;
    str kind, words, organ, document, leader;
};
/* What the chairs decided. */
struct talk_decide_input {
    i64 id, on_on;
    str organ, document, reason;
};

extern const struct flow TALKS_FLOW;
extern const struct form TALK_FORM, TALK_BEGIN_FORM;

/* Who sees which; list_find gives NOT_FOUND talks.not_found. Without what was said. */
extern const struct list TALK_LIST;

/* ---- rules ---- */

/* The office asks for one. Errors: INVALID form.faults; those of talk_open. */
err talk_add(struct rq *rq, const struct talk_input *in, i64 *id);

/* Whether rq's actor reads what was said: who manages talks, the leader who is named, and the
 * member where the setting talks.member_reads_record says so. */
bool talk_may_read_record(const struct rq *rq, const struct talk *t);

/* Whether it is his own, and he is no more than the member in it. */
bool talk_is_own(const struct rq *rq, const struct talk *t);

/* Choices of the forms: leaders, with nobody first; struct view_choice rows. */
err talk_leaders(struct rq *rq, struct rows *out);

/* The flow's own functions (flow.h). */
err talk_flow_load(struct rq *rq, i64 id, struct flow_subject *out);
err talk_flow_store(struct rq *rq, const struct flow_subject *subject, str to);
err talk_flow_holder(struct rq *rq, const struct flow_subject *subject,
                     const struct flow_todo *todo, ids *out);
err talk_when_office(struct rq *rq, const struct flow_subject *subject, bool *out);
err talk_when_member(struct rq *rq, const struct flow_subject *subject, bool *out);
err talk_guard_hold(struct rq *rq, const struct flow_subject *subject);
err talk_guard_answer(struct rq *rq, const struct flow_subject *subject);
err talk_guard_raise(struct rq *rq, const struct flow_subject *subject);
err talk_guard_decide(struct rq *rq, const struct flow_subject *subject);
err talk_effect_hold(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err talk_effect_answer(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err talk_effect_correct(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err talk_effect_raise(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err talk_effect_compel(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err talk_effect_revoke(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err talk_effect_drop(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err talk_effect_end(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err talk_effect_void(struct rq *rq, struct flow_subject *subject, struct flow_step *step);

/* members.left: with who has left nobody talks any more. */
err on_talk_left(struct rq *rq, i64 id, const void *fact);

/* ---- statements ---- */

/* find: NOT_FOUND talks.not_found; update: CONFLICT db.version. */
err talk_store_add(struct db *db, const struct talk *t, i64 *id);
err talk_store_find(struct db *db, i64 id, struct arena *mem, struct talk *out);
err talk_store_update(struct db *db, const struct talk *t);

/* Of a member, those that are asked or held and of which nothing is decided: struct talk rows. */
err talk_store_list_open(struct db *db, i64 member_id, struct arena *mem, struct rows *out);

/* ---- views ---- */

/* own: the member's own look. reads: what was said is shown. departures: a link to what came of
 * it. */
struct talk_page {
    const struct talk *t;
    struct flow_allowed allowed;
    const struct view_steps *steps;
    bool own, reads, departures;
    bool opens_next; /* he may see the talk that came of it */
};

/* Handlers, of the pages and under /api/v1. */
err page_talk_list(struct rq *rq, struct res *res);
err page_talk_new(struct rq *rq, struct res *res);
err page_talk_add(struct rq *rq, struct res *res);
err page_talk_show(struct rq *rq, struct res *res);
#endif
