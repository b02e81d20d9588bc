/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Which unit a letter probably goes to (承办单位建议): the one that answered most letters of its
 * kind in this house within a year. Counted, not learned, so that a clerk can look it up. */
#ifndef HT_GUESSES_GUESS_AGENCY_H
#define HT_GUESSES_GUESS_AGENCY_H
#include "modules/guesses/guess.h"
#include "modules/mailbox/letter.h"

#define GUESS_AGENCY "letters.agency"

/* hits of sum letters of the kind were its; degree: that in per cent; because: the reason as a
 * clerk reads it. */
struct guess_agency {
    i64 agency_id, hits, sum, degree;
    str name, because;
};

/* Best first. spared: units left out because the letter seems to complain about them, with marks
 * between; empty = none. */
struct guess_agencies {
    struct guess_agency items[GUESS_SHOWN];
    size_t count;
    str spared;
};

/* For a letter as if it were of this category; empty = nothing is guessed. Units that may be given
 * assignments today, whose area holds the place of the letter. Errors: those of the database. */
err guess_agency_list(struct rq *rq, const struct letter *l, str category,
                      struct guess_agencies *out);

/* The same as JSON: "agencies" and "spared". On a page: view_guesses_agencies. */
void guess_agency_json(const struct guess_agencies *all, struct json *j);

/* Whether the text complains about a body of one of these names (those shorter than three
 * characters do not count): a sentence has the name and a word of complaint. */
bool guess_complains(str text, const strs *names);

/* Reactions: what was guessed is kept beside the unit that it was handed to, also where another
 * one handles it in the end; who may hand out finds it in the letter's JSON. */
err on_guess_assigned(struct rq *rq, i64 id, const void *fact);
err on_guess_erased(struct rq *rq, i64 id, const void *fact);
err on_guess_retold(struct rq *rq, i64 id, const void *fact);
err on_guess_letter_shown(struct rq *rq, i64 id, const void *fact);
#endif
