/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See merger_passages.h. */
#include "modules/mergers/merger_passages.h"

#include "platform/text/terms.h"

enum { PASSAGE = 8, SCRATCH_MAX = 64 << 20 };

/* Where each character of a text begins; one more for its end. */
struct places {
    size_t *at;
    size_t count;
};

static struct places places_of(struct arena *mem, str text)
{
    struct places p = { arena_array(mem, text.len + 2, sizeof *p.at), 0 };
    size_t at = 0;
    while (at < text.len) {
        p.at[p.count++] = at;
        (void)str_next_char(text, &at);
    }
    p.at[p.count] = text.len;
    return p;
}

static str slice(str text, const struct places *p, size_t from, size_t to)
{
    return (str){ text.ptr + p->at[from], p->at[to] - p->at[from] };
}

/* In how many of the texts each passage stands: count; weight_x100: the last of them, from 1. */
static void passages_count(struct tally *t, str text, const struct places *p, i64 number)
{
    for (size_t i = 0; i + PASSAGE <= p->count; i++) {
        struct tally_item *item = tally_of(t, slice(text, p, i, i + PASSAGE));
        item->count += item->weight_x100 != number;
        item->weight_x100 = number;
    }
}

/* A stretch does not begin with the mark that ends another sentence. */
static void marks_trim(str text, const struct places *p, bool *same)
{
    for (size_t i = 1; i < p->count; i++) {
        size_t at = p->at[i];
        if (same[i] && !same[i - 1] && fold_one(str_next_char(text, &at)) == 0)
            same[i] = false;
    }
}

/* Where the stretch that begins at a character ends. */
static size_t stretch_end(const struct places *p, const bool *same, size_t from)
{
    size_t to = from + 1;
    while (to < p->count && same[to] == same[from])
        to++;
    return to;
}

static void stretches_cut(struct arena *mem, const struct tally *t, str text,
                          const struct places *p, struct merger_side *side)
{
    bool *same = arena_array(t->mem, p->count + 1, sizeof *same);
    size_t n = 0;
    for (size_t i = 0; i + PASSAGE <= p->count; i++)
        if (tally_find(t, slice(text, p, i, i + PASSAGE))->count > 1)
            memset(same + i, true, PASSAGE);
    marks_trim(text, p, same);
    for (size_t i = 0; i < p->count; i = stretch_end(p, same, i))
        n++;
    struct merger_stretch *out = arena_array(mem, n + 1, sizeof *out);
    for (size_t i = 0, to; i < p->count; i = to) {
        to = stretch_end(p, same, i);
        out[side->count++] = (struct merger_stretch){ slice(text, p, i, to), same[i] };
    }
    side->stretches = out;
}

static void compare(struct arena *mem, struct arena *scratch, const strs *texts,
                    struct merger_side *sides)
{
    struct tally t = tally_new(scratch, 4096);
    struct places *places = arena_array(scratch, texts->count + 1, sizeof *places);
    for (size_t i = 0; i < texts->count; i++) {
        places[i] = places_of(scratch, texts->items[i]);
        passages_count(&t, texts->items[i], &places[i], (i64)i + 1);
    }
    for (size_t i = 0; i < texts->count; i++)
        stretches_cut(mem, &t, texts->items[i], &places[i], &sides[i]);
}

bool merger_passages(struct arena *mem, const strs *texts, struct merger_side *sides)
{
    i64 chars = 0;
    struct merger_stretch *whole = arena_array(mem, texts->count + 1, sizeof *whole);
    for (size_t i = 0; i < texts->count; i++) {
        chars += str_chars(texts->items[i]);
        whole[i] = (struct merger_stretch){ texts->items[i], false };
        sides[i] = (struct merger_side){ .stretches = &whole[i], .count = 1 };
    }
    if (chars > MERGER_COMPARED_MAX)
        return false;
    for (size_t i = 0; i < texts->count; i++)
        sides[i].count = 0;
    struct arena *scratch = arena_new(SCRATCH_MAX, 0);
    compare(mem, scratch, texts, sides);
    arena_free(scratch);
    return true;
}
