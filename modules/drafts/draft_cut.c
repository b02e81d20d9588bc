/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Implementation of draft_cut.h. The marks are texts (proposals.mark, proposals.item_patterns). */
#include "modules/drafts/draft_cut.h"

#include "platform/base/buf.h"
#include "platform/text/texts.h"

enum { NUMERAL_MAX = 19, MARK_MAX = 64, TITLE_CHARS = 120, JOINED_MAX = 4 << 20 };

/* ---- a body with marks ---- */

/* Place of the first of the marks "a|b" of a text key, at or behind from; -1 = none. length: of the
 * mark with the colon behind. */
static i64 mark_find(str text, const char *key, size_t from, size_t *length)
{
    static const char *const COLONS[] = { "\uFF1A", ":" };
    str rest = text_find(key), mark;
    i64 best = -1;
    while (str_split(&rest, '|', &mark))
        for (size_t c = 0; c < sizeof COLONS / sizeof *COLONS; c++) {
            char whole[MARK_MAX];
            int n = snprintf(whole, sizeof whole, "%.*s%s", (int)mark.len, mark.ptr, COLONS[c]);
            i64 at = str_find(text, (str){ whole, (size_t)n }, from);
            if (at >= 0 && (best < 0 || at < best)) {
                best = at;
                *length = (size_t)n;
            }
        }
    return best;
}

/* A body of "situation: … analysis: … suggestions: …" (the form that most sites ask for); what has
 * no marks is situation. */
void draft_cut_body(str body, struct draft_parts *out)
{
    *out = (struct draft_parts){ 0 };
    size_t a_length = 0, s_length = 0, begin = 0, length = 0;
    i64 analysis = mark_find(body, "proposals.mark.analysis", 0, &a_length);
    i64 suggested = mark_find(body, "proposals.mark.suggestions",
                              analysis < 0 ? 0 : (size_t)analysis, &s_length);
    if (mark_find(body, "proposals.mark.situation", 0, &length) == 0)
        begin = length;
    size_t end = suggested < 0 ? body.len : (size_t)suggested;
    size_t middle = analysis < 0 ? end : (size_t)analysis;
    out->situation = str_trim(str_sub(body, begin, middle - begin));
    if (analysis >= 0)
        out->analysis = str_trim(str_sub(body, middle + a_length, end - middle - a_length));
    if (suggested >= 0)
        out->suggestions = str_trim(str_sub(body, end + s_length, body.len));
}

/* ---- suggestions ---- */

/* "3" in the digits that a pattern asks for: Arabic for 1, Chinese for #. */
static str numeral(struct arena *mem, bool chinese, i64 n)
{
    str digits = text_find("proposals.digits"); /* ten characters of three bytes: 1 to 10 */
    if (!chinese)
        return arena_printf(mem, "%lld", (long long)n);
    str ten = str_sub(digits, 27, 3), one = str_sub(digits, (size_t)((n - 1) % 10) * 3, 3);
    if (n <= 10)
        return one;
    return arena_printf(mem, "%.*s%.*s", (int)ten.len, ten.ptr, (int)one.len, one.ptr);
}

/* The n-th heading of a pattern such as "(#)" or "1."; a + at its end says that the heading belongs
 * to the sentence and stays. */
static str heading(struct arena *mem, str pattern, i64 n)
{
    struct buf *b = buf_new(mem, MARK_MAX);
    for (size_t i = 0; i < pattern.len; i++)
        if (pattern.ptr[i] == '#' || pattern.ptr[i] == '1')
            buf_add(b, numeral(mem, pattern.ptr[i] == '#', n));
        else if (pattern.ptr[i] != '+')
            buf_put_byte(b, pattern.ptr[i]);
    return buf_str(b);
}

/* A heading stands at the begin, behind white space or behind the end of a sentence. */
static bool begins_sentence(str text, size_t at)
{
    static const char *const ENDS[] = { "\u3002", "\uFF1B", "\uFF1A", "\uFF0C", "\u3000", "\uFF01",
                                        " ",      "\n",     ";",      ":",      ",",      "\t" };
    str before = str_sub(text, 0, at);
    for (size_t i = 0; i < sizeof ENDS / sizeof *ENDS; i++)
        if (str_ends(before, str_of(ENDS[i])))
            return true;
    return at == 0;
}

static i64 heading_find(str text, str mark, size_t from)
{
    for (i64 at = str_find(text, mark, from); at >= 0; at = str_find(text, mark, (size_t)at + 1))
        if (begins_sentence(text, (size_t)at))
            return at;
    return -1;
}

/* Places of the headings 1, 2, 3 … of one pattern, in order. */
struct places {
    size_t at[NUMERAL_MAX + 1], length[NUMERAL_MAX];
    size_t count;
};

static void places_find(struct arena *mem, str text, str pattern, struct places *out)
{
    size_t from = 0;
    out->count = 0;
    for (i64 n = 1; n <= NUMERAL_MAX; n++) {
        str mark = heading(mem, pattern, n);
        i64 at = heading_find(text, mark, from);
        if (at < 0)
            break;
        out->at[out->count] = (size_t)at;
        out->length[out->count++] = str_ends(pattern, str_of("+")) ? 0 : mark.len;
        from = (size_t)at + mark.len;
    }
    out->at[out->count] = text.len;
}

