/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Vectors and profiles: sums of weights, cosines, and how a profile is stored. Who is placed where:
 * gather_place.c. */
#include "platform/text/gather.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

enum { TITLE_WEIGHT = 3, HEAD = 1 + 4 + 8 + 2, TERM = 8, FORM = 1, ROUNDING = 8 };

/* ---- a text ---- */

struct weighed {
    double weight;
    uint32_t key;
};

static int by_weight(const void *a, const void *b)
{
    const struct weighed *x = a, *y = b;
    if (x->weight < y->weight || x->weight > y->weight)
        return x->weight < y->weight ? 1 : -1;
    return x->key < y->key ? -1 : x->key > y->key;
}

/* The root of idf, not idf: the rarest words of a letter are names that nobody else has. */
void gather_vector(struct arena *mem, const struct text_weights *w, str title, str body,
                   struct gather_vector *out)
{
    struct text_bag bag = text_bag_new(mem, 1024);
    text_bag_add_text(&bag, title, TITLE_WEIGHT);
    text_bag_add_text(&bag, body, 1);
    struct weighed *all = arena_array(mem, bag.count + 1, sizeof *all);
    size_t n = 0;
    for (size_t i = 0; i < bag.capacity; i++) {
        const struct text_bag_item *item = &bag.items[i];
        double idf = item->key ? text_weights_idf(w, item->key) : 0;
        if (idf > 0)
            all[n++] = (struct weighed){ (1 + log((double)item->count)) * sqrt(idf), item->key };
    }
    qsort(all, n, sizeof *all, by_weight);
    out->count = n < GATHER_TERMS ? n : GATHER_TERMS;
    double square = 0;
    for (size_t i = 0; i < out->count; i++)
        square += all[i].weight * all[i].weight;
    for (size_t i = 0; i < out->count; i++)
        out->terms[i] =
            (struct gather_term){ all[i].key,
                                  (int32_t)(GATHER_ONE * all[i].weight / sqrt(square) + 0.5) };
}

/* ---- a cluster ---- */

static int by_key(const void *a, const void *b)
{
    const struct gather_term *x = a, *y = b;
    return x->key < y->key ? -1 : x->key > y->key;
}

static int heaviest(const void *a, const void *b)
{
    const struct gather_term *x = a, *y = b;
    return x->weight != y->weight ? x->weight < y->weight ? 1 : -1 : by_key(a, b);
}

/* The sum of two lists by key, the lightest beyond the most left out. */
static void terms_add(struct arena *mem, struct gather_profile *p, const struct gather_term *terms,
                      size_t count)
{
    struct gather_term *sum = arena_array(mem, p->count + count + 1, sizeof *sum);
    size_t n = 0, i = 0, k = 0;
    while (i < p->count || k < count) {
        bool own = k == count || (i < p->count && p->terms[i].key <= terms[k].key);
        bool both = own && k < count && i < p->count && p->terms[i].key == terms[k].key;
        sum[n] = own ? p->terms[i] : terms[k];
        sum[n++].weight += both ? terms[k].weight : 0;
        i += own;
        k += !own || both;
    }
    if (n > GATHER_PROFILE) {
        qsort(sum, n, sizeof *sum, heaviest);
        n = GATHER_PROFILE;
        qsort(sum, n, sizeof *sum, by_key);
    }
    p->terms = sum;
    p->count = n;
}

static i64 dot(const struct gather_term *a, size_t a_count, const struct gather_term *b,
               size_t b_count)
{
    i64 sum = 0;
    for (size_t i = 0, k = 0; i < a_count && k < b_count;) {
        if (a[i].key == b[k].key)
            sum += (i64)a[i].weight * b[k].weight;
        bool first = a[i].key <= b[k].key, second = b[k].key <= a[i].key;
        i += first;
        k += second;
    }
    return sum;
}

/* A vector as a profile of one text, by key; terms: room for it. */
static struct gather_profile of_one(const struct gather_vector *v, struct gather_term *terms)
{
    struct gather_profile one = { 1, (i64)GATHER_ONE * GATHER_ONE, terms, v->count };
    assert(v->count <= GATHER_TERMS);
    memcpy(terms, v->terms, v->count * sizeof *terms);
    qsort(terms, v->count, sizeof *terms, by_key);
    return one;
}

