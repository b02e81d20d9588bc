/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Implementation of str.h. UTF-8 decoding follows RFC 3629; every cut respects character
 * boundaries. */
#include "platform/base/str.h"

#include <assert.h>

bool str_eq(str a, str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

bool str_is(str a, const char *z)
{
    return str_eq(a, str_of(z));
}

int str_cmp(str a, str b)
{
    size_t n = a.len < b.len ? a.len : b.len;
    int c = n ? memcmp(a.ptr, b.ptr, n) : 0;
    if (c)
        return c;
    return a.len < b.len ? -1 : a.len > b.len;
}

bool str_starts(str s, str prefix)
{
    return s.len >= prefix.len && str_eq((str){ s.ptr, prefix.len }, prefix);
}

bool str_ends(str s, str suffix)
{
    return s.len >= suffix.len && str_eq((str){ s.ptr + s.len - suffix.len, suffix.len }, suffix);
}

i64 str_find(str s, str needle, size_t from)
{
    if (from > s.len)
        return -1;
    if (needle.len == 0)
        return (i64)from;
    if (needle.len > s.len - from)
        return -1; /* and an empty text may have no place at all */
    const char *p = memmem(s.ptr + from, s.len - from, needle.ptr, needle.len);
    return p ? p - s.ptr : -1;
}

str str_sub(str s, size_t from, size_t len)
{
    if (from > s.len)
        from = s.len;
    if (len > s.len - from)
        len = s.len - from;
    return (str){ s.ptr + from, len };
}

static bool is_space(uint32_t c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x3000 || c == 0xA0 || c == 0xFEFF;
}

str str_trim(str s)
{
    size_t from = 0, end = 0, at = 0;
    bool begun = false;
    while (at < s.len) {
        size_t here = at;
        bool space = is_space(str_next_char(s, &at));
        if (!begun && !space) {
            from = here;
            begun = true;
        }
        if (!space)
            end = at;
    }
    return begun ? str_sub(s, from, end - from) : str_sub(s, 0, 0);
}

str str_number(struct arena *mem, i64 n)
{
    return arena_printf(mem, "%lld", (long long)n);
}

bool str_split(str *rest, char separator, str *part)
{
    if (rest->len == 0)
        return false;
    const char *p = memchr(rest->ptr, separator, rest->len);
    size_t n = p ? (size_t)(p - rest->ptr) : rest->len;
    *part = (str){ rest->ptr, n };
    *rest = p ? str_sub(*rest, n + 1, rest->len) : str_sub(*rest, rest->len, 0);
    return true;
}

bool str_has_word(str words, str word)
{
    str one;
    while (word.len && str_split(&words, ' ', &one))
        if (str_eq(one, word))
            return true;
    return false;
}

bool str_to_i64(str s, i64 *out)
{
    size_t at = 0;
    bool negative = s.len && s.ptr[0] == '-';
    if (s.len && (s.ptr[0] == '-' || s.ptr[0] == '+'))
        at = 1;
    if (at == s.len)
        return false;
    i64 value = 0;
    for (; at < s.len; at++) {
        if (s.ptr[at] < '0' || s.ptr[at] > '9')
            return false;
        int digit = s.ptr[at] - '0';
        if (__builtin_mul_overflow(value, 10, &value) ||
            __builtin_add_overflow(value, negative ? -digit : digit, &value))
            return false;
    }
    *out = value;
    return true;
}

/* Length of the well-formed sequence at p (1-4), or 0; its code point in *out. */
static size_t decode(const unsigned char *p, size_t left, uint32_t *out)
{
    static const uint32_t MIN[] = { 0, 0, 0x80, 0x800, 0x10000 };
    if (p[0] < 0x80) {
        *out = p[0];
        return 1;
    }
    size_t n = p[0] >= 0xF0 ? 4 : p[0] >= 0xE0 ? 3 : 2;
    if (p[0] < 0xC2 || p[0] > 0xF4 || left < n)
        return 0;
    uint32_t c = p[0] & (0xFFu >> (n + 1));
    for (size_t i = 1; i < n; i++) {
        if ((p[i] & 0xC0) != 0x80)
            return 0;
        c = c << 6 | (p[i] & 0x3Fu);
    }
    if (c < MIN[n] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
        return 0;
    *out = c;
    return n;
}

uint32_t str_next_char(str s, size_t *at)
{
    assert(*at < s.len);
    uint32_t c = 0xFFFD;
    size_t n = decode((const unsigned char *)s.ptr + *at, s.len - *at, &c);
    *at += n ? n : 1;
    return c;
}

bool str_is_utf8(str s)
{
    uint32_t c;
    for (size_t at = 0, n; at < s.len; at += n) {
        n = decode((const unsigned char *)s.ptr + at, s.len - at, &c);
        if (n == 0)
            return false;
    }
    return true;
}

i64 str_chars(str s)
{
    i64 n = 0;
    for (size_t i = 0; i < s.len; i++)
        n += ((unsigned char)s.ptr[i] & 0xC0) != 0x80;
    return n;
}

str str_cut_chars(str s, i64 max)
{
    size_t at = 0;
    while (at < s.len && max-- > 0)
        str_next_char(s, &at);
    return str_sub(s, 0, at);
}

size_t str_put_char(uint32_t c, char *out)
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    size_t n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (size_t i = n - 1; i > 0; i--, c >>= 6)
        out[i] = (char)(0x80 | (c & 0x3F));
    static const unsigned char LEAD[] = { 0, 0, 0xC0, 0xE0, 0xF0 };
    out[0] = (char)(LEAD[n] | c);
    return n;
}

str str_lower_ascii(struct arena *mem, str s)
{
    str copy = arena_str(mem, s);
    char *p = (char *)(uintptr_t)copy.ptr;
    for (size_t i = 0; i < s.len; i++)
        if (p[i] >= 'A' && p[i] <= 'Z')
            p[i] = (char)(p[i] - 'A' + 'a');
    return copy;
}

str str_hex(struct arena *mem, bytes data)
{
    static const char DIGITS[] = "0123456789abcdef";
    char *p = arena_zero(mem, data.len * 2 + 1);
    for (size_t i = 0; i < data.len; i++) {
        p[2 * i] = DIGITS[data.ptr[i] >> 4];
        p[2 * i + 1] = DIGITS[data.ptr[i] & 15];
    }
    return (str){ p, data.len * 2 };
}

void strs_add(struct arena *mem, strs *list, str item)
{
    bool full = (list->count & (list->count - 1)) == 0; /* capacity is the next power of two */
    if (full) {
        str *more = arena_array(mem, list->count ? list->count * 2 : 1, sizeof *more);
        if (list->count)
            memcpy(more, list->items, list->count * sizeof *more);
        list->items = more;
    }
    list->items[list->count++] = item;
}
