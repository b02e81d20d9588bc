/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Likeness of every text of a few hundred with every other, for finding those about one matter. One
 * text against a whole collection: text_twins (text.h). Pure, no database. */
#ifndef HT_TEXT_LIKENESS_H
#define HT_TEXT_LIKENESS_H
#include "platform/db/db.h"

/* A text. part: only texts of the same part are compared; 0 = it only says which words are common.
 */
struct text_sample {
    i64 id, part;
    str title, body;
};

/* Two texts by their place in the array, a < b; degree 1..1000, per mille. */
struct text_pair {
    size_t a, b;
    i64 degree;
};

/* The pairs of which each is among the twelve most like the other; struct text_pair rows in mem, in
 * order of a, then b. What is worked with meanwhile is freed; it grows with the square of count. */
void text_pairs(struct arena *mem, const struct text_sample *texts, size_t count, struct rows *out);
#endif
