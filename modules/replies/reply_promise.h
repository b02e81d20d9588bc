/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Promises of a reply while it is written: rules. In its letter: reply_letter.c. What
 * becomes of them after delivery is not kept here: modules/outcomes. */
#ifndef HT_REPLIES_REPLY_PROMISE_H
#define HT_REPLIES_REPLY_PROMISE_H
#include "modules/replies/reply_rules.h"

enum { PROMISES_MAX = 20, PROMISE_TEXT_MIN = 10, PROMISE_TEXT_MAX = 300, PROMISE_NAME_MAX = 200 };

/* Whether an answer of a class goes out with at least one promise (setting
 * assignments.promise_classes, rules.md 2.5). */
bool promise_is_wanted(struct rq *rq, str class);

/* What was typed, side by side, without the lines in which nothing stands; struct reply_promise
 * rows. What is no day, no item, too much or too long is a fault of rq. items: how many may be
 * named. */
void promise_rows_of(struct rq *rq, const struct reply_input *in, size_t items, struct rows *out);

/* The contrary: what stands, as the form has it. */
void promise_put_input(struct rq *rq, const struct rows *promises, struct reply_input *out);

/* Notes on rq what a promise lacks before the answer may go on: text, a day from tomorrow on and
 * within five years, an owner; and one at all where the class wants it. */
void promise_check_complete(struct rq *rq, const struct reply_sheet *sheet);

/* Before delivery: days pass and classes change. Errors: CONFLICT assignments.promise_first,
 * assignments.promise_past. */
err promise_check_delivery(struct rq *rq, const struct reply *reply);
#endif
