/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Votes for candidates, the placing of a text among them, and how many come within some days. */
#include <assert.h>
#include <stdlib.h>

#include "platform/text/gather.h"

/* ---- votes ---- */

struct ballot {
    i64 id, key, votes;
};

static int by_id(const void *a, const void *b)
{
    const struct ballot *x = a, *y = b;
    if (x->id != y->id)
        return x->id < y->id ? -1 : 1;
    return x->key < y->key ? -1 : x->key > y->key;
}

static int by_votes(const void *a, const void *b)
{
    const struct ballot *x = a, *y = b;
    return x->votes != y->votes ? x->votes < y->votes ? 1 : -1 : by_id(a, b);
}

void gather_vote(struct arena *mem, const struct gather_vector *v, const struct gather_posts *posts,
                 size_t limit, ids *out)
{
    struct ballot *all = arena_array(mem, posts->count + 1, sizeof *all);
    size_t given = 0, n = 0;
    for (size_t i = 0; i < posts->count; i++) {
        const struct gather_post *post = &posts->items[i];
        assert(post->key >= 0 && (size_t)post->key < v->count);
        i64 weight = v->terms[post->key].weight;
        if (post->id)
            all[given++] = (struct ballot){ post->id, post->key, weight * weight };
    }
    qsort(all, given, sizeof *all, by_id);
    for (size_t i = 0; i < given; i++) {
        if (n && all[n - 1].id == all[i].id) {
            all[n - 1].votes += all[n - 1].key == all[i].key ? 0 : all[i].votes;
            all[n - 1].key = all[i].key;
        } else {
            all[n++] = all[i];
        }
    }
    qsort(all, n, sizeof *all, by_votes);
    out->count = n < limit ? n : limit;
    out->items = arena_array(mem, out->count + 1, sizeof *out->items);
    for (size_t i = 0; i < out->count; i++)
        out->items[i] = all[i].id;
}

/* ---- placing ---- */

struct near {
    i64 degree;
    const struct gather_candidate *candidate;
};

static int nearest(const void *a, const void *b)
{
    const struct near *x = a, *y = b;
    if (x->degree != y->degree)
        return x->degree < y->degree ? 1 : -1;
    return x->candidate->id < y->candidate->id ? -1 : x->candidate->id > y->candidate->id;
}

static bool is_apart(const struct gather_ask *ask, i64 a, i64 b)
{
    for (size_t i = 0; i < ask->apart_count; i++)
        if ((ask->apart[i].a == a && ask->apart[i].b == b) ||
            (ask->apart[i].a == b && ask->apart[i].b == a))
            return true;
    return false;
}

/* Whether it may become one with what the text has brought together so far. */
static bool may_join(const struct gather_ask *ask, const struct gather_placing *p,
                     const struct gather_candidate *c)
{
    bool apart = is_apart(ask, c->id, p->into);
    for (size_t i = 0; i < p->joined.count; i++)
        apart = apart || is_apart(ask, c->id, p->joined.items[i]);
    return !apart && gather_degree_two(&p->profile, &c->profile) >= GATHER_JOIN;
}

void gather_place(struct arena *mem, const struct gather_ask *ask, struct gather_placing *out)
{
    struct near *all = arena_array(mem, ask->count + 1, sizeof *all);
    *out = (struct gather_placing){ .joined.items = arena_array(mem, GATHER_JOINS, sizeof(i64)) };
    for (size_t i = 0; i < ask->count; i++) {
        const struct gather_candidate *c = &ask->candidates[i];
        assert(c->id > 0);
        all[i] = (struct near){ gather_degree(ask->vector, &c->profile), c };
    }
    qsort(all, ask->count, sizeof *all, nearest);
    if (ask->count && all[0].degree >= GATHER_PLACE) {
        out->into = out->stays = all[0].candidate->id;
        out->degree = all[0].degree;
        out->profile = all[0].candidate->profile;
    }
    gather_add(mem, &out->profile, ask->vector);
    for (size_t i = 1; i <= GATHER_JOINS && i < ask->count && all[i].degree >= GATHER_PLACE; i++) {
        const struct gather_candidate *c = all[i].candidate;
        if (!may_join(ask, out, c))
            continue;
        gather_merge(mem, &out->profile, &c->profile);
        out->joined.items[out->joined.count++] = c->id;
        out->stays = c->id < out->stays ? c->id : out->stays;
    }
}

/* ---- how hot ---- */

struct gather_crowd gather_crowd_of(const i64 *days, size_t count, i64 span)
{
    struct gather_crowd best = { 0 };
    assert(span > 0);
    for (size_t last = 0, first = 0; last < count; last++) {
        assert(last == 0 || days[last] >= days[last - 1]);
        while (days[last] - days[first] >= span)
            first++;
        if ((i64)(last - first + 1) > best.most)
            best = (struct gather_crowd){ (i64)(last - first + 1), days[first], days[last] };
    }
    return best;
}
