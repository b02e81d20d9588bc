/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Implementation of buf.h. Escaping works run by run: the usual text has nothing to escape and is
 * copied whole. */
#include "platform/base/buf.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { FIRST_CAP = 256 };

struct buf *buf_new(struct arena *mem, size_t max)
{
    assert(max > 0);
    struct buf *b = arena_zero(mem, sizeof *b);
    b->mem = mem;
    b->max = max;
    b->ptr = arena_zero(mem, 1);
    return b;
}

char *buf_room(struct buf *b, size_t n)
{
    if (b->full || n > b->max - b->len) {
        b->full = true;
        b->cap = b->len; /* buf_add asks here again */
        return NULL;
    }
    /* One byte more than asked: vsnprintf ends with a NUL. Nothing asks for no room. */
    if (n && b->cap - b->len <= n) {
        size_t cap = b->cap ? b->cap * 2 : FIRST_CAP;
        while (cap <= b->len + n)
            cap *= 2;
        if (cap > b->max) /* so that buf_add, which looks at cap alone, keeps to the maximum */
            cap = b->max + 1;
        char *more = arena_bytes(b->mem, cap);
        if (b->len)
            memcpy(more, b->ptr, b->len);
        b->ptr = more;
        b->cap = cap;
    }
    return b->ptr + b->len;
}

void buf_put(struct buf *b, const char *z)
{
    buf_add(b, str_of(z));
}

void buf_put_byte(struct buf *b, char c)
{
    buf_add(b, (str){ &c, 1 });
}

void buf_put_i64(struct buf *b, i64 value)
{
    char text[24];
    char *end = text + sizeof text, *p = end;
    uint64_t left = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    do {
        *--p = (char)('0' + left % 10);
        left /= 10;
    } while (left);
    if (value < 0)
        *--p = '-';
    buf_add(b, (str){ p, (size_t)(end - p) });
}

void buf_printf(struct buf *b, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    size_t free_bytes = b->cap - b->len;
    int n = vsnprintf(free_bytes ? b->ptr + b->len : NULL, free_bytes, format, args);
    va_end(args);
    assert(n >= 0);
    char *to = buf_room(b, (size_t)n);
    if (to && (size_t)n >= free_bytes)
        vsnprintf(to, (size_t)n + 1, format, again);
    b->len += to ? (size_t)n : 0;
    va_end(again);
}

/* What a byte becomes in HTML; NULL = itself. */
static const char *const HTML[256] = {
    ['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;", ['\''] = "&#39;",
};

/* Sixteen bytes at once, compared by the vector unit where there is one. */
typedef unsigned char piece __attribute__((vector_size(16)));
typedef uint64_t halves __attribute__((vector_size(16)));

/* Two comparisons find all five: & ' " and # become ' with the bits of 5 set, < and > become > with
 * that of 2. The # that comes along is copied as itself on the slow way. */
static bool is_plain_piece(piece p)
{
    halves found = (halves)(((p | 5) == '\'') | ((p | 2) == '>'));
    return (found[0] | found[1]) == 0;
}

/* A text shorter than a piece, as two halves that overlap. */
static bool is_plain_short(str s)
{
    uint64_t first = 0, last = 0;
    uint32_t first4, last4;
    if (s.len >= 8) {
        memcpy(&first, s.ptr, 8);
        memcpy(&last, s.ptr + s.len - 8, 8);
    } else if (s.len >= 4) {
        memcpy(&first4, s.ptr, 4);
        memcpy(&last4, s.ptr + s.len - 4, 4);
        first = first4;
        last = last4;
    } else {
        for (size_t i = 0; i < s.len; i++)
            first = first << 8 | (unsigned char)s.ptr[i];
    }
    return is_plain_piece((piece)(halves){ first, last });
}

/* Whether nothing needs escaping: piece by piece, the last one overlapping. */
static bool is_plain(str s)
{
    piece p;
    if (s.len < sizeof p)
        return is_plain_short(s);
    for (size_t i = 0; i + sizeof p < s.len; i += sizeof p) {
        memcpy(&p, s.ptr + i, sizeof p);
        if (!is_plain_piece(p))
            return false;
    }
    memcpy(&p, s.ptr + s.len - sizeof p, sizeof p);
    return is_plain_piece(p);
}

__attribute__((noinline)) static void put_escaped(struct buf *b, str s)
{
    size_t from = 0;
    for (size_t i = 0; i < s.len; i++) {
        const char *escaped = HTML[(unsigned char)s.ptr[i]];
        if (!escaped)
            continue;
        buf_add(b, str_sub(s, from, i - from));
        buf_put(b, escaped);
        from = i + 1;
    }
    buf_add(b, str_sub(s, from, s.len - from));
}

void buf_put_html(struct buf *b, str s)
{
    if (is_plain(s))
        buf_add(b, s);
    else
        put_escaped(b, s);
}

static void put_json_char(struct buf *b, uint32_t c, str raw)
{
    if (c == '"' || c == '\\')
        buf_printf(b, "\\%c", (char)c);
    else if (c == '\n')
        buf_put(b, "\\n");
    else if (c < 0x20 || c == '<' || c == 0x7F || c == 0x2028 || c == 0x2029)
        buf_printf(b, "\\u%04x", (unsigned)c);
    else if (c == 0xFFFD)
        buf_put(b, "\xEF\xBF\xBD");
    else
        buf_add(b, raw);
}

void buf_put_json(struct buf *b, str s)
{
    buf_put_byte(b, '"');
    for (size_t at = 0; at < s.len;) {
        size_t from = at;
        uint32_t c = str_next_char(s, &at);
        put_json_char(b, c, str_sub(s, from, at - from));
    }
    buf_put_byte(b, '"');
}
