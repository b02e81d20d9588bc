/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What people see of a text: the passage round a hit, and the difference of two versions. Both give
 * escaped HTML that holds no tags but <mark>, <del> and <ins>. */
#include <assert.h>
#include <stdlib.h>

#include "platform/text/terms.h"
#include "platform/text/text.h"

/* ---- passage ---- */

/* End of the word's match in text from byte `at` on, or 0. Marks and white space in the text are
 * passed over. */
static size_t match_at(str text, size_t at, str word)
{
    size_t w = 0, end = at;
    while (w < word.len) {
        size_t next = w;
        uint32_t want = str_next_char(word, &next);
        if (want == ' ') {
            w = next;
            continue;
        }
        uint32_t have = 0;
        while (end < text.len && (have = fold_one(str_next_char(text, &end))) == 0)
            if (w == 0)
                return 0; /* a match begins with a letter */
        if (have != want)
            return 0;
        w = next;
    }
    return end;
}

static size_t longest_at(str text, size_t at, const struct words *words)
{
    size_t best = 0;
    for (size_t i = 0; i < words->count; i++) {
        size_t end = match_at(text, at, words->items[i]);
        best = end > best ? end : best;
    }
    return best;
}

/* Byte where a passage of `chars` characters should begin, so that the first hit stands near its
 * start. */
static size_t passage_start(str text, const struct words *words, i64 chars)
{
    i64 before = 0, back = chars / 4;
    size_t start = 0;
    for (size_t at = 0; at < text.len;) {
        if (longest_at(text, at, words))
            return before > back ? start : 0;
        str_next_char(text, &at);
        if (++before > back)
            str_next_char(text, &start);
    }
    return 0;
}

html text_snippet(struct arena *mem, str text, str query, i64 chars)
{
    struct words words = words_of(mem, query);
    size_t start = passage_start(text, &words, chars);
    str part = str_cut_chars(str_sub(text, start, text.len), chars);
    struct buf *b = buf_new(mem, part.len * 8 + 64);
    buf_put(b, start ? "…" : "");
    for (size_t at = 0; at < part.len;) {
        size_t end = longest_at(part, at, &words), next = at;
        str_next_char(part, &next);
        buf_put(b, end ? "<mark>" : "");
        buf_put_html(b, str_sub(part, at, (end ? end : next) - at));
        buf_put(b, end ? "</mark>" : "");
        at = end ? end : next;
    }
    buf_put(b, start + part.len < text.len ? "…" : "");
    return (html){ buf_str(b) };
}

/* ---- difference ---- */

enum { EDITS_MAX = 1500 };
static const char DEL[] = "del", INS[] = "ins";

/* A text as pieces: single characters, and words of other letters and digits whole. */
struct pieces {
    str *items;
    i64 count;
};

static bool is_wordy(uint32_t c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static struct pieces pieces_of(struct arena *mem, str text)
{
    struct pieces p = { arena_array(mem, (size_t)str_chars(text) + text.len / 2 + 1, sizeof(str)),
                        0 };
    for (size_t at = 0; at < text.len;) {
        size_t from = at, look;
        bool wordy = is_wordy(str_next_char(text, &at));
        for (look = at; wordy && look < text.len && is_wordy(str_next_char(text, &look)); at = look)
            ;
        p.items[p.count++] = str_sub(text, from, at - from);
    }
    return p;
}

struct diff {
    struct buf *out;
    const char *tag; /* the open one, or NULL */
};

static void put_piece(struct diff *d, const char *tag, str piece)
{
    if (d->tag != tag) {
        if (d->tag)
            buf_printf(d->out, "</%s>", d->tag);
        if (tag)
            buf_printf(d->out, "<%s>", tag);
        d->tag = tag;
    }
    buf_put_html(d->out, piece);
}

/* Myers' greedy algorithm (1986): furthest[d] holds the frontier after d edits; walked back to give
 * the script. Returns the number of edits, or -1 when there are more than EDITS_MAX. */
static i64 frontier(struct arena *mem, struct pieces a, struct pieces b, i64 ***out)
{
    i64 **furthest = arena_array(mem, EDITS_MAX + 1, sizeof *furthest);
    *out = furthest;
    for (i64 d = 0; d <= EDITS_MAX; d++) {
        i64 *now = (i64 *)arena_array(mem, (size_t)(2 * d + 3), sizeof(i64)) + d + 1;
        i64 *last = d ? furthest[d - 1] : NULL;
        furthest[d] = now;
        for (i64 k = -d; k <= d; k += 2) {
            bool down = d == 0 || k == -d || (k != d && last[k - 1] < last[k + 1]);
            i64 x = d == 0 ? 0 : down ? last[k + 1] : last[k - 1] + 1;
            while (x < a.count && x - k < b.count && x - k >= 0 &&
                   str_eq(a.items[x], b.items[x - k]))
                x++;
            now[k] = x;
            if (x >= a.count && x - k >= b.count)
                return d;
        }
    }
    return -1;
}

/* The script backwards, as one letter a step: '=' both, '-' from a, '+' from b. */
static str script(struct arena *mem, struct pieces a, struct pieces b, i64 d, i64 **furthest)
{
    char *steps = arena_zero(mem, (size_t)(a.count + b.count) + 1), *p = steps + a.count + b.count;
    i64 x = a.count, y = b.count;
    for (; d > 0; d--) {
        i64 *last = furthest[d - 1], k = x - y;
        bool down = k == -d || (k != d && last[k - 1] < last[k + 1]);
        i64 from_k = down ? k + 1 : k - 1, from_x = last[from_k], from_y = from_x - from_k;
        while (x > from_x + !down && y > from_y + down) {
            *--p = '=';
            x--, y--;
        }
        *--p = down ? '+' : '-';
        x = from_x;
        y = from_y;
    }
    while (x > 0) {
        *--p = '=';
        x--;
    }
    return (str){ p, (size_t)(steps + a.count + b.count - p) };
}

html text_diff(struct arena *mem, str before, str after)
{
    struct pieces a = pieces_of(mem, before), b = pieces_of(mem, after);
    struct diff d = { .out = buf_new(mem, (before.len + after.len) * 14 + 64) };
    i64 **furthest, x = 0, y = 0, edits = frontier(mem, a, b, &furthest);
    str steps = edits >= 0 ? script(mem, a, b, edits, furthest) : str_of("");
    for (size_t i = 0; i < steps.len; i++) {
        if (steps.ptr[i] == '=') {
            put_piece(&d, NULL, a.items[x++]);
            y++;
        } else if (steps.ptr[i] == '-') {
            put_piece(&d, DEL, a.items[x++]);
        } else {
            put_piece(&d, INS, b.items[y++]);
        }
    }
    while (x < a.count) /* too different to compare: all of the one, then all of the other */
        put_piece(&d, DEL, a.items[x++]);
    while (y < b.count)
        put_piece(&d, INS, b.items[y++]);
    if (d.tag)
        buf_printf(d.out, "</%s>", d.tag);
    assert(!buf_is_full(d.out));
    return (html){ buf_str(d.out) };
}
