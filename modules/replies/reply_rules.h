/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of answers that pages and flow share within the module. Public face: reply.h. */
#ifndef HT_REPLIES_REPLY_RULES_H
#define HT_REPLIES_REPLY_RULES_H
#include "modules/assignments/assignment_rules.h"
#include "modules/replies/reply.h"

/* ---- reply.c ---- */

/* The draft of the present round with its answers, one for each item (empty ones made up); what
 * a new draft begins with when there is none yet. */
struct reply_sheet {
    struct reply reply;
    struct rows items;            /* struct assignment_item */
    struct reply_answer *answers; /* as many as items */
    struct rows promises;         /* struct reply_promise; not renewed from the round before */
};
err reply_sheet_load(struct rq *rq, const struct assignment *a, struct reply_sheet *out);

/* Stores what was typed. *out is what is stored afterwards, also when another save came in
 * between: then CONFLICT assignments.draft_version. version: of the draft that it was typed on, 0
 * for the first, DRAFT_ANY for whichever. Errors: FORBIDDEN assignments.not_yours; CONFLICT
 * assignments.not_drafting; INVALID with faults. */
enum { DRAFT_ANY = -1 };
err reply_save(struct rq *rq, const struct assignment *a, const struct reply_input *in, i64 version,
               struct reply_sheet *out);

/* Whether who hands out releases a's answer after it is signed: by the site's setting, or because
 * the matter came so. */
bool reply_is_examined(struct rq *rq, const struct assignment *a);

/* ---- reply_number.c ---- */

/* The next number of its letters: 机关代字 + 〔year〕 + number (rules.md 10.1, 10.2). Errors: those
 * of the database. */
err reply_number_next(struct rq *rq, const struct assignment *a, str *out);

/* Gives the reply its number, and one to each of the others that are answered together. One that
 * was sent back keeps its numbers: there are no gaps. Errors: those of the database. */
err reply_number_all(struct rq *rq, const struct assignment *a, struct reply *reply);

/* ---- reply_sign_off.c ---- */

/* Marks a as answered; day: on which it left the agency. What is late is so for good, whatever
 * comes later. */
void reply_mark_done(struct rq *rq, struct assignment *a, i64 day);

/* What waits: to be checked in the agency before the leader signs, to be signed, to be released;
 * for to-dos. Errors: those of the database. */
err reply_waits_vetting(struct rq *rq, const struct flow_subject *subject, bool *out);
err reply_waits_signing(struct rq *rq, const struct flow_subject *subject, bool *out);
err reply_waits_release(struct rq *rq, const struct flow_subject *subject, bool *out);

/* ---- reply_shown.c ---- */

/* Listener of assignments.section_shown. */
err on_reply_section_shown(struct rq *rq, i64 id, const void *fact);

/* ---- functions of struct flow_act ---- */

/* Guards: whether this actor may take the step now. Errors: FORBIDDEN, CONFLICT assignments.… */
err reply_guard_contribute(struct rq *rq, const struct flow_subject *subject);
err reply_guard_vet(struct rq *rq, const struct flow_subject *subject);
err reply_guard_vet_redraft(struct rq *rq, const struct flow_subject *subject);
err reply_guard_sign(struct rq *rq, const struct flow_subject *subject);
err reply_guard_deliver(struct rq *rq, const struct flow_subject *subject);
err reply_guard_redraft(struct rq *rq, const struct flow_subject *subject);
err reply_guard_sign_contribution(struct rq *rq, const struct flow_subject *subject);

/* Effects: what a step changes beside the state. Errors: INVALID with faults on rq. */
err reply_effect_hand_in(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err reply_effect_contribute(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err reply_effect_vet(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err reply_effect_sign(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err reply_effect_deliver(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err reply_effect_redraft(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err reply_effect_sign_contribution(struct rq *rq, struct flow_subject *subject,
                                   struct flow_step *step);
#endif
