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
    if (b->cap - b->len <= n) { /* one byte more than asked: vsnprintf ends with a NUL */
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

/* Eight bytes at once, compared by the vector unit where there is one. */
typedef unsigned char piece __attribute__((vector_size(8)));

static bool is_plain_piece(const char *at)
{
    piece p;
    memcpy(&p, at, sizeof p);
    piece special = (piece)((p == '&') | (p == '<') | (p == '>') | (p == '"') | (p == '\''));
    uint64_t found;
    memcpy(&found, &special, sizeof found);
    return found == 0;
}

/* Whether nothing needs escaping: piece by piece, the last one overlapping. */
static bool is_plain(str s)
{
    if (s.len < sizeof(piece)) {
        for (size_t i = 0; i < s.len; i++)
            if (HTML[(unsigned char)s.ptr[i]])
                return false;
        return true;
    }
    for (size_t i = 0; i + sizeof(piece) < s.len; i += sizeof(piece))
        if (!is_plain_piece(s.ptr + i))
            return false;
    return is_plain_piece(s.ptr + s.len - sizeof(piece));
}

void buf_put_html(struct buf *b, str s)
{
    size_t from = 0;
    if (is_plain(s)) {
        buf_add(b, s);
        return;
    }
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
