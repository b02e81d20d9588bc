/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What a classifier sees of a text: single characters, bigrams and words, the title's twice and
 * once more by themselves. For classify.c and classify_guess.c. */
#ifndef HT_TEXT_CLASSIFY_WORDS_H
#define HT_TEXT_CLASSIFY_WORDS_H
#include "platform/text/classify.h"
#include "platform/text/weights.h"

/* The walk over the words of a text: at the next one, false at the end. text: the token; says:
 * whether it is a bigram or a word, which a person understands. key, title_key: of the token, and
 * of the same in a title (0 = it stands in the body). by: how often it counts. */
struct classify_walk {
    str part, body, text; /* part: what is walked now, folded */
    size_t at;
    bool in_body, second; /* second: the bigram whose first character was given */
    struct fold_token token;
    bool says;
    uint32_t key, title_key, by;
};
struct classify_walk classify_walk_begin(struct arena *mem, const struct classify_text *text);
bool classify_walk_next(struct classify_walk *w);

/* All of a text's keys with their counts. */
struct text_bag classify_bag(struct arena *mem, const struct classify_text *text);

/* The bytes of a model: "HTC1", labels, features; of each label its length and text; of each
 * feature, by ascending key: key, idf in 1/1000, a weight for each label in 1/2048. Numbers are
 * little endian. */
enum { MODEL_HEAD = 4 + 2 + 4, MODEL_FEATURE = 4 + 2, MODEL_WEIGHT = 2, MODEL_ONE = 2048 };

/* (1 + ln count) × idf. */
double classify_weight(uint32_t count, i64 idf_x1000);
#endif
