/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Likeness of documents: TF-IDF over bigrams and words, cosine. Weights come from a sample of the
 * newest documents, kept per organisation and collection for ten minutes. Candidates are found by
 * the text's rarest tokens, then compared whole. */
#include <assert.h>
#include <math.h>
#include <pthread.h>
#include <stdlib.h>

#include "platform/text/terms.h"

#include "platform/text/text.h"
#include "platform/text/text_store.h"
#include <assert.h>

enum {
    SAMPLE = 400,
    CANDIDATES = 1200,
    TERMS_MAX = 48,
    KEEP_MS = 600000,
    SLOTS = 32,
    TITLE_WEIGHT = 3
};

/* Document frequencies of a sample. Only read after it was made. */
struct sample {
    i64 org_id, made_at, docs, total;
    str collection;
    struct tally df;
    struct arena *mem;
};

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
static struct sample *slots[SLOTS]; /* under lock */

static void count_tokens(struct tally *t, str folded, i64 weight)
{
    struct fold_token token;
    for (size_t at = 0; fold_next(folded, &at, false, &token);)
        tally_of(t, token.text)->count += weight;
}

/* A document of the sample; scratch is emptied after it. */
struct sampling {
    struct sample *sample;
    struct arena *scratch;
};

static err count_document(void *context, void *row)
{
    struct sampling *c = context;
    const struct text_doc *doc = row;
    struct sample *s = c->sample;
    struct tally one = tally_new(c->scratch, 512);
    count_tokens(&one, doc->title, 1);
    count_tokens(&one, doc->body, 1);
    for (size_t i = 0; i < one.capacity; i++) {
        if (!one.items[i].text.ptr)
            continue;
        struct tally_item *item = tally_of(&s->df, one.items[i].text);
        if (item->count++ == 0)
            item->text = arena_str(s->mem, item->text);
    }
    s->docs++;
    return OK;
}

static err sample_make(struct rq *rq, const char *collection, struct sample **out)
{
    i64 total;
    TRY(text_store_count(rq->db, collection, 0, INT64_MAX, &total));
    struct arena *mem = arena_new(64 << 20, 0);
    struct sample *s = arena_zero(mem, sizeof *s);
    *s = (struct sample){ .org_id = db_org(rq->db),
                          .made_at = rq->now_ms,
                          .total = total,
                          .collection = arena_str(mem, str_of(collection)),
                          .df = tally_new(mem, 4096),
                          .mem = mem };
    struct sampling c = { s, arena_new(16 << 20, 0) };
    err e = text_store_newest(rq->db, collection, SAMPLE,
                              &(struct text_each){ c.scratch, count_document, &c });
    arena_free(c.scratch);
    if (e.code != ERR_NONE)
        arena_free(mem);
    TRY(e);
    *out = s;
    return OK;
}

static bool is_fresh(const struct rq *rq, const struct sample *s, const char *collection, i64 docs)
{
    return s && s->org_id == db_org(rq->db) && str_is(s->collection, collection) &&
           rq->now_ms - s->made_at < KEEP_MS && rq->now_ms >= s->made_at && s->docs == docs;
}

/* Calls use with a sample under the read lock. A collection smaller than the sample is taken anew
 * when it has grown. */
static err with_sample(struct rq *rq, const char *collection,
                       void (*use)(void *context, const struct sample *s), void *context)
{
    size_t slot = ((size_t)db_org(rq->db) * 31 + (unsigned char)collection[0]) % SLOTS;
    i64 docs;
    TRY(text_store_count(rq->db, collection, 0, SAMPLE, &docs));
    pthread_rwlock_rdlock(&lock);
    bool fresh = is_fresh(rq, slots[slot], collection, docs);
    if (fresh)
        use(context, slots[slot]);
    pthread_rwlock_unlock(&lock);
    if (fresh)
        return OK;
    struct sample *s;
    TRY(sample_make(rq, collection, &s));
    use(context, s);
    pthread_rwlock_wrlock(&lock);
    struct sample *old = slots[slot];
    slots[slot] = s;
    pthread_rwlock_unlock(&lock);
    if (old)
        arena_free(old->mem);
    return OK;
}

/* ---- the text that is compared ---- */

struct subject {
    struct arena *mem;
    struct tally tokens; /* weight_x100 = idf × 100 */
    strs terms;          /* rarest tokens, to find candidates by */
    i64 unknown_x100;    /* idf × 100 of a token that the sample has not */
};

static int by_weight(const void *a, const void *b)
{
    const struct tally_item *x = *(const struct tally_item *const *)a,
                            *y = *(const struct tally_item *const *)b;
    i64 wx = x->count * x->weight_x100, wy = y->count * y->weight_x100;
    return wx != wy ? wx < wy ? 1 : -1 : str_cmp(x->text, y->text);
}

static i64 idf_x100(const struct sample *s, str token, i64 *df)
{
    const struct tally_item *item = tally_find(&s->df, token);
    *df = item ? item->count : 0;
    return (i64)(100 * log(((double)s->docs + 1) / ((double)*df + 0.5)));
}

