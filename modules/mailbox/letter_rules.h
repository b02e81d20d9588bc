/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the files of this module share: inputs of its steps, functions of the flow, receipts, rules
 * for the sender. */
#ifndef HT_MAILBOX_LETTER_RULES_H
#define HT_MAILBOX_LETTER_RULES_H
#include "modules/mailbox/letter.h"
#include "modules/mailbox/sender.h"

/* Now, rounded down to the minute. */
i64 letter_minute(const struct rq *rq);

/* A title from the first sentence of a text. */
str letter_title_of(struct arena *mem, str body);

/* Puts place names into the letter. Errors: INVALID letters.no_area. */
err letter_set_area(struct rq *rq, struct letter *l, i64 area_id);

/* Puts the text among those that can be found; reads them again for the index. */
err letter_index(struct rq *rq, const struct letter *l);
err letter_texts(struct rq *rq, i64 after, i64 limit, struct rows *out);

/* ---- the point (letter_point.c) ---- */

/* Two numbers as somebody typed them, in either order, as they are kept: "23.88424,100.08612",
 * latitude first, five decimals; empty stays empty. False: they are none around China. */
bool letter_point_read(struct arena *mem, str typed, str *out);

/* ---- receipts ---- */

enum { RECEIPT_DIGITS = 20 };

/* 20 digits out of 32 random bytes. */
str letter_receipt_digits(struct arena *mem, const unsigned char random[32]);

/* What is kept of them: keyed and slow (README, "Receipt"). */
str letter_receipt_hash(struct rq *rq, str digits);

/* What proves the letter (platform/audit/attest.h), with the text of today, for who has shown its
 * digits; seq 0 = nothing does. The digits are part of what is digested: whoever reads the log
 * cannot try texts. Errors: those of the database. */
str letter_digest(struct arena *mem, const struct letter *l, str digits);
err letter_attested(struct rq *rq, const struct letter *l, str digits, struct attestation *out);

/* ---- inputs of the steps ---- */

struct letter_triage_input {
    i64 id, version;
    str kind, category, title, masked_body;
};
struct letter_text_input {
    i64 id;
    str opinion;
};
struct letter_dismiss_input {
    i64 id;
    str reason, opinion;
};
struct letter_evaluate_input {
    str verdict, text;
};

/* ---- questions to the sender (letter_questions.c) ---- */

/* Whether one of these waits for his answer, as long as the letter does; until_on: the last day for
 * it, 0 = none. */
struct letter_question {
    bool waits;
    i64 until_on;
};
struct letter_question letter_question_of(struct rq *rq, const struct letter *l,
                                          const struct rows *messages);

/* He said something: what was asked of him is answered, and who asked is told. */
err letter_question_answered(struct rq *rq, const struct letter *l);

/* Ends what nobody answers (`mailbox.question_days`). As struct job wants it. */
err job_letter_lapse(struct rq *rq, bool *again);

/* ---- timed work (letter_jobs.c) ---- */

/* Ends what nobody judges. As struct job wants it. */
err job_letter_silence(struct rq *rq, bool *again);

/* ---- the flow ---- */

/* Functions of the table in letter_module.c, as struct flow wants them. */
err letter_flow_load(struct rq *rq, i64 id, struct flow_subject *out);
err letter_flow_store(struct rq *rq, const struct flow_subject *subject, str to);
err letter_is_listed(struct rq *rq, const struct flow_subject *subject, bool *out);
err letter_effect_triage(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err letter_effect_ask(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err letter_guard_recall(struct rq *rq, const struct flow_subject *subject);
err letter_effect_recall(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err letter_effect_lapse(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err letter_effect_route(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err letter_effect_dismiss(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err letter_guard_restore(struct rq *rq, const struct flow_subject *subject);
err letter_effect_restore(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err letter_effect_answer(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err letter_effect_evaluate(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err letter_effect_withdraw(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err letter_guard_close(struct rq *rq, const struct flow_subject *subject);
err letter_effect_close(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
#endif
