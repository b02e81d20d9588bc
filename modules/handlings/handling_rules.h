/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the files of this module share: steps of LETTERS_FLOW that are left to it, reactions,
 * statements. */
#ifndef HT_HANDLINGS_HANDLING_RULES_H
#define HT_HANDLINGS_HANDLING_RULES_H
#include "modules/handlings/handling.h"
#include "modules/mailbox/letter_forms.h"

struct assignment;

/* Verbs of LETTERS_FLOW, as struct flow_act wants them: guard, effect, when. */
err handling_guard_assign(struct rq *rq, const struct flow_subject *subject);
err handling_effect_assign(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err handling_waits_assigning(struct rq *rq, const struct flow_subject *subject, bool *out);
err handling_guard_disclose(struct rq *rq, const struct flow_subject *subject);
err handling_effect_disclose(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err handling_effect_attach(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err handling_effect_deliver(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err handling_effect_reopen(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err handling_effect_feed(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err handling_waits_feeding(struct rq *rq, const struct flow_subject *subject, bool *out);

/* ---- photos that units see (handling_photos.c) ---- */

/* One of a letter; disclosed: the units that handle it see it. */
struct handling_photo {
    i64 id, letter_id;
    str name;
    bool disclosed;
};

/* Those of a letter, oldest first: struct handling_photo rows. Errors: those of the database. */
err handling_list_photos(struct rq *rq, i64 letter_id, struct rows *out);

/* Those that an assignment shows this actor: of its letter and of those that run along with it. To
 * the unit itself and to who reads letters, and only until the assignment is closed or taken away;
 * to all others none. */
err handling_list_shown(struct rq *rq, const struct assignment *a, struct rows *out);

/* One of those. Errors: NOT_FOUND handlings.photo_gone. */
err handling_find_shown(struct rq *rq, const struct assignment *a, i64 photo_id,
                        struct handling_photo *out);

/* From now on the units see these of a letter and no others; written into the audit. Errors:
 * INVALID form.faults where one is not of the letter. */
err handling_disclose(struct rq *rq, i64 letter_id, const ids *photos);

/* From now on the units see its point, or do not; changes l alone, which is written with its step;
 * written into the audit. A letter without a point stays as it is. */
err handling_disclose_point(struct rq *rq, struct letter *l, bool disclosed);

/* Whether handing out begins with showing it (README, "The point"). */
bool handling_suggests_point(const struct letter *l);

/* Whether an assignment of a letter shows this actor its point: where it shows him photos. */
bool handling_point_is_shown(const struct rq *rq, const struct assignment *a,
                             const struct letter *l);

/* None any more: the photos are gone. */
err handling_disclose_none(struct rq *rq, i64 letter_id);

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
err on_handling_opinion_kept(struct rq *rq, i64 id, const void *fact);
err on_handling_opinion_taken(struct rq *rq, i64 id, const void *fact);
err on_handling_matter_shown(struct rq *rq, i64 id, const void *fact);
err on_handling_letter_shown(struct rq *rq, i64 id, const void *fact);

/* Asks again whom a while ago all was solved, and ends what nobody says more of. */
err job_handling_ask_again(struct rq *rq, bool *again);

/* What became an opinion: adding one; those of a letter, oldest first: struct handling_opinion. */
err handling_store_add_opinion(struct db *db, i64 letter_id, i64 opinion_id, i64 fed_at,
                               i64 fed_by);
err handling_store_list_opinions(struct db *db, i64 letter_id, struct arena *mem, struct rows *out);

/* Letters of which an opinion was made: struct handling_row rows. */
err handling_store_list_fed(struct db *db, i64 opinion_id, struct arena *mem, struct rows *out);

/* Photos that units see: ids of a letter's, oldest first, struct handling_row; of a letter and of
 * those that run along with it, but for those taken back or erased, struct handling_photo without
 * name; adding one; taking all of a letter away. */
err handling_store_list_shown(struct db *db, i64 lead_id, struct arena *mem, struct rows *out);
err handling_store_list_disclosed(struct db *db, i64 letter_id, struct arena *mem,
                                  struct rows *out);
err handling_store_add_disclosed(struct db *db, const struct handling_photo *photo, i64 at, i64 by);
err handling_store_remove_disclosed(struct db *db, i64 letter_id);

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
