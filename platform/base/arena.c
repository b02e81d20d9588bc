/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Arena of growing blocks. The first block stays across resets, so that a thread's request arena
 * allocates nothing in steady state. malloc is called here and nowhere else. */
#include "platform/base/arena.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ALIGN = 16, FIRST_BLOCK = 16 * 1024, MAX_BLOCK = 1024 * 1024 };

struct block {
    struct block *prev;
    size_t size, used;
    _Alignas(16) unsigned char data[];
};

struct cleanup {
    struct cleanup *next;
    void (*fn)(void *);
    void *ptr;
};

struct arena {
    struct block *top;
    struct cleanup *cleanups;
    size_t soft_cap, hard_cap, total;
};

static void die(const char *why, size_t size)
{
    fprintf(stderr, "{\"level\":\"error\",\"event\":\"memory\",\"why\":\"%s\",\"bytes\":%zu}\n",
            why, size);
    abort();
}

static struct block *block_new(size_t size, struct block *prev)
{
    struct block *b = malloc(sizeof *b + size);
    if (!b)
        die("out of memory", size);
    b->prev = prev;
    b->size = size;
    b->used = 0;
    return b;
}

struct arena *arena_new(size_t soft_cap, size_t hard_cap)
{
    struct arena *mem = calloc(1, sizeof *mem);
    if (!mem)
        die("out of memory", sizeof *mem);
    mem->soft_cap = soft_cap;
    mem->hard_cap = hard_cap ? hard_cap : soft_cap * 4;
    assert(mem->hard_cap >= mem->soft_cap);
    mem->top = block_new(FIRST_BLOCK, NULL);
    return mem;
}

static void run_cleanups(struct arena *mem, const struct cleanup *until)
{
    while (mem->cleanups != until) {
        struct cleanup *c = mem->cleanups;
        assert(c);
        mem->cleanups = c->next;
        c->fn(c->ptr);
    }
}

void arena_free(struct arena *mem)
{
    if (!mem)
        return;
    run_cleanups(mem, NULL);
    for (struct block *b = mem->top, *prev; b; b = prev) {
        prev = b->prev;
        free(b);
    }
    free(mem);
}

void arena_reset_to(struct arena *mem, struct arena_mark mark)
{
    run_cleanups(mem, mark.cleanups);
    while (mem->top != mark.block) {
        struct block *b = mem->top;
        assert(b->prev);
        mem->top = b->prev;
        mem->total -= b->used;
        free(b);
    }
    assert(mem->top->used >= mark.used);
    mem->total -= mem->top->used - mark.used;
    mem->top->used = mark.used;
}

void arena_reset(struct arena *mem)
{
    struct block *first = mem->top;
    while (first->prev)
        first = first->prev;
    arena_reset_to(mem, (struct arena_mark){ .block = first });
}

struct arena_mark arena_mark(struct arena *mem)
{
    return (struct arena_mark){ mem->top, mem->top->used, mem->cleanups };
}

static void grow(struct arena *mem, size_t size)
{
    size_t want = mem->top->size * 2;
    if (want > MAX_BLOCK)
        want = MAX_BLOCK;
    mem->top = block_new(want < size ? size : want, mem->top);
}

/* So many bytes of the top block, rounded up, are used from now on. */
static void take(struct arena *mem, size_t size)
{
    size = (size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
    mem->top->used += size;
    mem->total += size;
}

void *arena_bytes(struct arena *mem, size_t size)
{
    if (size > mem->hard_cap)
        die("arena hard cap", size);
    size = (size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
    if (mem->total + size > mem->hard_cap)
        die("arena hard cap", mem->total + size);
    if (mem->top->size - mem->top->used < size)
        grow(mem, size);
    void *p = mem->top->data + mem->top->used;
    take(mem, size);
    return p;
}

void *arena_zero(struct arena *mem, size_t size)
{
    return memset(arena_bytes(mem, size), 0, size);
}

void *arena_array(struct arena *mem, size_t count, size_t size)
{
    size_t total;
    if (__builtin_mul_overflow(count, size, &total))
        die("array overflow", count);
    return arena_zero(mem, total);
}

str arena_str(struct arena *mem, str text)
{
    char *p = arena_bytes(mem, text.len + 1);
    if (text.len)
        memcpy(p, text.ptr, text.len);
    p[text.len] = '\0';
    return (str){ p, text.len };
}

const char *arena_cstr(struct arena *mem, str text)
{
    return arena_str(mem, text).ptr;
}

str arena_printf(struct arena *mem, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    char *p = (char *)mem->top->data + mem->top->used;
    size_t room = mem->top->size - mem->top->used;
    int n = vsnprintf(p, room, format, args);
    va_end(args);
    assert(n >= 0);
    if ((size_t)n < room && mem->total + (size_t)n + ALIGN < mem->hard_cap) {
        take(mem, (size_t)n + 1);
    } else {
        p = arena_bytes(mem, (size_t)n + 1);
        vsnprintf(p, (size_t)n + 1, format, again);
    }
    va_end(again);
    return (str){ p, (size_t)n };
}

void arena_on_free(struct arena *mem, void (*fn)(void *ptr), void *ptr)
{
    struct cleanup *c = arena_zero(mem, sizeof *c);
    *c = (struct cleanup){ mem->cleanups, fn, ptr };
    mem->cleanups = c;
}

void arena_widen(struct arena *mem, size_t soft_cap)
{
    assert(soft_cap <= mem->hard_cap);
    if (mem->soft_cap < soft_cap)
        mem->soft_cap = soft_cap;
}

bool arena_is_over(const struct arena *mem)
{
    return mem->total > mem->soft_cap;
}

size_t arena_used(const struct arena *mem)
{
    return mem->total;
}
