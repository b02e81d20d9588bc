/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Search and likeness over Chinese text: one bigram tokenizer for both engines, with folding of
 * width, case and traditional/simplified forms (fold.h). Every true hit is found, two-character
 * words too. Words of the interface: texts.h. */
#ifndef HT_TEXT_TEXT_H
#define HT_TEXT_TEXT_H
#include "platform/web/web.h"

/* Puts a document into the index of a collection, replacing an earlier one; in the present
 * transaction. */
err text_index(struct rq *rq, const char *collection, i64 id, str title, str body);

/* Takes a document out; none there is no error. */
err text_remove(struct rq *rq, const char *collection, i64 id);

/* A search: documents that contain every word (words are split at white space, at most 8 count; 4
 * where a list is filtered; a word with marks inside must stand so in the text). before: only
 * documents indexed before this one, 0 = from the newest. */
struct text_query {
    const char *collection;
    str words;
    i64 before; /* text_hit.doc_id of the last one seen */
    i64 limit;
};
struct text_hit {
    i64 doc_id, item_id;
};

/* Newest first; struct text_hit rows. A query without any letter finds nothing. */
err text_search(struct rq *rq, const struct text_query *query, struct rows *out);

/* The same by relevance: BM25 over at most 2,000 candidates; where no document has every word,
 * those with some of them. */
err text_search_best(struct rq *rq, const struct text_query *query, struct rows *out);

/* For platform/list: a literal that joins the hits as `hits (doc_id, item_id)`, newest = highest
 * doc_id, by parameters :text_terms and, on PostgreSQL, :text_word1 … :text_word4 from
 * text_terms_of. Engine-specific. */
const char *text_list_sql(const struct db *db);
struct text_terms {
    str text_terms;
    str text_word1, text_word2, text_word3, text_word4; /* used on PostgreSQL only */
    bool empty;                                         /* no word to look for */
    bool walkable; /* text_check_put says the same as the index: SQLite, words of Han only */
};
struct text_terms text_terms_of(struct rq *rq, const char *collection, str words);

/* For a list that walks its own order where hits are frequent: a condition on one row, whose key
 * the statement calls `key` ("p.id"), by the parameters :text_collection and :text_word1 …
 * :text_word4. Equals the index where the terms are walkable. */
void text_check_put(struct buf *b, const char *key);

/* The documents most like a text, best first, with a degree 1..100; at most limit. */
struct twin {
    i64 item_id, degree;
};
struct twin_query {
    const char *collection;
    i64 self_id; /* not shown; 0 = not stored yet */
    str title, body;
    i64 limit;
};
err text_twins(struct rq *rq, const struct twin_query *query, struct rows *out);

/* A passage of about `chars` characters round the first hit; hits in <mark>, everything escaped. */
html text_snippet(struct arena *mem, str text, str words, i64 chars);

/* Difference of two texts as escaped HTML with <del> and <ins>, by characters; texts that are too
 * different or too long to compare as all of the one, then all of the other. Only the result is in
 * mem: what the comparison needs is freed at its end. */
html text_diff(struct arena *mem, str before, str after);

/* How `huotang reindex` reads a collection's texts again: struct text_document rows with id >
 * after, ascending. One call indexes one batch: *after is the last id done before, and becomes the
 * last id done now; 0 = finished. */
struct text_document {
    i64 id;
    str title, body;
};
struct text_source {
    const char *collection;
    err (*each)(struct rq *rq, i64 after, i64 limit, struct rows *out);
};
err text_reindex(struct rq *rq, const struct text_source *source, i64 *after);

/* Empties the index of every organisation, so that what follows builds it anew whatever state it
 * was in: words of texts that are gone, a damaged index. */
err text_clear(struct rq *rq);
#endif
