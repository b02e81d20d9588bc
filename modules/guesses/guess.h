/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Guesses of what people will decide about a text, learned from what they have decided here: what
 * is asked, guessing, keeping beside the decision, learning. The method: platform/text/classify.h.
 */
#ifndef HT_GUESSES_GUESS_H
#define HT_GUESSES_GUESS_H
#include "platform/text/classify.h"
#include "platform/web/web.h"

enum { GUESS_SHOWN = 3, GUESS_TEXTS_MAX = 8000, GUESS_LEAST = 30, GUESS_MEMORY = 256 << 20 };

/* What can be guessed. name: "proposals.category"; dictionary: where its labels are worded, NULL =
 * they are numbers of units. list: the newest texts, newest first, those nobody has decided with an
 * empty label: struct classify_text rows in mem; NULL = it is not learned but counted when it is
 * asked (guess_agency.h). */
struct guess_question {
    const char *name, *dictionary;
    err (*list)(struct rq *rq, i64 limit, struct arena *mem, struct rows *out);
};

/* All of them, ended by a zero row; one by name, NULL = there is none. */
extern const struct guess_question GUESS_QUESTIONS[];
const struct guess_question *guess_question_find(str name);

/* The first few guesses, struct classify_guess rows, best first, in rq->mem; none while nothing
 * was learned or no word is known. Errors: those of the database. */
err guess_list(struct rq *rq, const char *question, const struct classify_text *text,
               struct rows *out);

/* The words of a reason with marks between. */
str guess_words(struct arena *mem, const strs *words);

/* Keeps what was guessed of a text beside what was decided (text->label), in the transaction of
 * the decision; a later decision about the same takes its place. Errors: those of the database. */
err guess_note(struct rq *rq, const char *question, i64 id, const struct classify_text *text);

/* ---- learning: read, work, keep, so that nobody waits for the work ---- */

struct guess_model {
    str question;
    i64 made_at, texts;
    bytes model;
};

/* The texts of a question, in mem. Errors: those of the database. */
err guess_read(struct rq *rq, const struct guess_question *q, struct arena *mem, struct rows *out);

/* Learns from them; no database. false: fewer than GUESS_LEAST were decided, or all alike. */
bool guess_learn(struct arena *mem, const struct guess_question *q, const struct rows *texts,
                 struct guess_model *out);

/* Keeps it instead of the one before. Errors: those of the database. */
err guess_keep(struct rq *rq, struct guess_model *m);

/* Asks the house to learn every question anew, soon. Errors: those of the database. */
err guess_ask(struct rq *rq);

/* The work, and the timer that asks for it when enough was decided since. */
err job_guess_learn(struct rq *rq, str payload);
err job_guess_watch(struct rq *rq, bool *again);

/* Reactions and handlers, for the table in guess_module.c. */
err on_guess_docketed(struct rq *rq, i64 id, const void *fact);
err on_guess_shown(struct rq *rq, i64 id, const void *fact);
err page_guess_list(struct rq *rq, struct res *res);
err page_guess_train(struct rq *rq, struct res *res);
#endif
