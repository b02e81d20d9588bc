/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Search by words: newest first, or by relevance over a capped set of candidates. Statements:
 * text_store.c. Likeness: twins.c. Passages and differences: passage.c. */
#include "platform/text/text.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "platform/text/terms.h"
#include "platform/text/text_store.h"

enum { CANDIDATES_MAX = 2000, FALLBACK_TOKENS = 64 };

err text_index(struct rq *rq, const char *collection, i64 id, str title, str body)
{
    assert(id > 0);
    struct text_doc doc = { .item_id = id,
                            .title = fold_text(rq->mem, title),
                            .body = fold_text(rq->mem, body) };
    return text_store_put(rq->db, rq->mem, collection, &doc);
}

err text_remove(struct rq *rq, const char *collection, i64 id)
{
    assert(id > 0);
    return text_store_remove(rq->db, rq->mem, collection, id);
}

static struct text_ask ask_of(struct rq *rq, const char *collection, const struct words *words)
{
    bool fts = db_engine(rq->db) == DB_SQLITE;
    str scope = terms_scope(rq->mem, collection, db_org(rq->db), fts);
    return (struct text_ask){ .scope = scope,
                              .terms = terms_all(rq->mem, scope, words, fts),
                              .words = words };
}

err text_search(struct rq *rq, const struct text_query *query, struct rows *out)
{
    struct words words = words_of(rq->mem, query->words);
    assert(query->limit > 0);
    *out = (struct rows){ .size = sizeof(struct text_hit) };
    if (words.count == 0)
        return OK;
    struct text_ask ask = ask_of(rq, query->collection, &words);
    ask.before = query->before;
    ask.limit = query->limit;
    return text_store_hits(rq->db, &ask, rq->mem, out);
}

struct text_terms text_terms_of(struct rq *rq, const char *collection, str text)
{
    struct words words = words_of(rq->mem, text);
    str empty = str_of("");
    if (words.count > 4)
        words.count = 4;
    struct text_ask ask = ask_of(rq, collection, &words);
    return (struct text_terms){
        .text_terms = ask.terms,
        .text_word1 = words.count > 0 ? words.items[0] : empty,
        .text_word2 = words.count > 1 ? words.items[1] : empty,
        .text_word3 = words.count > 2 ? words.items[2] : empty,
        .text_word4 = words.count > 3 ? words.items[3] : empty,
        .empty = words.count == 0,
    };
}

/* ---- relevance ---- */

struct scored {
    double score;
    const struct text_doc *doc;
};

static i64 occurrences(str text, str word)
{
    i64 n = 0;
    for (i64 at = str_find(text, word, 0); at >= 0;
         at = str_find(text, word, (size_t)at + word.len))
        n++;
    return n;
}

/* BM25 with k1 = 1.2, b = 0.5; a hit in the title counts as four in the text. */
static double bm25(const struct text_doc *doc, const strs *words, const double *idf, double average)
{
    double score = 0, length = (double)(doc->body.len + doc->title.len);
    for (size_t i = 0; i < words->count; i++) {
        double tf = (double)(occurrences(doc->body, words->items[i]) +
                             4 * occurrences(doc->title, words->items[i]));
        score += idf[i] * tf * 2.2 / (tf + 1.2 * (0.5 + 0.5 * length / average));
    }
    return score;
}

static int by_score(const void *a, const void *b)
{
    const struct scored *x = a, *y = b;
    if (x->score != y->score)
        return x->score < y->score ? 1 : -1;
    return x->doc->id < y->doc->id ? 1 : x->doc->id > y->doc->id ? -1 : 0;
}

static void rank(struct rq *rq, const struct rows *docs, const strs *words, i64 limit,
                 struct rows *out)
{
    const struct text_doc *all = docs->items;
    double *idf = arena_array(rq->mem, words->count, sizeof *idf), total = 1;
    for (size_t i = 0; i < words->count; i++) {
        size_t df = 0;
        for (size_t d = 0; d < docs->count; d++)
            df += str_find(all[d].body, words->items[i], 0) >= 0 ||
                  str_find(all[d].title, words->items[i], 0) >= 0;
        idf[i] = log(1 + ((double)docs->count - (double)df + 0.5) / ((double)df + 0.5));
    }
    for (size_t d = 0; d < docs->count; d++)
        total += (double)(all[d].body.len + all[d].title.len);
    struct scored *scored = arena_array(rq->mem, docs->count, sizeof *scored);
    for (size_t d = 0; d < docs->count; d++)
        scored[d] =
            (struct scored){ bm25(&all[d], words, idf, total / (double)docs->count), &all[d] };
    qsort(scored, docs->count, sizeof *scored, by_score);
    size_t n = docs->count < (size_t)limit ? docs->count : (size_t)limit;
    struct text_hit *hits = arena_array(rq->mem, n, sizeof *hits);
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (scored[i].score > 0)
            hits[kept++] = (struct text_hit){ scored[i].doc->id, scored[i].doc->item_id };
    *out = (struct rows){ hits, kept, sizeof *hits };
}

/* No document has every word: those with any token of them, e.g. of a clause remembered not quite
 * rightly. */
static err search_some(struct rq *rq, struct text_ask *ask, const struct words *words, i64 limit,
                       struct rows *out)
{
    strs tokens = { 0 };
    struct fold_token t;
    struct rows docs;
    for (size_t i = 0; i < words->count; i++)
        for (size_t at = 0;
             tokens.count < FALLBACK_TOKENS && fold_next(words->items[i], &at, false, &t);)
            strs_add(rq->mem, &tokens, t.text);
    ask->terms = terms_any(rq->mem, ask->scope, &tokens, db_engine(rq->db) == DB_SQLITE);
    ask->any = true;
    TRY(text_store_docs(rq->db, ask, rq->mem, &docs));
    rank(rq, &docs, &tokens, limit, out);
    return OK;
}

err text_search_best(struct rq *rq, const struct text_query *query, struct rows *out)
{
    struct words words = words_of(rq->mem, query->words);
    assert(query->limit > 0);
    *out = (struct rows){ .size = sizeof(struct text_hit) };
    if (words.count == 0)
        return OK;
    struct rows docs;
    struct text_ask ask = ask_of(rq, query->collection, &words);
    ask.limit = CANDIDATES_MAX;
    TRY(text_store_docs(rq->db, &ask, rq->mem, &docs));
    strs list = { words.items, words.count };
    if (docs.count)
        rank(rq, &docs, &list, query->limit, out);
    return out->count ? OK : search_some(rq, &ask, &words, query->limit, out);
}

err text_reindex(struct rq *rq, const struct text_source *source, i64 *after)
{
    struct rows docs = { .size = sizeof(struct text_document) };
    struct arena_mark mark = arena_mark(rq->mem);
    TRY(source->each(rq, *after, 200, &docs));
    const struct text_document *all = docs.items;
    i64 last = 0;
    for (size_t i = 0; i < docs.count; i++) {
        struct arena_mark each = arena_mark(rq->mem);
        TRY(text_index(rq, source->collection, all[i].id, all[i].title, all[i].body));
        last = all[i].id;
        arena_reset_to(rq->mem, each);
    }
    arena_reset_to(rq->mem, mark);
    *after = last;
    return OK;
}