static void weigh(void *context, const struct sample *s)
{
    struct subject *subject = context;
    struct tally *t = &subject->tokens;
    const struct tally_item **order = arena_array(subject->mem, t->count + 1, sizeof *order);
    size_t n = 0;
    i64 df, left = CANDIDATES * 2;
    for (size_t i = 0; i < t->capacity; i++) {
        if (!t->items[i].text.ptr)
            continue;
        t->items[i].weight_x100 = idf_x100(s, t->items[i].text, &df);
        if (df * 4 <= s->docs || s->docs < 8)
            order[n++] = &t->items[i];
    }
    qsort(order, n, sizeof *order, by_weight);
    for (size_t i = 0; i < n && i < TERMS_MAX && left > 0; i++) {
        idf_x100(s, order[i]->text, &df);
        left -= s->docs ? (df * 2 + 1) * s->total / (s->docs * 2) + 1 : 1;
        strs_add(subject->mem, &subject->terms, order[i]->text);
    }
    subject->unknown_x100 = idf_x100(s, str_of(""), &df);
}

/* Weight of a token in a document: damped frequency × idf. */
static double weight(i64 count, i64 idf)
{
    return (1 + log((double)count)) * (double)(idf > 0 ? idf : 0) / 100;
}

static double norm(const struct tally *t)
{
    double sum = 0;
    for (size_t i = 0; i < t->capacity; i++) {
        double w = t->items[i].text.ptr ? weight(t->items[i].count, t->items[i].weight_x100) : 0;
        sum += w * w;
    }
    return sqrt(sum);
}

static double cosine(const struct subject *subject, double own_norm, struct tally *doc)
{
    double dot = 0, sum = 0;
    for (size_t i = 0; i < doc->capacity; i++) {
        struct tally_item *item = &doc->items[i];
        if (!item->text.ptr)
            continue;
        const struct tally_item *same = tally_find(&subject->tokens, item->text);
        double w = weight(item->count, same ? same->weight_x100 : subject->unknown_x100);
        sum += w * w;
        if (same)
            dot += w * weight(same->count, same->weight_x100);
    }
    return sum > 0 && own_norm > 0 ? dot / (sqrt(sum) * own_norm) : 0;
}

static int by_degree(const void *a, const void *b)
{
    const struct twin *x = a, *y = b;
    if (x->degree != y->degree)
        return x->degree < y->degree ? 1 : -1;
    return x->item_id < y->item_id ? 1 : -1;
}

/* What is gathered while the candidates come by, one at a time. */
struct comparing {
    const struct subject *subject;
    double own;
    i64 self_id;
    struct arena *scratch; /* emptied after each */
    struct twin *twins;
    size_t count;
};

static err compare(void *context, void *row)
{
    struct comparing *c = context;
    const struct text_doc *doc = row;
    struct tally one = tally_new(c->scratch, 512);
    count_tokens(&one, doc->title, TITLE_WEIGHT);
    count_tokens(&one, doc->body, 1);
    i64 degree = (i64)(100 * cosine(c->subject, c->own, &one) + 0.5);
    if (doc->item_id != c->self_id && degree > 0 && c->count < CANDIDATES)
        c->twins[c->count++] = (struct twin){ doc->item_id, degree > 100 ? 100 : degree };
    return OK;
}

err text_twins(struct rq *rq, const struct twin_query *query, struct rows *out)
{
    assert(query->collection && query->limit > 0);
    bool fts = db_engine(rq->db) == DB_SQLITE;
    struct subject subject = { .mem = rq->mem, .tokens = tally_new(rq->mem, 512) };
    *out = (struct rows){ .size = sizeof(struct twin) };
    count_tokens(&subject.tokens, fold_text(rq->mem, query->title), TITLE_WEIGHT);
    count_tokens(&subject.tokens, fold_text(rq->mem, query->body), 1);
    if (subject.tokens.count == 0)
        return OK;
    TRY(with_sample(rq, query->collection, weigh, &subject));
    str scope = terms_scope(rq->mem, query->collection, db_org(rq->db), fts);
    struct words none = { .count = 0 };
    struct text_ask ask = { .scope = scope,
                            .terms = terms_any(rq->mem, scope, &subject.terms, fts),
                            .words = &none,
                            .limit = CANDIDATES,
                            .any = true };
    if (subject.terms.count == 0)
        return OK;
    struct comparing c = { .subject = &subject,
                           .own = norm(&subject.tokens),
                           .self_id = query->self_id,
                           .scratch = arena_new(16 << 20, 0),
                           .twins = arena_array(rq->mem, CANDIDATES, sizeof(struct twin)) };
    err e = text_store_docs(rq->db, &ask, &(struct text_each){ c.scratch, compare, &c });
    arena_free(c.scratch);
    TRY(e);
    qsort(c.twins, c.count, sizeof *c.twins, by_degree);
    out->items = c.twins;
    out->count = c.count < (size_t)query->limit ? c.count : (size_t)query->limit;
    return OK;
}
