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
    /* at the most each byte is a hit of its own: two tags and an escaped character */
    struct buf *b = buf_new(mem, part.len * (sizeof "<mark></mark>" + sizeof "&quot;") + 64);
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

/* A comparison's memory grows with the square of the edits: 800 take 2.6 MB. What is very long or
 * very different is shown as all of the one, then all of the other. */
enum { EDITS_MAX = 800, COMPARED_MAX = 1 << 20, SCRATCH_CAP = 64 << 20 };
static const char DEL[] = "del", INS[] = "ins";

/* A text as pieces: single characters, and words of other letters and digits whole. */
struct pieces {
    str *items;
    int32_t count;
};

static bool is_wordy(uint32_t c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static struct pieces pieces_of(struct arena *mem, str text)
{
    struct pieces p = { arena_array(mem, text.len + 1, sizeof(str)), 0 };
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
    if (piece.len == 0)
        return;
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
static int32_t frontier(struct arena *mem, struct pieces a, struct pieces b, int32_t ***out)
{
    int32_t **furthest = arena_array(mem, EDITS_MAX + 1, sizeof *furthest);
    *out = furthest;
    for (int32_t d = 0; d <= EDITS_MAX; d++) {
        int32_t *now = (int32_t *)arena_array(mem, (size_t)(2 * d + 3), sizeof(int32_t)) + d + 1;
        int32_t *last = d ? furthest[d - 1] : NULL;
        furthest[d] = now;
        for (int32_t k = -d; k <= d; k += 2) {
            bool down = d == 0 || k == -d || (k != d && last[k - 1] < last[k + 1]);
            int32_t x = d == 0 ? 0 : down ? last[k + 1] : last[k - 1] + 1;
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
static str script(struct arena *mem, struct pieces a, struct pieces b, int32_t d,
                  int32_t **furthest)
{
    char *steps = arena_zero(mem, (size_t)(a.count + b.count) + 1), *p = steps + a.count + b.count;
    int32_t x = a.count, y = b.count;
    for (; d > 0; d--) {
        int32_t *last = furthest[d - 1], k = x - y;
        bool down = k == -d || (k != d && last[k - 1] < last[k + 1]);
        int32_t from_k = down ? k + 1 : k - 1, from_x = last[from_k], from_y = from_x - from_k;
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

/* Writes what changed from one text to the other; false when they are too different for that. */
static bool compare(struct arena *scratch, struct diff *d, str before, str after)
{
    int32_t **furthest, x = 0, y = 0;
    if (before.len + after.len > COMPARED_MAX)
        return false;
    struct pieces a = pieces_of(scratch, before), b = pieces_of(scratch, after);
    int32_t edits = frontier(scratch, a, b, &furthest);
    if (edits < 0)
        return false;
    str steps = script(scratch, a, b, edits, furthest);
    for (size_t i = 0; i < steps.len; i++) {
        if (steps.ptr[i] == '=') {
            put_piece(d, NULL, a.items[x++]);
            y++;
        } else if (steps.ptr[i] == '-') {
            put_piece(d, DEL, a.items[x++]);
        } else {
            put_piece(d, INS, b.items[y++]);
        }
    }
    while (x < a.count)
        put_piece(d, DEL, a.items[x++]);
    while (y < b.count)
        put_piece(d, INS, b.items[y++]);
    return true;
}

html text_diff(struct arena *mem, str before, str after)
{
    /* a tag round each piece and five letters for a character */
    struct diff d = { .out = buf_new(mem, (before.len + after.len) * 20 + 64) };
    struct arena *scratch = arena_new(SCRATCH_CAP, 0);
    if (!compare(scratch, &d, before, after)) {
        put_piece(&d, DEL, before);
        put_piece(&d, INS, after);
    }
    arena_free(scratch);
    if (d.tag)
        buf_printf(d.out, "</%s>", d.tag);
    assert(!buf_is_full(d.out));
    return (html){ buf_str(d.out) };
}
