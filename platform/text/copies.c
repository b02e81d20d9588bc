/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Runs of four characters as numbers, sorted, and how many two texts share. */
#include "platform/text/copies.h"

#include <assert.h>
#include <stdlib.h>

#include "platform/text/fold.h"

enum { RUN = 4 };

static int ascending(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

/* The characters of a text that count, at the end of a list. */
static size_t letters_add(struct arena *mem, str text, uint32_t *letters)
{
    str folded = fold_text(mem, text);
    size_t n = 0;
    for (size_t at = 0; at < folded.len;) {
        uint32_t c = str_next_char(folded, &at);
        if (c != ' ')
            letters[n++] = c;
    }
    return n;
}

static uint64_t run_of(const uint32_t *letters, size_t count)
{
    uint64_t h = 14695981039346656037u;
    for (size_t i = 0; i < count; i++)
        h = (h ^ letters[i]) * 1099511628211u;
    return h ^ (h >> 32);
}

struct text_runs text_runs_of(struct arena *mem, str title, str body)
{
    uint32_t *letters = arena_array(mem, title.len + body.len + 1, sizeof *letters);
    size_t n = letters_add(mem, title, letters);
    n += letters_add(mem, body, letters + n);
    assert(n <= title.len + body.len);
    size_t all = n >= RUN ? n - RUN + 1 : n > 0;
    struct text_runs runs = { arena_array(mem, all + 1, sizeof(uint64_t)), 0 };
    for (size_t i = 0; i < all; i++)
        runs.items[i] = run_of(letters + i, n < RUN ? n : RUN);
    qsort(runs.items, all, sizeof(uint64_t), ascending);
    for (size_t i = 0; i < all; i++)
        if (runs.count == 0 || runs.items[runs.count - 1] != runs.items[i])
            runs.items[runs.count++] = runs.items[i];
    return runs;
}

i64 text_copy_degree(const struct text_runs *a, const struct text_runs *b)
{
    size_t both = 0;
    for (size_t i = 0, k = 0; i < a->count && k < b->count;) {
        uint64_t x = a->items[i], y = b->items[k];
        both += x == y;
        i += x <= y;
        k += y <= x;
    }
    size_t either = a->count + b->count - both;
    return either ? (i64)(both * 1000 / either) : 0;
}