/* The pattern whose first heading stands earliest, if it has at least two. */
static struct places best_places(struct arena *mem, str text)
{
    str rest = text_find("proposals.item_patterns"), pattern;
    struct places best = { 0 }, one;
    while (str_split(&rest, '|', &pattern)) {
        places_find(mem, text, pattern, &one);
        if (one.count >= 2 && (best.count == 0 || one.at[0] < best.at[0]))
            best = one;
    }
    return best;
}

/* What stands before the first heading goes with the first suggestion, so that nothing is lost. */
strs draft_cut_suggestions(struct arena *mem, str text)
{
    struct places places = best_places(mem, text);
    strs out = { 0 };
    if (places.count == 0) {
        if (text.len)
            strs_add(mem, &out, text);
        return out;
    }
    str lead = str_trim(str_sub(text, 0, places.at[0]));
    for (size_t i = 0; i < places.count; i++) {
        size_t begin = places.at[i] + places.length[i];
        str item = str_trim(str_sub(text, begin, places.at[i + 1] - begin));
        if (i == 0 && lead.len)
            item =
                arena_printf(mem, "%.*s\n%.*s", (int)lead.len, lead.ptr, (int)item.len, item.ptr);
        if (item.len)
            strs_add(mem, &out, item);
    }
    return out;
}

/* ---- paragraphs ---- */

/* Without the colon behind. */
static str no_colon(str text)
{
    static const char *const COLONS[] = { "\uFF1A", ":" };
    for (size_t c = 0; c < sizeof COLONS / sizeof *COLONS; c++)
        if (str_ends(text, str_of(COLONS[c])))
            return str_trim(str_sub(text, 0, text.len - strlen(COLONS[c])));
    return text;
}

/* A short paragraph without the number in front and the colon behind; empty for a long one. */
static str bare(struct arena *mem, str paragraph)
{
    str patterns = text_find("proposals.item_patterns"), pattern, text = str_trim(paragraph);
    if (text.len > MARK_MAX)
        return str_of("");
    while (str_split(&patterns, '|', &pattern))
        for (i64 n = 1; n <= NUMERAL_MAX; n++) {
            str mark = heading(mem, pattern, n);
            if (str_starts(text, mark))
                return no_colon(str_trim(str_sub(text, mark.len, text.len)));
        }
    return no_colon(text);
}

static bool is_one_of(str text, const char *key)
{
    str rest = text_find(key), word;
    while (str_split(&rest, '|', &word))
        if (str_eq(text, word))
            return true;
    return false;
}

enum part { PART_NONE, PART_SITUATION, PART_ANALYSIS, PART_SUGGESTIONS, PART_COUNT };

/* The part that a paragraph heads. */
static enum part headed(struct arena *mem, str paragraph)
{
    str text = bare(mem, paragraph);
    return text.len == 0                                   ? PART_NONE
           : is_one_of(text, "proposals.mark.situation")   ? PART_SITUATION
           : is_one_of(text, "proposals.mark.analysis")    ? PART_ANALYSIS
           : is_one_of(text, "proposals.mark.suggestions") ? PART_SUGGESTIONS
                                                           : PART_NONE;
}

static bool ends_with(str text, const char *key)
{
    str rest = text_find(key), word;
    while (str_split(&rest, '|', &word))
        if (str_ends(text, word))
            return true;
    return false;
}

static bool is_title(str paragraph)
{
    str text = str_trim(paragraph);
    return str_chars(text) <= TITLE_CHARS && ends_with(text, "drafts.hint_words.what");
}

static void part_add(struct buf *b, str paragraph)
{
    if (b->len)
        buf_put_byte(b, '\n');
    buf_add(b, paragraph);
}

void draft_cut_paragraphs(struct arena *mem, const strs *paragraphs, struct draft_parts *out)
{
    struct buf *parts[PART_COUNT];
    enum part at = PART_NONE;
    str title = str_of("");
    for (int i = 0; i < PART_COUNT; i++)
        parts[i] = buf_new(mem, JOINED_MAX);
    for (size_t i = 0; i < paragraphs->count; i++) {
        enum part next = headed(mem, paragraphs->items[i]);
        if (i == 0 && is_title(paragraphs->items[i]))
            title = str_trim(paragraphs->items[i]);
        else if (next == PART_NONE)
            part_add(parts[at], paragraphs->items[i]);
        else
            at = next;
    }
    if (at == PART_NONE) { /* nothing is headed */
        draft_cut_body(buf_str(parts[PART_NONE]), out);
    } else {
        if (parts[PART_NONE]->len && parts[PART_SITUATION]->len)
            part_add(parts[PART_NONE], buf_str(parts[PART_SITUATION]));
        *out = (struct draft_parts){
            .situation = buf_str(parts[parts[PART_NONE]->len ? PART_NONE : PART_SITUATION]),
            .analysis = buf_str(parts[PART_ANALYSIS]),
            .suggestions = buf_str(parts[PART_SUGGESTIONS]),
        };
    }
    out->title = title;
}

strs draft_cut_paragraph_suggestions(struct arena *mem, str text, size_t most)
{
    strs cut = draft_cut_suggestions(mem, text), lines = { 0 };
    str rest = text, line;
    if (cut.count != 1)
        return cut;
    while (str_split(&rest, '\n', &line))
        if (str_trim(line).len)
            strs_add(mem, &lines, str_trim(line));
    return lines.count <= most ? lines : cut;
}
