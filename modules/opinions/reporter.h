/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Who reports an opinion with its writer (联合反映): asked when it is sent, named once he has
 * agreed. Nothing waits for the answer; silence means not named. */
#ifndef HT_OPINIONS_REPORTER_H
#define HT_OPINIONS_REPORTER_H
#include "modules/opinions/opinion.h"

struct reporter {
    i64 id, opinion_id, rank, person_id, asked_at, expires_at, answered_at, version;
    str name, title, lead_name, state;
};

/* Most that can report one together with the writer. */
enum { REPORTERS_MAX = 20 };

/* The members that the names typed in `joint` mean; struct member rows in mem. Notes faults at
 * `joint`: opinions.joint_unknown {name}, opinions.joint_several {name}, opinions.joint_self,
 * opinions.joint_twice {name}, opinions.joint_many {most}. Errors: those of the database. */
err reporter_members(struct rq *rq, const struct opinion *o, struct rows *out);

/* Asks those named in `joint`, whose names are judged already. */
err reporter_ask_all(struct rq *rq, const struct opinion *o);

/* Ends what was asked and answered: the text will change. */
err reporter_lapse_all(struct rq *rq, i64 opinion_id);

/* Those of an opinion that are not over, in order of rank. */
err reporter_list(struct rq *rq, i64 opinion_id, struct rows *out);

/* Tells the writer and whoever reports with him. */
err reporter_tell_all(struct rq *rq, const struct opinion *o, const char *text, str more);

/* The flow: asked → joined, declined; lapsed by the house. */
extern const struct flow REPORTERS_FLOW;
err reporter_flow_load(struct rq *rq, i64 id, struct flow_subject *out);
err reporter_flow_store(struct rq *rq, const struct flow_subject *subject, str to);
err reporter_flow_holder(struct rq *rq, const struct flow_subject *subject,
                         const struct flow_todo *todo, ids *out);
err reporter_guard_answer(struct rq *rq, const struct flow_subject *subject);
err reporter_effect_answer(struct rq *rq, struct flow_subject *subject, struct flow_step *step);

/* Look of a state. */
const char *reporter_tone(str state);

/* Ends invitations whose time is over. */
err job_reporter_lapse(struct rq *rq, bool *again);

/* GET /reporters/{id}: the invitation, with the text; GET /reporters leads to the list of opinions,
 * which has what one reports with others. */
err page_reporter_list(struct rq *rq, struct res *res);
err page_reporter_show(struct rq *rq, struct res *res);
#endif
