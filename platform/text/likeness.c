/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Likeness of every text with every other: TF-IDF over bigrams and words, cosine; the titles a
 * second time by themselves, because a title says the matter and a text says much besides. One pass
 * over the postings of each token instead of comparing text by text. One text against all: twins.c.
 */
#include <math.h>
#include <stdlib.h>

#include "platform/text/likeness.h"
#include "platform/text/terms.h"

enum { SCRATCH_MAX = 512 << 20, NEAREST = 12, TITLE_WEIGHT = 3, TITLE_PERCENT = 20 };

struct entry {
    size_t token;
    double weight;
};

struct vector {
    struct entry *entries;
    size_t count;
};

/* What is compared: whole texts, or titles alone. */
struct space {
    struct arena *mem, *turn; /* turn: emptied after each text */
    const struct text_sample *texts;
    size_t count;
    struct tally df; /* weight_x100: number of the token */
    struct vector *vectors;
};

static void tokens_count(struct tally *t, str folded, i64 weight)
{
    struct fold_token token;
    for (size_t at = 0; fold_next(folded, &at, false, &token);)
        tally_of(t, token.text)->count += weight;
}

/* Tokens of one text with their frequencies; in df each counts once. */
static struct vector vector_of(struct space *s, str title, str body, i64 title_weight)
{
    struct tally own = tally_new(s->turn, 256);
    tokens_count(&own, fold_text(s->mem, title), title_weight);
    tokens_count(&own, fold_text(s->mem, body), 1);
    struct vector v = { arena_array(s->mem, own.count + 1, sizeof *v.entries), 0 };
    for (size_t i = 0; i < own.capacity; i++) {
        if (!own.items[i].text.ptr)
            continue;
        struct tally_item *all = tally_of(&s->df, own.items[i].text);
        if (all->count++ == 0)
            all->weight_x100 = (i64)s->df.count - 1;
        v.entries[v.count++] =
            (struct entry){ (size_t)all->weight_x100, (double)own.items[i].count };
    }
    arena_reset(s->turn);
    return v;
}

/* From frequencies to weights of a vector of length 1. */
static void vector_weigh(struct vector *v, const double *idf)
{
    double sum = 0;
    for (size_t i = 0; i < v->count; i++) {
        struct entry *e = &v->entries[i];
        e->weight = (1 + log(e->weight)) * idf[e->token];
        sum += e->weight * e->weight;
    }
    for (size_t i = 0; i < v->count; i++)
        v->entries[i].weight = sum > 0 ? v->entries[i].weight / sqrt(sum) : 0;
}

static struct space space_make(struct arena *mem, const struct text_sample *texts, size_t count,
                               bool whole)
{
    struct space s = { mem, arena_new(16 << 20, 0), texts, count, tally_new(mem, 4096), NULL };
    s.vectors = arena_array(mem, count + 1, sizeof *s.vectors);
    for (size_t i = 0; i < count; i++)
        s.vectors[i] = vector_of(&s, texts[i].title, whole ? texts[i].body : str_of(""),
                                 whole ? TITLE_WEIGHT : 1);
    arena_free(s.turn);
    double *idf = arena_array(mem, s.df.count + 1, sizeof *idf);
    for (size_t i = 0; i < s.df.capacity; i++)
        if (s.df.items[i].text.ptr)
            idf[s.df.items[i].weight_x100] =
                log(((double)count + 1) / ((double)s.df.items[i].count + 0.5));
    for (size_t i = 0; i < count; i++)
        vector_weigh(&s.vectors[i], idf);
    return s;
}

/* The texts met so far that have a token. */
struct posting {
    struct posted {
        size_t text;
        double weight;
    } * items;
    size_t count;
};

