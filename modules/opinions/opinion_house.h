/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Opinions that the house makes from what else it has, such as a letter of the public. */
#ifndef HT_OPINIONS_OPINION_HOUSE_H
#define HT_OPINIONS_OPINION_HOUSE_H
#include "modules/opinions/opinion.h"

struct opinion_house_new {
    str title, situation, analysis, suggestions;
};

/* Adds one of kind staff in the name of rq's actor, and sends it to the desk at once. Errors:
 * INVALID form.faults at title, situation, analysis, suggestions. */
err opinion_add_house(struct rq *rq, const struct opinion_house_new *in, i64 *id);

/* Begins a draft of rq's actor with a whole text that he has written elsewhere, in whose name
 * `body` says; it may be over its limits, which are judged when it is sent. Errors: INVALID
 * form.faults with opinions.no_body. */
err opinion_begin(struct rq *rq, const struct opinion_input *in, struct opinion *out);

/* Figures count it as a proposal from now on, not as an opinion too; again changes nothing. Errors:
 * NOT_FOUND. */
err opinion_count_as_proposal(struct rq *rq, i64 id);

/* Number and title of one, whoever asks: for who made it from something. Errors: NOT_FOUND. */
err opinion_find_name(struct rq *rq, i64 id, str *number, str *title);
#endif
