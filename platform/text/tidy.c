/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Implementation of tidy.h, in one pass: characters are judged one by one, blanks and line breaks
 * are held back until something follows them. */
#include "platform/text/tidy.h"

#include <assert.h>

enum { EMPTY_LINES_MAX = 2, LF = '\n', BULLET = 0x2022 };

/* The text being made. */
struct tidying {
    char *to;
    size_t len;
    size_t breaks;     /* held back: line breaks since the last thing written */
    size_t blank_from; /* held back: blanks of this line stand from here … */
    size_t blank_len;  /* … so many bytes, of the text given */
    str text;
    uint32_t last; /* last character written */
    bool at_begin; /* nothing is written on this line */
};

static bool is_between(uint32_t c, uint32_t first, uint32_t last)
{
    return c >= first && c <= last;
}

/* VT and FF are Word's soft line and page break, U+0085 comes from old hosts. */
static bool is_break(uint32_t c)
{
    return is_between(c, LF, '\r') || c == 0x85 || c == 0x2028 || c == 0x2029;
}

static bool is_blank(uint32_t c)
{
    return c == ' ' || c == '\t' || c == 0xA0 || c == 0x3000 || is_between(c, 0x2000, 0x200A);
}

/* Soft hyphen, zero-width space, word joiner, byte order mark; marks, embeddings, overrides and
 * isolates of direction; what stands for a picture. */
static bool is_unseen(uint32_t c)
{
    return c == 0xAD || c == 0x200B || c == 0x2060 || c == 0xFEFF || c == 0x61C || c == 0x200E ||
           c == 0x200F || is_between(c, 0x202A, 0x202E) || is_between(c, 0x2066, 0x206F) ||
           c == 0xFFFC;
}

static bool is_joiner(uint32_t c)
{
    return c == 0x200C || c == 0x200D;
}

/* What a joiner can stand between: letters of scripts from Arabic to Mongolian, symbols and emoji
 * with their selector. */
static bool is_joinable(uint32_t c)
{
    return is_between(c, 0x600, 0x1FFF) || is_between(c, 0x2190, 0x2BFF) || c == 0xFE0F ||
           is_between(c, 0xFB50, 0xFDFF) || is_between(c, 0xFE70, 0xFEFC) ||
           is_between(c, 0x1F000, 0x1FAFF);
}

/* Symbol and Wingdings as Word hands them out: a byte of the font at U+F000. */
static bool is_symbol(uint32_t c)
{
    return is_between(c, 0xF021, 0xF0FF);
}

/* Bullets of ordinary characters; they are Word's where a tab or a gap of blanks follows. */
static bool is_mark(uint32_t c)
{
    return c == 0xB7 || c == 0x25CF || c == 0x25AA || c == 0x25C6 || c == 0x25A0 || c == BULLET ||
           c == 'o' || c == 0xA7 || c == 0xD8 || c == 0xFC;
}

/* Arrows that Word makes of --> and the like, ticks and boxes of its lists; else as it is. */
static uint32_t plain_symbol(uint32_t c)
{
    static const uint32_t PLAIN[][2] = {
        { 0xF04A, 0x263A }, { 0xF052, 0x2611 }, { 0xF053, 0x2612 }, { 0xF06F, 0x25A1 },
        { 0xF0A7, 0x25AA }, { 0xF0A8, 0x25A1 }, { 0xF0B7, BULLET }, { 0xF0DF, 0x2190 },
        { 0xF0E0, 0x2192 }, { 0xF0E7, 0x21D0 }, { 0xF0E8, 0x21D2 }, { 0xF0FC, 0x2713 },
        { 0xF0FE, 0x2611 },
    };
    for (size_t i = 0; i < sizeof PLAIN / sizeof *PLAIN; i++)
        if (PLAIN[i][0] == c)
            return PLAIN[i][1];
    return c;
}

/* ---- writing ---- */

static void put(struct tidying *t, uint32_t c)
{
    t->len += str_put_char(c, t->to + t->len);
    t->last = c;
}

/* Blanks inside a line as they are, but for those that are only another form of a blank; a run of
 * tabs is one. */
