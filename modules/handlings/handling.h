/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The road of a letter to its answer (来信办理), for other modules: what units read of it, which
 * units it can be handed to, what it is answered with. Steps are verbs of LETTERS_FLOW
 * (mailbox/letter.h). */
#ifndef HT_HANDLINGS_HANDLING_H
#define HT_HANDLINGS_HANDLING_H
#include "modules/mailbox/letter.h"

/* A text of the letter as a unit may read it: name, phone and mail that the sender gave, and
 * what else leads to a person (platform/text/mask.h), are replaced (信访工作条例 art. 30). */
err handling_mask(struct rq *rq, i64 letter_id, str text, str *out);

/* The letter at whose assignments this one is handled: itself, or the one it runs along with.
 * Errors: those of letter_find_house. */
err handling_lead(struct rq *rq, const struct letter *l, struct letter *out);

/* An opinion that was made from a letter, or from a cluster of letters. kept: the editors do not
 * use it. */
struct handling_opinion {
    i64 opinion_id, fed_at;
    str number, title;
    bool kept;
};

/* The part of a page, and of JSON, that tells of such opinions (struct handling_opinion rows); the
 * page links them for who reads opinions, JSON names them to him alone. None: nothing is written.
 */
void handling_opinions_section(struct rq *rq, const struct rows *opinions, struct out *out);
void handling_opinions_json(struct rq *rq, const struct rows *opinions, struct json *j);

/* An opinion was made of what a letter is about, not of the letter alone: where the letter waits to
 * become one (it was not solved again), it is done. Elsewhere nothing happens. Errors: those of
 * letter_find_house. */
err handling_feed_along(struct rq *rq, i64 letter_id, i64 opinion_id);

/* The same where a candidate topic (modules/topics) was made of it. */
err handling_offer_along(struct rq *rq, i64 letter_id);

/* The candidate topic that was made of it, or of what it is about, was not taken up: the letter is
 * the office's to think of again; or is thought of once more: it is not. Of a letter that became
 * none nothing happens. Errors: those of letter_find_house. */
err handling_offer_decided(struct rq *rq, i64 letter_id, bool rejected);

/* Its sender said a second time that it is not solved, or not any more when he was asked again. */
bool handling_is_unsolved(const struct letter *l);

/* The day until which a unit answers what is handed to it today; of a further round. */
i64 handling_due(struct rq *rq);
i64 handling_redo_due(struct rq *rq);

extern const struct module handling_module;
#endif