static struct posting *postings_new(const struct space *s)
{
    struct posting *all = arena_array(s->mem, s->df.count + 1, sizeof *all);
    for (size_t i = 0; i < s->df.capacity; i++) {
        const struct tally_item *item = &s->df.items[i];
        if (item->text.ptr)
            all[item->weight_x100].items =
                arena_array(s->mem, (size_t)item->count, sizeof *all->items);
    }
    return all;
}

/* Adds share × cosine to degrees[a × count + b] of every two texts of a part. */
static void space_compare(const struct space *s, double share, double *degrees)
{
    struct posting *postings = postings_new(s);
    for (size_t b = 0; b < s->count; b++) {
        const struct vector *v = &s->vectors[b];
        for (size_t i = 0; s->texts[b].part && i < v->count; i++) {
            struct posting *p = &postings[v->entries[i].token];
            double weight = v->entries[i].weight * share;
            for (size_t k = 0; k < p->count; k++)
                degrees[p->items[k].text * s->count + b] += p->items[k].weight * weight;
            p->items[p->count++] = (struct posted){ b, v->entries[i].weight };
        }
    }
}

/* ---- the nearest ---- */

static int by_degree(const void *a, const void *b)
{
    const struct text_pair *x = a, *y = b;
    if (x->degree != y->degree)
        return x->degree < y->degree ? 1 : -1;
    return x->b < y->b ? -1 : x->b > y->b;
}

/* What is to be found out about n texts: per mille, both ways. */
struct near {
    struct arena *mem;
    const struct text_sample *texts;
    size_t count;
    i64 *degrees;
    bool *is_near; /* [a × count + b]: b is among the nearest of a */
};

static void nearest_mark(struct near *n, size_t a, struct text_pair *room)
{
    size_t found = 0;
    for (size_t b = 0; b < n->count; b++)
        if (b != a && n->degrees[a * n->count + b] > 0)
            room[found++] = (struct text_pair){ a, b, n->degrees[a * n->count + b] };
    qsort(room, found, sizeof *room, by_degree);
    for (size_t i = 0; i < found && i < NEAREST; i++)
        n->is_near[a * n->count + room[i].b] = true;
}

static void degrees_round(struct near *n, const double *degrees)
{
    for (size_t a = 0; a < n->count; a++)
        for (size_t b = a + 1; b < n->count; b++) {
            i64 degree = (i64)(1000 * degrees[a * n->count + b] + 0.5);
            if (n->texts[a].part != n->texts[b].part)
                continue;
            degree = degree > 1000 ? 1000 : degree;
            n->degrees[a * n->count + b] = n->degrees[b * n->count + a] = degree;
        }
}

void text_pairs(struct arena *mem, const struct text_sample *texts, size_t count, struct rows *out)
{
    struct arena *scratch = arena_new(SCRATCH_MAX, 0);
    size_t cells = count * count + 1;
    double *degrees = arena_array(scratch, cells, sizeof *degrees);
    struct space bodies = space_make(scratch, texts, count, true);
    struct space titles = space_make(scratch, texts, count, false);
    space_compare(&bodies, (100 - TITLE_PERCENT) / 100.0, degrees);
    space_compare(&titles, TITLE_PERCENT / 100.0, degrees);
    struct near n = { scratch, texts, count, arena_array(scratch, cells, sizeof(i64)),
                      arena_array(scratch, cells, sizeof(bool)) };
    degrees_round(&n, degrees);
    struct text_pair *room = arena_array(scratch, count + 1, sizeof *room);
    for (size_t a = 0; a < count; a++)
        nearest_mark(&n, a, room);
    struct text_pair *pairs = arena_array(mem, count * NEAREST + 1, sizeof *pairs);
    *out = (struct rows){ pairs, 0, sizeof *pairs };
    for (size_t a = 0; a < count; a++)
        for (size_t b = a + 1; b < count; b++)
            if (n.is_near[a * count + b] && n.is_near[b * count + a])
                pairs[out->count++] = (struct text_pair){ a, b, n.degrees[a * count + b] };
    arena_free(scratch);
}
