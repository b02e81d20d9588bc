/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Folding of characters by ranges and by one table of pairs, and the walk over tokens of a folded
 * text. */
#include "platform/text/fold.h"

#include <assert.h>

enum { PAGE = 256, PAGES = 0x110000 / PAGE };

/* Pairs by page of 256 code points; NULL pages map to themselves. Written once at start, then read
 * only. */
static uint32_t *simplified[PAGES];

void fold_load(struct arena *mem, str pairs)
{
    str line;
    memset(simplified, 0, sizeof simplified);
    while (str_split(&pairs, '\n', &line)) {
        if (line.len == 0 || line.ptr[0] == '#')
            continue;
        size_t at = 0;
        uint32_t from = str_next_char(line, &at);
        if (at >= line.len)
            continue;
        uint32_t to = str_next_char(line, &at);
        if (!simplified[from / PAGE])
            simplified[from / PAGE] = arena_array(mem, PAGE, sizeof(uint32_t));
        simplified[from / PAGE][from % PAGE] = to;
    }
}

static bool in(uint32_t c, uint32_t from, uint32_t to)
{
    return c >= from && c <= to;
}

/* Inclusive ranges of code points; a table ends with {0, 0}. */
struct range {
    uint32_t from, to;
};

static bool in_any(uint32_t c, const struct range *ranges)
{
    for (; ranges->to; ranges++)
        if (in(c, ranges->from, ranges->to))
            return true;
    return false;
}

/* Han with its extensions and compatibility forms, radicals, kana, hangul, private use. */
static const struct range CHINESE_RANGES[] = {
    { 0x4E00, 0x9FFF },    { 0x3400, 0x4DBF }, { 0x20000, 0x3FFFF },
    { 0x3007, 0x3007 },    { 0xF900, 0xFAFF }, { 0x2E80, 0x2FDF },
    { 0x3040, 0x30FF },    { 0xAC00, 0xD7AF }, { 0xE000, 0xF8FF },
    { 0xF0000, 0x10FFFD }, { 0, 0 },
};

/* Marks, symbols and pictures above ASCII: they part words and belong to none. */
static const struct range MARK_RANGES[] = {
    { 0x80, 0xA9 },     { 0xAB, 0xB4 },     { 0xB6, 0xB9 },       { 0xBB, 0xBF },
    { 0xD7, 0xD7 },     { 0xF7, 0xF7 },     { 0x2000, 0x2BFF },   { 0x3000, 0x303F },
    { 0xFE00, 0xFE6F }, { 0xFF00, 0xFFFF }, { 0x1F000, 0x1FBFF }, { 0xE0000, 0xE0FFF },
    { 0, 0 },
};

bool fold_is_chinese(uint32_t c)
{
    return in_any(c, CHINESE_RANGES);
}

static bool is_mark(uint32_t c)
{
    if (c < 0x80)
        return !(in(c, '0', '9') || in(c, 'a', 'z') || in(c, 'A', 'Z'));
    return in_any(c, MARK_RANGES);
}

static uint32_t fold_char(uint32_t c)
{
    if (in(c, 0xFF01, 0xFF5E))
        c -= 0xFEE0;
    if (in(c, 'A', 'Z') || (in(c, 0xC0, 0xDE) && c != 0xD7) || in(c, 0x391, 0x3A9) ||
        in(c, 0x410, 0x42F))
        return c + 32;
    if (in(c, 0x400, 0x40F))
        return c + 80;
    uint32_t *page = simplified[c / PAGE];
    return page && page[c % PAGE] ? page[c % PAGE] : c;
}

uint32_t fold_one(uint32_t c)
{
    uint32_t folded = fold_char(c);
    return !fold_is_chinese(folded) && is_mark(folded) ? 0 : folded;
}

static bool is_white(uint32_t c)
{
    return c == ' ' || in(c, '\t', '\r') || c == 0x3000 || c == 0xA0;
}

str fold_text(struct arena *mem, str s)
{
    enum { START, CHINESE, OTHER } last = START;
    bool gap = false, mark = false; /* white space or a mark since the last letter */
    char *out = arena_zero(mem, s.len * 2 + 1);
    size_t n = 0;
    for (size_t at = 0; at < s.len;) {
        uint32_t c = fold_char(str_next_char(s, &at));
        bool chinese = fold_is_chinese(c) && c != 0x30FB;
        if (!chinese && is_mark(c)) {
            gap = true;
            mark = mark || !is_white(c);
            continue;
        }
        bool same = last == (chinese ? CHINESE : OTHER);
        if (last != START && (!same || mark || (gap && !chinese)))
            out[n++] = ' ';
        n += str_put_char(c, out + n);
        last = chinese ? CHINESE : OTHER;
        gap = mark = false;
    }
    return (str){ out, n };
}

static bool take_word(str folded, size_t *at, struct fold_token *out)
{
    size_t from = *at;
    while (*at < folded.len && folded.ptr[*at] != ' ')
        (*at)++;
    *out = (struct fold_token){ str_sub(folded, from, *at - from), false, false };
    return true;
}

bool fold_next(str folded, size_t *at, bool whole, struct fold_token *out)
{
    while (*at < folded.len && folded.ptr[*at] == ' ')
        (*at)++;
    if (*at >= folded.len)
        return false;
    size_t from = *at, second = *at;
    if (!fold_is_chinese(str_next_char(folded, &second)))
        return take_word(folded, at, out);
    bool starts_run = from == 0 || folded.ptr[from - 1] == ' ';
    if (second >= folded.len || folded.ptr[second] == ' ') {
        *at = second;
        bool end = second >= folded.len;
        if (end && !whole && !starts_run)
            return false; /* the bigram before has covered it */
        *out = (struct fold_token){ str_sub(folded, from, second - from), true, starts_run && end };
        return true;
    }
    size_t end = second;
    str_next_char(folded, &end);
    *at = second;
    *out = (struct fold_token){ str_sub(folded, from, end - from), true, false };
    return true;
}
