/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Search by words: newest first, or by relevance over a capped set of candidates. Statements:
 * text_store.c. Likeness: twins.c. Passages and differences: passage.c. */
#include "platform/text/text.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "platform/text/terms.h"
#include "platform/text/text_store.h"

enum { CANDIDATES_MAX = 2000, FALLBACK_TOKENS = 64, DOC_CAP = 16 << 20 };

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

/* A phrase of bigrams stands in a text exactly where the run of characters does; words of other
 * letters must stand whole, which a substring does not tell. */
static bool is_chinese(str word)
{
    for (size_t at = 0; at < word.len;) {
        uint32_t c = str_next_char(word, &at);
        if (!fold_is_chinese(c) || c == 0x30FB)
            return false;
    }
    return word.len > 0;
}

static bool are_walkable(const struct rq *rq, const struct words *words)
{
    bool chinese = db_engine(rq->db) == DB_SQLITE && words->count > 0;
    for (size_t i = 0; i < words->count; i++)
        chinese = chinese && is_chinese(words->items[i]);
    return chinese;
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
        .walkable = are_walkable(rq, &words),
    };
}

/* ---- relevance ---- */

/* What relevance wants to know of a document; its text is not kept. */
struct scored {
    double score, length;
    i64 id, item_id;
    i64 *tf; /* of each word; a hit in the title counts as four in the text */
};

struct scoring {
    struct arena *mem;
    const strs *words;
    struct scored *docs;
    size_t count;
};

static i64 occurrences(str text, str word)
{
    i64 n = 0;
    for (i64 at = str_find(text, word, 0); at >= 0;
         at = str_find(text, word, (size_t)at + word.len))
        n++;
    return n;
}

static err measure(void *context, void *row)
{
    struct scoring *s = context;
    const struct text_doc *doc = row;
    if (s->count == CANDIDATES_MAX)
        return OK;
    struct scored *one = &s->docs[s->count++];
    *one = (struct scored){ .length = (double)(doc->body.len + doc->title.len),
                            .id = doc->id,
                            .item_id = doc->item_id,
                            .tf = arena_array(s->mem, s->words->count, sizeof(i64)) };
    for (size_t i = 0; i < s->words->count; i++)
        one->tf[i] = occurrences(doc->body, s->words->items[i]) +
                     4 * occurrences(doc->title, s->words->items[i]);
    return OK;
}

/* BM25 with k1 = 1.2, b = 0.5. */
static double bm25(const struct scored *doc, size_t words, const double *idf, double average)
{
    double score = 0;
    for (size_t i = 0; i < words; i++) {
        double tf = (double)doc->tf[i];
        score += idf[i] * tf * 2.2 / (tf + 1.2 * (0.5 + 0.5 * doc->length / average));
    }
    return score;
}

static int by_score(const void *a, const void *b)
{
    const struct scored *x = a, *y = b;
    if (x->score != y->score)
        return x->score < y->score ? 1 : -1;
    return x->id < y->id ? 1 : x->id > y->id ? -1 : 0;
}

/* Reads the documents of a question one by one, then orders them. */
static err rank(struct rq *rq, const struct text_ask *ask, const strs *words, i64 limit,
                struct rows *out)
{
    struct arena *each = arena_new(DOC_CAP, 0);
    struct scoring s = { .mem = rq->mem,
                         .words = words,
                         .docs = arena_array(rq->mem, CANDIDATES_MAX, sizeof *s.docs) };
    err e = text_store_docs(rq->db, ask, &(struct text_each){ each, measure, &s });
    arena_free(each);
    TRY(e);
    double *idf = arena_array(rq->mem, words->count, sizeof *idf), total = 1;
    for (size_t i = 0; i < words->count; i++) {
        size_t df = 0;
        for (size_t d = 0; d < s.count; d++)
            df += s.docs[d].tf[i] > 0;
        idf[i] = log(1 + ((double)s.count - (double)df + 0.5) / ((double)df + 0.5));
    }
    for (size_t d = 0; d < s.count; d++)
        total += s.docs[d].length;
    for (size_t d = 0; d < s.count; d++)
        s.docs[d].score = bm25(&s.docs[d], words->count, idf, total / (double)s.count);
    qsort(s.docs, s.count, sizeof *s.docs, by_score);
    size_t n = s.count < (size_t)limit ? s.count : (size_t)limit, kept = 0;
    struct text_hit *hits = arena_array(rq->mem, n, sizeof *hits);
    for (size_t i = 0; i < n; i++)
        if (s.docs[i].score > 0)
            hits[kept++] = (struct text_hit){ s.docs[i].id, s.docs[i].item_id };
    *out = (struct rows){ hits, kept, sizeof *hits };
    return OK;
}

/* No document has every word: those with any token of them, e.g. of a clause remembered not quite
 * rightly. */
static err search_some(struct rq *rq, struct text_ask *ask, const struct words *words, i64 limit,
                       struct rows *out)
{
    strs tokens = { 0 };
    struct fold_token t;
    for (size_t i = 0; i < words->count; i++)
        for (size_t at = 0;
             tokens.count < FALLBACK_TOKENS && fold_next(words->items[i], &at, false, &t);)
            strs_add(rq->mem, &tokens, t.text);
    ask->terms = terms_any(rq->mem, ask->scope, &tokens, db_engine(rq->db) == DB_SQLITE);
    ask->any = true;
    return rank(rq, ask, &tokens, limit, out);
}

err text_search_best(struct rq *rq, const struct text_query *query, struct rows *out)
{
    struct words words = words_of(rq->mem, query->words);
    assert(query->limit > 0);
    *out = (struct rows){ .size = sizeof(struct text_hit) };
    if (words.count == 0)
        return OK;
    struct text_ask ask = ask_of(rq, query->collection, &words);
    ask.limit = CANDIDATES_MAX;
    strs list = { words.items, words.count };
    TRY(rank(rq, &ask, &list, query->limit, out));
    return out->count ? OK : search_some(rq, &ask, &words, query->limit, out);
}

err text_clear(struct rq *rq)
{
    return text_store_clear(rq->db);
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
