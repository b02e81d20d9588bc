/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Groups of texts that are alike, by average link: a text joins a group when it is like all of it,
 * not when it is like one of it, so that no chain leads from one matter to another. Likeness:
 * platform/text/likeness.c. */
#include <stdlib.h>

#include "modules/mergers/merger_groups.h"

/* Clusters while they grow; one that was joined to another has no members. sums[x × count + y]:
 * of the degrees between two. */
struct clusters {
    size_t count;
    struct merger_group *items;
    i64 *sums;
    const struct merger_limits *limits;
};

/* x and y of the next two to join, with the sum between them. */
struct link {
    size_t x, y;
    i64 sum, pairs;
};

static bool is_better(const struct link *one, const struct link *other)
{
    return one->sum * other->pairs > other->sum * one->pairs;
}

/* The first of the best, so that the same texts give the same groups. */
static bool find_link(const struct clusters *c, struct link *out)
{
    *out = (struct link){ .pairs = 1 };
    for (size_t x = 0; x < c->count; x++)
        for (size_t y = x + 1; y < c->count; y++) {
            i64 pairs = (i64)(c->items[x].count * c->items[y].count);
            struct link link = { x, y, c->sums[x * c->count + y], pairs };
            bool fits = pairs && c->items[x].count + c->items[y].count <= c->limits->size_max;
            if (fits && link.sum >= c->limits->least * pairs && is_better(&link, out))
                *out = link;
        }
    return out->sum > 0;
}

static void join(struct clusters *c, const struct link *link)
{
    struct merger_group *x = &c->items[link->x], *y = &c->items[link->y];
    i64 inner = x->mean + y->mean + link->sum; /* sums until the end */
    for (size_t i = 0; i < y->count; i++)
        x->members[x->count++] = y->members[i];
    y->count = 0;
    x->mean = inner;
    for (size_t z = 0; z < c->count; z++) {
        c->sums[link->x * c->count + z] += c->sums[link->y * c->count + z];
        c->sums[z * c->count + link->x] = c->sums[link->x * c->count + z];
    }
}

static int by_place(const void *a, const void *b)
{
    const size_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

static int by_mean(const void *a, const void *b)
{
    const struct merger_group *x = a, *y = b;
    if (x->mean != y->mean)
        return x->mean < y->mean ? 1 : -1;
    return x->members[0] < y->members[0] ? -1 : 1;
}

/* Each text that is like another one enough begins as a cluster of its own. */
static struct clusters clusters_begin(struct arena *scratch, const struct rows *pairs, size_t count,
                                      const struct merger_limits *limits)
{
    const struct text_pair *all = pairs->items;
    size_t *place = arena_array(scratch, count + 1, sizeof *place); /* from 1 */
    struct clusters c = { .limits = limits };
    c.items = arena_array(scratch, count + 1, sizeof *c.items);
    for (size_t i = 0; i < pairs->count; i++)
        if (all[i].degree >= limits->least)
            place[all[i].a] = place[all[i].b] = 1;
    for (size_t i = 0; i < count; i++) {
        if (!place[i])
            continue;
        struct merger_group *own = &c.items[c.count++];
        place[i] = c.count;
        own->members = arena_array(scratch, limits->size_max, sizeof *own->members);
        own->members[own->count++] = i;
    }
    c.sums = arena_array(scratch, c.count * c.count + 1, sizeof *c.sums);
    for (size_t i = 0; i < pairs->count; i++) {
        size_t a = place[all[i].a], b = place[all[i].b];
        if (a && b)
            c.sums[(a - 1) * c.count + b - 1] = c.sums[(b - 1) * c.count + a - 1] = all[i].degree;
    }
    return c;
}

void merger_groups(struct arena *mem, const struct rows *pairs, size_t count,
                   const struct merger_limits *limits, struct rows *out)
{
    struct arena *scratch = arena_new(256 << 20, 0);
    struct clusters c = clusters_begin(scratch, pairs, count, limits);
    struct link link;
    while (find_link(&c, &link))
        join(&c, &link);
    struct merger_group *groups = arena_array(mem, c.count + 1, sizeof *groups);
    *out = (struct rows){ groups, 0, sizeof *groups };
    for (size_t i = 0; i < c.count; i++) {
        size_t n = c.items[i].count;
        if (n < 2)
            continue;
        struct merger_group *g = &groups[out->count++];
        *g = (struct merger_group){ arena_array(mem, n, sizeof *g->members), n,
                                    c.items[i].mean / (i64)(n * (n - 1) / 2) };
        memcpy(g->members, c.items[i].members, n * sizeof *g->members);
        qsort(g->members, n, sizeof *g->members, by_place);
    }
    qsort(groups, out->count, sizeof *groups, by_mean);
    arena_free(scratch);
}