void gather_merge(struct arena *mem, struct gather_profile *into,
                  const struct gather_profile *other)
{
    if (into->texts + other->texts > GATHER_TEXTS_MAX)
        return;
    into->square += 2 * dot(into->terms, into->count, other->terms, other->count) + other->square;
    assert(into->square >= 0);
    into->texts += other->texts;
    terms_add(mem, into, other->terms, other->count);
}

void gather_add(struct arena *mem, struct gather_profile *p, const struct gather_vector *v)
{
    struct gather_term terms[GATHER_TERMS];
    struct gather_profile one = of_one(v, terms);
    gather_merge(mem, p, &one);
}

static i64 cosine(i64 product, i64 square_a, i64 square_b)
{
    if (square_a <= 0 || square_b <= 0)
        return 0;
    double degree = 1000 * (double)product / (sqrt((double)square_a) * sqrt((double)square_b));
    return degree >= 1000 ? 1000 : (i64)degree;
}

i64 gather_degree_two(const struct gather_profile *a, const struct gather_profile *b)
{
    return cosine(dot(a->terms, a->count, b->terms, b->count), a->square, b->square);
}

i64 gather_degree(const struct gather_vector *v, const struct gather_profile *p)
{
    struct gather_term terms[GATHER_TERMS];
    struct gather_profile one = of_one(v, terms);
    return gather_degree_two(&one, p);
}

/* ---- stored ---- */

static void put(unsigned char **at, uint64_t value, size_t size)
{
    for (size_t i = 0; i < size; i++)
        *(*at)++ = (unsigned char)(value >> (8 * i));
}

static uint64_t take(const unsigned char **at, size_t size)
{
    uint64_t value = 0;
    for (size_t i = 0; i < size; i++)
        value |= (uint64_t) * (*at)++ << (8 * i);
    return value;
}

bytes gather_pack(struct arena *mem, const struct gather_profile *p)
{
    assert(p->count <= GATHER_PROFILE && p->texts <= GATHER_TEXTS_MAX);
    size_t length = HEAD + p->count * TERM;
    unsigned char *out = arena_zero(mem, length), *at = out;
    put(&at, FORM, 1);
    put(&at, (uint64_t)p->texts, 4);
    put(&at, (uint64_t)p->square, 8);
    put(&at, p->count, 2);
    for (size_t i = 0; i < p->count; i++) {
        put(&at, p->terms[i].key, 4);
        put(&at, (uint64_t)p->terms[i].weight, 4);
    }
    return (bytes){ out, length };
}

/* What no sum of so many texts can be is not believed: later sums would overflow. A vector may be
 * a little longer than 1 by the rounding of its weights. */
static bool is_sum(const struct gather_profile *p)
{
    if (p->texts < 0 || p->texts > GATHER_TEXTS_MAX)
        return false;
    i64 most = p->texts * (GATHER_ONE + ROUNDING), square = 0;
    for (size_t i = 0; i < p->count; i++) {
        const struct gather_term *t = &p->terms[i];
        if (t->weight <= 0 || t->weight > most || (i > 0 && t->key <= t[-1].key))
            return false;
        square += (i64)t->weight * t->weight;
        if (square > most * most)
            return false;
    }
    return p->square >= 0 && p->square <= most * most;
}

bool gather_unpack(struct arena *mem, bytes packed, struct gather_profile *out)
{
    const unsigned char *at = packed.ptr;
    if (packed.len < HEAD || take(&at, 1) != FORM)
        return false;
    struct gather_profile p = { .texts = (i64)take(&at, 4) };
    p.square = (i64)take(&at, 8);
    p.count = take(&at, 2);
    if (p.count > GATHER_PROFILE || packed.len != HEAD + p.count * TERM)
        return false;
    p.terms = arena_array(mem, p.count + 1, sizeof *p.terms);
    for (size_t i = 0; i < p.count; i++) {
        p.terms[i].key = (uint32_t)take(&at, 4);
        p.terms[i].weight = (int32_t)(uint32_t)take(&at, 4);
    }
    if (!is_sum(&p))
        return false;
    *out = p;
    return true;
}
