/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A growing text with a maximum set at birth. Past the maximum further text is dropped and
 * buf_is_full tells: whoever sends the text checks once, at the end. Lives in an arena. */
#ifndef HT_BASE_BUF_H
#define HT_BASE_BUF_H
#include <string.h>

#include "platform/base/arena.h"
#include "platform/base/str.h"

struct buf {
    char *ptr;
    size_t len, cap, max;
    bool full;
    struct arena *mem;
};

/* A buffer in mem that holds at most max bytes. */
struct buf *buf_new(struct arena *mem, size_t max);

/* Makes room for n more bytes and returns where they go, or NULL past the maximum; the caller then
 * adds to len. */
char *buf_room(struct buf *b, size_t n);

/* Append text, a C string, a character, a decimal number, formatted text. */
static inline void buf_add(struct buf *b, str s)
{
    bool fits = s.len < b->cap - b->len; /* a byte stays free, as buf_room wants it */
    char *to = fits ? b->ptr + b->len : buf_room(b, s.len);
    if (!to || s.len == 0)
        return;
    memcpy(to, s.ptr, s.len);
    to[s.len] = '\0'; /* a C string too */
    b->len += s.len;
}
void buf_put(struct buf *b, const char *z);
void buf_put_byte(struct buf *b, char c);
void buf_put_i64(struct buf *b, i64 value);
void buf_printf(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Append escaped for HTML text and quoted attributes (& < > " '); a JSON string with its quotes
 * (control characters, U+2028/9 and < escaped; malformed UTF-8 becomes U+FFFD). */
void buf_put_html(struct buf *b, str s);
void buf_put_json(struct buf *b, str s);

/* What is in it so far (valid until it grows); whether something was dropped. */
static inline str buf_str(const struct buf *b)
{
    return (str){ b->ptr, b->len };
}
static inline bool buf_is_full(const struct buf *b)
{
    return b->full;
}
#endif
