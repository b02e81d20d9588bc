/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The statements of search, for both engines: the only place where they differ outside platform/db.
 */
#ifndef HT_TEXT_TEXT_STORE_H
#define HT_TEXT_TEXT_STORE_H
#include "platform/text/terms.h"
#include "platform/text/text.h"

/* A stored document. title, body: folded. */
struct text_doc {
    i64 id, item_id;
    str title, body;
};

/* A question to the index, made by terms.c. terms: match expression or array; word1 … word8: what
 * must stand in the text. */
struct text_ask {
    str scope, terms;
    const struct words *words;
    i64 before, limit;
    bool any; /* documents with at least one of the terms */
};

/* Puts a folded document in, replacing an earlier one; takes one out (none is no error). */
err text_store_put(struct db *db, struct arena *mem, const char *collection,
                   const struct text_doc *doc);
/* See text_store_put. */
err text_store_remove(struct db *db, struct arena *mem, const char *collection, i64 item_id);

/* Takes out every document of every organisation. */
err text_store_clear(struct db *db);

/* Newest first: struct text_hit rows. With the texts, which may be too many for a request's memory,
 * one at a time: fn gets each struct text_doc, and mem is reset after it. */
err text_store_hits(struct db *db, const struct text_ask *ask, struct arena *mem, struct rows *out);
struct text_each {
    struct arena *mem;
    err (*fn)(void *context, void *doc);
    void *context;
};
err text_store_docs(struct db *db, const struct text_ask *ask, const struct text_each *each);

/* The newest documents of a collection by their item, whatever they say: the sample for weights. By
 * the index: in the order of id a million would be read and sorted for it. */
err text_store_newest(struct db *db, const char *collection, i64 limit,
                      const struct text_each *each);

/* How many documents a collection has behind an item (0 = all), counted up to a most. */
err text_store_count(struct db *db, const char *collection, i64 after, i64 most, i64 *count);
#endif
