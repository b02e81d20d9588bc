/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Key proposals (重点提案) and excellent ones (优秀提案), rules.md 2.7: rows, inputs, rules. */
#ifndef HT_FLAGSHIPS_FLAGSHIP_H
#define HT_FLAGSHIPS_FLAGSHIP_H
#include "modules/proposals/proposal.h"

/* Most of a session that the pages show. */
enum { FLAGSHIPS_SHOWN_MAX = 400 };

struct flagship {
    i64 id, proposal_id, session_id, champion_person_id, decided_on, plan_on, nominated_at,
        approved_at, finished_on, version;
    str title, number, state, grounds, nominated_name, champion_name, champion_post, meeting,
        plan_form, plan_who, plan, approved_name, result;
};

/* Something that was done for one. */
struct flagship_event {
    i64 id, flagship_id, held_on, recorded_at, recorded_by;
    str kind, text, recorded_name;
};

struct commendation {
    i64 id, proposal_id, session_id, decided_on, nominated_at, version;
    bool collective;
    str title, number, nominator, grounds, state;
};

/* ---- inputs ---- */

struct flagship_nominate_input {
    i64 id; /* of the proposal */
    str grounds;
};
struct flagship_choose_input {
    i64 id, decided_on;
    str champion_name, champion_post, meeting;
};
struct flagship_reason_input {
    i64 id;
    str opinion;
};
struct flagship_plan_input {
    i64 id, plan_on;
    str plan_form, plan_who, plan;
};
struct flagship_record_input {
    i64 id, held_on;
    str kind, text;
};
struct flagship_finish_input {
    i64 id, finished_on;
    str result;
};
struct commendation_nominate_input {
    i64 id; /* of the proposal */
    str nominator, grounds;
};
struct commendation_choose_input {
    i64 id, decided_on;
};

/* ---- rules ---- */

/* Whether rq's actor may see one: who sees the proposal; what is only nominated, or was declined,
 * the office alone. Errors: those of the database. */
err flagship_is_visible(struct rq *rq, const struct flagship *f, bool *out);

/* Nominates a proposal that is docketed and not answered to its end. Errors: NOT_FOUND; CONFLICT
 * flagships.not_open, flagships.already. */
err flagship_nominate(struct rq *rq, i64 proposal_id, const struct flagship_nominate_input *in,
                      i64 *id);

/* Nominates a closed one as excellent. Errors: NOT_FOUND; CONFLICT commendations.not_closed,
 * commendations.already. */
err commendation_nominate(struct rq *rq, i64 proposal_id,
                          const struct commendation_nominate_input *in, i64 *id);

/* How many of a session there are, and may be: chosen key proposals and their wished most; docketed
 * proposals, how many of them are to be commended, commended ones, collective ones of these and
 * their wished share in percent (rules.md 2.7). Errors: those of the database. */
struct flagship_meter {
    i64 chosen, per_year, docketed, wanted, commended, collective, collective_percent;
};
err flagship_measure(struct rq *rq, i64 session_id, struct flagship_meter *out);

/* ---- the flows ---- */

extern const struct flow FLAGSHIPS_FLOW, COMMENDATIONS_FLOW;

/* Functions of the two tables in flagship_module.c, as struct flow wants them. */
err flagship_flow_load(struct rq *rq, i64 id, struct flow_subject *out);
err flagship_flow_store(struct rq *rq, const struct flow_subject *subject, str to);
err flagship_flow_holder(struct rq *rq, const struct flow_subject *subject,
                         const struct flow_todo *todo, ids *out);
err flagship_has_champion(struct rq *rq, const struct flow_subject *subject, bool *out);
err flagship_lacks_champion(struct rq *rq, const struct flow_subject *subject, bool *out);
err flagship_guard_approve(struct rq *rq, const struct flow_subject *subject);
err flagship_effect_choose(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err flagship_effect_plan(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err flagship_effect_approve(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err flagship_effect_record(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err flagship_effect_finish(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err flagship_effect_drop(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err commendation_flow_load(struct rq *rq, i64 id, struct flow_subject *out);
err commendation_flow_store(struct rq *rq, const struct flow_subject *subject, str to);
err commendation_effect_choose(struct rq *rq, struct flow_subject *subject, struct flow_step *step);

/* Look of a state. */
const char *flagship_tone(str state);

/* A proposal was withdrawn or merged: it is no key one any more. */
err on_proposal_dropped(struct rq *rq, i64 id, const void *fact);

/* Its page or JSON is being made. */
err on_flagship_shown(struct rq *rq, i64 id, const void *fact);
#endif
