/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Bags of tokens and frequencies of documents. No database: weights_kept.c. */
#include "platform/text/weights.h"

#include <assert.h>
#include <math.h>

#include "platform/text/fold.h"

enum { COMMON_LEAST = 25, COMMON_PART = 4 };

struct text_weights {
    i64 docs;
    struct text_bag df, one; /* one: of the document that is being counted */
};

uint32_t text_key(str token)
{
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < token.len; i++)
        h = (h ^ (unsigned char)token.ptr[i]) * 16777619u;
    return h ? h : 1;
}

/* ---- bags ---- */

struct text_bag text_bag_new(struct arena *mem, size_t capacity)
{
    size_t size = 16;
    while (size < capacity)
        size *= 2;
    return (struct text_bag){ arena_array(mem, size, sizeof(struct text_bag_item)), size, 0, mem };
}

static struct text_bag_item *slot_of(const struct text_bag *bag, uint32_t key)
{
    assert(key);
    size_t i = (key * 2654435769u) & (bag->capacity - 1);
    while (bag->items[i].key && bag->items[i].key != key)
        i = (i + 1) & (bag->capacity - 1);
    return &bag->items[i];
}

void text_bag_add(struct text_bag *bag, uint32_t key, uint32_t by)
{
    if (bag->count * 2 >= bag->capacity) {
        struct text_bag more = text_bag_new(bag->mem, bag->capacity * 2);
        for (size_t i = 0; i < bag->capacity; i++)
            if (bag->items[i].key)
                *slot_of(&more, bag->items[i].key) = bag->items[i];
        more.count = bag->count;
        *bag = more;
    }
    struct text_bag_item *item = slot_of(bag, key);
    bag->count += item->key == 0;
    item->key = key;
    item->count = item->count > UINT32_MAX - by ? UINT32_MAX : item->count + by;
}

uint32_t text_bag_count(const struct text_bag *bag, uint32_t key)
{
    return slot_of(bag, key)->count;
}

static bool is_alone(const struct fold_token *token)
{
    size_t first = 0;
    if (!token->chinese)
        return false;
    str_next_char(token->text, &first);
    return first == token->text.len;
}

void text_bag_add_text(struct text_bag *bag, str folded, uint32_t by)
{
    struct fold_token token;
    for (size_t at = 0; fold_next(folded, &at, false, &token);)
        if (!is_alone(&token))
            text_bag_add(bag, text_key(token.text), by);
}

static void bag_clear(struct text_bag *bag)
{
    memset(bag->items, 0, bag->capacity * sizeof *bag->items);
    bag->count = 0;
}

/* ---- frequencies ---- */

struct text_weights *text_weights_new(struct arena *mem)
{
    struct text_weights *w = arena_zero(mem, sizeof *w);
    w->df = text_bag_new(mem, 4096);
    w->one = text_bag_new(mem, 1024);
    return w;
}

void text_weights_add(struct text_weights *w, str title, str body)
{
    bag_clear(&w->one);
    text_bag_add_text(&w->one, title, 1);
    text_bag_add_text(&w->one, body, 1);
    for (size_t i = 0; i < w->one.capacity; i++)
        if (w->one.items[i].key)
            text_bag_add(&w->df, w->one.items[i].key, 1);
    w->docs++;
}

i64 text_weights_docs(const struct text_weights *w)
{
    return w->docs;
}

double text_weights_idf(const struct text_weights *w, uint32_t key)
{
    i64 df = text_bag_count(&w->df, key);
    assert(df <= w->docs);
    if (df > COMMON_LEAST && df * COMMON_PART > w->docs)
        return 0;
    return log(((double)w->docs + 1) / ((double)df + 0.5));
}