static void put_blanks(struct tidying *t)
{
    size_t at = t->blank_from, end = t->blank_from + t->blank_len;
    bool tab = false;
    while (at < end) {
        uint32_t c = str_next_char(t->text, &at);
        if (!is_blank(c) || (c == '\t' && tab))
            continue; /* something unseen between them */
        tab = c == '\t';
        put(t, c == '\t' || c == 0xA0 ? ' ' : c);
    }
}

/* A bullet with nothing behind it has no blank either. */
static void end_line(struct tidying *t)
{
    if (t->len && t->last == ' ')
        t->len--;
}

/* What was held back, now that something follows. */
static void put_held(struct tidying *t)
{
    bool first = t->len == 0;
    if (t->breaks)
        end_line(t);
    for (size_t i = 0; i < t->breaks && !first && i <= EMPTY_LINES_MAX; i++)
        put(t, LF);
    t->at_begin = first || t->breaks > 0;
    if (!t->at_begin)
        put_blanks(t);
    t->breaks = t->blank_len = 0;
}

/* Moves *at behind the blanks that stand there; how many, and whether a tab is among them. */
static size_t skip_blanks(str text, size_t *at, bool *tab)
{
    size_t count = 0;
    for (size_t next = *at; next < text.len;) {
        uint32_t c = str_next_char(text, &next);
        if (!is_blank(c) && !is_unseen(c) && !is_joiner(c))
            break;
        count += is_blank(c);
        *tab = *tab || c == '\t';
        *at = next;
    }
    return count;
}

/* A bullet at the begin of a line: "• " instead of it and the blanks behind. Letters are one only
 * before a tab, other marks also before a gap of blanks. False: it is none. */
static bool bullet_take(struct tidying *t, uint32_t c, size_t *at)
{
    size_t behind = *at;
    bool tab = false;
    size_t blanks = skip_blanks(t->text, &behind, &tab);
    bool letter = c < 0x250 && c != 0xB7;
    if (!is_symbol(c) && !(is_mark(c) && (tab || (blanks > 1 && !letter))))
        return false;
    put(t, BULLET);
    put(t, ' ');
    *at = behind;
    return true;
}

/* The next character that is seen, 0 at the end and behind more unseen ones than anybody needs. */
static uint32_t next_seen(str text, size_t at)
{
    for (int i = 0; i < 4 && at < text.len; i++) {
        uint32_t c = str_next_char(text, &at);
        if (!is_unseen(c) && !is_joiner(c))
            return c;
    }
    return 0;
}

static void take(struct tidying *t, uint32_t c, size_t *at)
{
    put_held(t);
    if (t->at_begin && bullet_take(t, c, at))
        return;
    put(t, is_symbol(c) ? plain_symbol(c) : c);
}

/* One character at *at, which is moved behind it. */
static void step(struct tidying *t, size_t *at)
{
    size_t from = *at;
    uint32_t c = str_next_char(t->text, at);
    bool held = t->breaks || t->blank_len;
    if (is_break(c)) {
        bool pair = c == '\r' && *at < t->text.len && t->text.ptr[*at] == LF;
        t->breaks += pair ? 0 : 1;
        t->blank_len = 0;
    } else if (is_blank(c)) {
        t->blank_from = t->blank_len ? t->blank_from : from;
        t->blank_len = *at - t->blank_from;
    } else if (is_joiner(c)) {
        if (t->len && !held && is_joinable(t->last) && is_joinable(next_seen(t->text, *at)))
            put(t, c);
    } else if (!is_unseen(c)) {
        take(t, c, at);
    }
}

str text_tidy(struct arena *mem, str text)
{
    if (!str_is_utf8(text))
        return text;
    /* a bullet may be longer than what it stands for: "·" and a tab, three bytes, become four */
    struct tidying t = { .to = arena_zero(mem, text.len * 2 + 1), .text = text };
    for (size_t at = 0; at < text.len;)
        step(&t, &at);
    end_line(&t);
    assert(t.len <= text.len * 2);
    return (str){ t.to, t.len };
}
