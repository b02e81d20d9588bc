/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Building of match expressions and token sets. Tokens hold letters and digits only, so nothing in
 * them needs quoting. */
#include "platform/text/terms.h"

#include <assert.h>

static bool next_word(str *rest, str *word)
{
    size_t at = 0, from;
    bool space = true;
    for (from = 0; at < rest->len && space;) {
        from = at;
        uint32_t c = str_next_char(*rest, &at);
        space = c == ' ' || (c >= '\t' && c <= '\r') || c == 0x3000 || c == 0xA0;
    }
    if (space)
        return false;
    size_t end = rest->len;
    while (at < rest->len) {
        size_t here = at;
        uint32_t c = str_next_char(*rest, &at);
        if (c == ' ' || (c >= '\t' && c <= '\r') || c == 0x3000 || c == 0xA0) {
            end = here;
            break;
        }
    }
    *word = str_sub(*rest, from, end - from);
    *rest = str_sub(*rest, end, rest->len);
    return true;
}

struct words words_of(struct arena *mem, str query)
{
    struct words out = { .count = 0 };
    str word;
    while (out.count < TERMS_WORDS_MAX && next_word(&query, &word)) {
        str folded = fold_text(mem, word);
        if (folded.len)
            out.items[out.count++] = folded;
    }
    return out;
}

str terms_scope(struct arena *mem, const char *collection, i64 org_id, bool fts)
{
    return arena_printf(mem, fts ? "%s%lld" : "%s:%lld", collection, (long long)org_id);
}

static void put_phrase(struct buf *b, str word)
{
    struct fold_token t;
    bool single = false;
    buf_put_byte(b, '"');
    for (size_t at = 0, n = 0; fold_next(word, &at, false, &t); n++) {
        if (n)
            buf_put_byte(b, ' ');
        buf_add(b, t.text);
        single = t.single;
    }
    buf_put_byte(b, '"');
    if (single)
        buf_put_byte(b, '*');
}

static str all_fts(struct arena *mem, str scope, const struct words *words)
{
    struct buf *b = buf_new(mem, 1 << 20);
    buf_put(b, "scope:");
    buf_add(b, scope);
    for (size_t i = 0; i < words->count; i++) {
        buf_put(b, i == 0 ? " AND (" : " AND ");
        put_phrase(b, words->items[i]);
    }
    if (words->count)
        buf_put_byte(b, ')');
    return buf_str(b);
}

/* An array literal: every item quoted, or a word such as "null" would be something else. */
static void put_first(struct buf *b, str item)
{
    buf_put(b, "{\"");
    buf_add(b, item);
    buf_put_byte(b, '"');
}

static void put_item(struct buf *b, str item)
{
    buf_put(b, ",\"");
    buf_add(b, item);
    buf_put_byte(b, '"');
}

static str all_array(struct arena *mem, str scope, const struct words *words)
{
    struct buf *b = buf_new(mem, 1 << 20);
    struct fold_token t;
    put_first(b, scope);
    for (size_t i = 0; i < words->count; i++)
        for (size_t at = 0; fold_next(words->items[i], &at, false, &t);)
            put_item(b, t.text);
    buf_put_byte(b, '}');
    return buf_str(b);
}

str terms_all(struct arena *mem, str scope, const struct words *words, bool fts)
{
    return fts ? all_fts(mem, scope, words) : all_array(mem, scope, words);
}

str terms_any(struct arena *mem, str scope, const strs *tokens, bool fts)
{
    struct buf *b = buf_new(mem, 1 << 20);
    if (fts) {
        buf_put(b, "scope:");
        buf_add(b, scope);
    }
    for (size_t i = 0; i < tokens->count; i++) {
        buf_put(b, i ? fts ? " OR \"" : ",\"" : fts ? " AND (\"" : "{\"");
        buf_add(b, tokens->items[i]);
        buf_put_byte(b, '"');
    }
    buf_put(b, tokens->count == 0 ? fts ? "" : "{}" : fts ? ")" : "}");
    return buf_str(b);
}

str tokens_fts(struct arena *mem, str folded)
{
    struct buf *b = buf_new(mem, folded.len * 4 + 64);
    struct fold_token t;
    for (size_t at = 0; fold_next(folded, &at, true, &t);) {
        if (b->len)
            buf_put_byte(b, ' ');
        buf_add(b, t.text);
    }
    assert(!buf_is_full(b));
    return buf_str(b);
}

static void put_new(struct buf *b, struct tally *seen, str token)
{
    struct tally_item *item = tally_of(seen, token);
    if (item->count++)
        return;
    put_item(b, token);
}

static void put_tokens(struct buf *b, struct tally *seen, str folded)
{
    struct fold_token t;
    for (size_t at = 0; fold_next(folded, &at, true, &t);) {
        put_new(b, seen, t.text);
        size_t first = 0;
        if (t.chinese) {
            str_next_char(t.text, &first);
            put_new(b, seen, str_sub(t.text, 0, first));
        }
    }
}

str tokens_array(struct arena *mem, str scope, str title, str body)
{
    struct buf *b = buf_new(mem, (title.len + body.len) * 8 + 256);
    struct tally seen = tally_new(mem, 256);
    put_first(b, scope);
    put_tokens(b, &seen, title);
    put_tokens(b, &seen, body);
    buf_put_byte(b, '}');
    assert(!buf_is_full(b));
    return buf_str(b);
}

static uint64_t hash_of(str s)
{
    uint64_t h = 14695981039346656037u;
    for (size_t i = 0; i < s.len; i++)
        h = (h ^ (unsigned char)s.ptr[i]) * 1099511628211u;
    return h ^ (h >> 29);
}

struct tally tally_new(struct arena *mem, size_t capacity)
{
    size_t size = 16;
    while (size < capacity)
        size *= 2;
    return (struct tally){ arena_array(mem, size, sizeof(struct tally_item)), size, 0, mem };
}

static struct tally_item *slot_of(const struct tally *t, str text)
{
    size_t i = (size_t)hash_of(text) & (t->capacity - 1);
    while (t->items[i].text.ptr && !str_eq(t->items[i].text, text))
        i = (i + 1) & (t->capacity - 1);
    return &t->items[i];
}

struct tally_item *tally_of(struct tally *t, str text)
{
    if (t->count * 2 >= t->capacity) {
        struct tally more = tally_new(t->mem, t->capacity * 2);
        for (size_t i = 0; i < t->capacity; i++)
            if (t->items[i].text.ptr)
                *slot_of(&more, t->items[i].text) = t->items[i];
        more.count = t->count;
        *t = more;
    }
    struct tally_item *item = slot_of(t, text);
    if (!item->text.ptr) {
        item->text = text;
        t->count++;
    }
    return item;
}

const struct tally_item *tally_find(const struct tally *t, str text)
{
    const struct tally_item *item = slot_of(t, text);
    return item->text.ptr ? item : NULL;
}
