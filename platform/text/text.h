/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Search and likeness over Chinese text: one bigram tokenizer for both engines (FTS5 tokenizer, tsvector), with folding of width, case and
 * traditional/simplified forms. Every true hit is found, two-character words too. Words of the interface: texts.h. */
#ifndef HT_TEXT_TEXT_H
#define HT_TEXT_TEXT_H
#include "platform/web/web.h"

/* Folds: full width to half, upper to lower case, traditional to simplified (tables in data/text/), other marks to space. */
str text_fold(struct arena *mem, str s);

/* Puts a document into the index of a collection, replacing an earlier one; in the present transaction. text: all searchable words;
 * title counts more. Removing deletes it. */
err text_index(struct rq *rq, const char *collection, i64 id, str title, str text);
err text_remove(struct rq *rq, const char *collection, i64 id);

/* Ids that contain every word of the query (words split at spaces; "…" = exact phrase), newest first (highest id). before: only ids
 * below it, 0 = from the newest. */
struct text_query {
    const char *collection;
    str words;
    i64 before;
    i64 limit;
};
err text_search(struct rq *rq, const struct text_query *query, ids *out);

/* The same by relevance (BM25 over at most 2,000 candidates). */
err text_search_best(struct rq *rq, const struct text_query *query, ids *out);

/* SQL that platform/list adds for ?q= (engine-specific, literal): a subquery giving the ids; parameter :text_match made by
 * text_match. */
const char *text_list_sql(const struct db *db);
str text_match(struct rq *rq, const char *collection, str words);

/* The ids most like a text, best first, with a degree 0..100; itself excluded. At most limit. */
struct twin {
    i64 id, degree;
};
struct twin_query {
    const char *collection;
    i64 self_id; /* 0 = not stored yet */
    str title, text;
    i64 limit;
};
err text_twins(struct rq *rq, const struct twin_query *query, struct rows *out);

/* A passage of about `chars` characters around the first hit; hits wrapped in <mark>, everything else escaped. */
html text_snippet(struct arena *mem, str text, str words, i64 chars);

/* Rebuilds the index of all collections from their sources (`huotang reindex`): each module declares how to read its texts. */
struct text_source {
    const char *collection;
    err (*each)(struct rq *rq, i64 after_id, i64 limit, struct rows *out); /* struct text_document rows */
};
struct text_document {
    i64 id;
    str title, text;
};

/* Difference of two texts by characters and words, as escaped HTML with <del> and <ins>. */
html text_diff(struct arena *mem, str before, str after);
#endif
