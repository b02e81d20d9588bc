/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the files of this module share: steps of LETTERS_FLOW that are left to it, reactions,
 * statements. */
#ifndef HT_HANDLINGS_HANDLING_RULES_H
#define HT_HANDLINGS_HANDLING_RULES_H
#include "modules/handlings/handling.h"
#include "modules/mailbox/letter_forms.h"

/* Verbs of LETTERS_FLOW, as struct flow_act wants them: guard, effect, when. */
err handling_guard_assign(struct rq *rq, const struct flow_subject *subject);
err handling_effect_assign(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err handling_waits_assigning(struct rq *rq, const struct flow_subject *subject, bool *out);
err handling_effect_attach(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err handling_effect_deliver(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err handling_effect_reopen(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err handling_effect_feed(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err handling_waits_feeding(struct rq *rq, const struct flow_subject *subject, bool *out);

/* Reactions to facts of letters and of assignments, and what is put into their pages and JSON. */
err on_handling_assigned(struct rq *rq, i64 id, const void *fact);
err on_handling_replied(struct rq *rq, i64 id, const void *fact);
err on_handling_evaluated(struct rq *rq, i64 id, const void *fact);
err on_handling_still(struct rq *rq, i64 id, const void *fact);
err on_handling_erased(struct rq *rq, i64 id, const void *fact);
err on_handling_ended(struct rq *rq, i64 id, const void *fact);
err on_handling_answer(struct rq *rq, i64 id, const void *fact);
err on_handling_reassigned(struct rq *rq, i64 id, const void *fact);
err on_handling_due_changed(struct rq *rq, i64 id, const void *fact);
err on_handling_matter_shown(struct rq *rq, i64 id, const void *fact);
err on_handling_letter_shown(struct rq *rq, i64 id, const void *fact);

/* Asks again whom a while ago all was solved, and ends what nobody says more of. */
err job_handling_ask_again(struct rq *rq, bool *again);

struct handling_opinion {
    i64 opinion_id, fed_at;
    str number, title;
};

/* What became an opinion: adding one; those of a letter, oldest first: struct handling_opinion. */
err handling_store_add_opinion(struct db *db, i64 letter_id, i64 opinion_id, i64 fed_at,
                               i64 fed_by);
err handling_store_list_opinions(struct db *db, i64 letter_id, struct arena *mem, struct rows *out);

struct handling_row {
    i64 id;
};

/* Letters judged as solved, in whole or in part, before a moment, that were not asked again; those
 * asked again before a moment who kept silent, or said yes: struct handling_row rows, oldest first.
 */
err handling_store_list_to_ask(struct db *db, i64 before_ms, i64 limit, struct arena *mem,
                               struct rows *out);
err handling_store_list_to_close(struct db *db, i64 before_ms, i64 limit, struct arena *mem,
                                 struct rows *out);
#endif
