/* SPDX-License-Identifier: MulanPSL-2.0 */
/* How much a word says in a collection: in how many of its newest documents each token stands.
 * Tokens are known by a number of 32 bits only, so a sample of two thousand documents is two
 * megabytes. Pure but for text_weights_of. What is made of weights: gather.h. */
#ifndef HT_TEXT_WEIGHTS_H
#define HT_TEXT_WEIGHTS_H
#include "platform/base/arena.h"
#include "platform/base/str.h"
#include "platform/web/web.h"

/* Tokens of a text with their counts, by key; open addressing, grows in its arena. */
struct text_bag {
    struct text_bag_item {
        uint32_t key, count; /* key 0 = free */
    } * items;
    size_t capacity, count;
    struct arena *mem;
};

/* The key of a token: FNV-1a of its bytes, never 0. The same on every machine: it is stored. */
uint32_t text_key(str token);

/* An empty bag; adds `by` to a key's count (which stops at its end); its count, 0 when missing. */
struct text_bag text_bag_new(struct arena *mem, size_t capacity);
void text_bag_add(struct text_bag *bag, uint32_t key, uint32_t by);
uint32_t text_bag_count(const struct text_bag *bag, uint32_t key);

/* Adds the bigrams and words of a folded text, each `by` times; a character that stands alone in
 * its run says nothing. */
void text_bag_add_text(struct text_bag *bag, str folded, uint32_t by);

/* Frequencies of documents. */
struct text_weights;

/* None yet, in mem; counts one more document, folded; how many there are. */
struct text_weights *text_weights_new(struct arena *mem);
void text_weights_add(struct text_weights *w, str title, str body);
i64 text_weights_docs(const struct text_weights *w);

/* ln((documents + 1) / (documents with it + 1/2)); 0 for what stands in more than a quarter of them
 * (and in more than 25, so that the first dozen of a house is not wordless). */
double text_weights_idf(const struct text_weights *w, uint32_t key);

/* Those of the newest 2,000 documents of a collection in the index (text.h) of the organisation at
 * work. Made anew when a smaller collection has grown by a quarter, and after ten minutes when a
 * twentieth came since. Valid as long as rq->mem, whatever others do meanwhile. Making them takes
 * some 0.3 s for 2,000 letters. Errors: the database's. */
err text_weights_of(struct rq *rq, const char *collection, const struct text_weights **out);

/* The same after five minutes: called by a timer on the slow lane, so that nobody in the write lane
 * has to wait for it. Errors: the database's. */
err text_weights_renew(struct rq *rq, const char *collection);
#endif
