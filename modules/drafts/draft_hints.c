/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Implementation of draft_hints.h: a pure function. The words it looks for are texts
 * (drafts.hint_words). */
#include "modules/drafts/draft_hints.h"

#include "platform/text/texts.h"

/* SHORT: characters below which a suggestion hardly says who does what; THIN: all suggestions
 * together below this percentage of the other parts; OPENINGS: suggestions that begin with
 * "besides" from which on it may be two matters. */
enum { SHORT = 10, THIN = 20, OPENINGS = 2, PHONE = 11, IDENTITY = 18 };

struct noting {
    struct draft_hint *hints;
    size_t count;
};

static void note(struct noting *n, const char *name, const char *field, i64 number)
{
    if (n->count < DRAFT_HINTS_MAX)
        n->hints[n->count++] = (struct draft_hint){ name, field, number };
}

/* ---- words ---- */

static bool begins_with(str text, const char *key)
{
    str rest = text_find(key), word;
    while (str_split(&rest, '|', &word))
        if (str_starts(text, word))
            return true;
    return false;
}

static bool ends_with(str text, const char *key)
{
    str rest = text_find(key), word;
    while (str_split(&rest, '|', &word))
        if (str_ends(text, word))
            return true;
    return false;
}

/* ---- numbers that are somebody's ---- */

/* Bytes of the digit at a place, 0 = there is none; full-width ones count. */
static size_t digit_at(str text, size_t at, char *digit)
{
    const unsigned char *c = (const unsigned char *)text.ptr + at;
    if (at < text.len && *c >= '0' && *c <= '9') {
        *digit = (char)*c;
        return 1;
    }
    if (at + 2 >= text.len || c[0] != 0xEF || c[1] != 0xBC || c[2] < 0x90 || c[2] > 0x99)
        return 0;
    *digit = (char)('0' + (c[2] - 0x90));
    return 3;
}

/* Bytes of the first of some marks that stands at a place, 0 = none does. */
static size_t mark_at(str text, size_t at, const char *const marks[])
{
    str rest = str_sub(text, at, text.len - at);
    for (; *marks; marks++)
        if (str_starts(rest, str_of(*marks)))
            return strlen(*marks);
    return 0;
}

/* Digits with what stands between their groups taken out; first: length of the first group. */
struct number {
    char digits[IDENTITY + 1];
    size_t count, first;
};

/* A mobile number: eleven digits, 13… to 19…, in one or as 138-1234-5678. */
static bool is_phone(const struct number *n)
{
    return n->count == PHONE && n->digits[0] == '1' && n->digits[1] >= '3' &&
           (n->first == PHONE || n->first == 3);
}

/* An identity number: 17 digits and a digit or X, with a year of birth in it. */
static bool is_identity(const struct number *n, bool x)
{
    const char *year = n->digits + 6;
    return (n->count == IDENTITY || (n->count == IDENTITY - 1 && x)) &&
           ((year[0] == '1' && year[1] == '9') || (year[0] == '2' && year[1] == '0'));
}

struct owned {
    bool phone, identity;
};

/* The group of digits at a place, to the number; gives the place behind it. */
static size_t group_add(str text, size_t at, struct number *n)
{
    char digit;
    for (size_t length; (length = digit_at(text, at, &digit)) > 0; at += length) {
        if (n->count < IDENTITY)
            n->digits[n->count] = digit;
        n->count++;
    }
    return at;
}

/* Looks from the begin of a group over those behind it, each after one dash or space. Gives the
 * place behind the first. */
static size_t number_look(str text, size_t at, struct owned *found)
{
    static const char *const DASHES[] = { "-",      " ",      "\uFF0D", "\u2010",
                                          "\u2013", "\u2014", "\u3000", NULL };
    static const char *const TENS[] = { "X", "x", "\uFF38", "\uFF58", NULL };
    struct number n = { 0 };
    size_t end = group_add(text, at, &n), behind = end;
    char digit;
    n.first = n.count;
    while (n.count <= IDENTITY) {
        size_t dash = mark_at(text, end, DASHES);
        bool x = mark_at(text, end, TENS) || (dash && mark_at(text, end + dash, TENS));
        found->phone |= is_phone(&n);
        found->identity |= is_identity(&n, x);
        if (dash == 0 || digit_at(text, end + dash, &digit) == 0)
            break;
        end = group_add(text, end + dash, &n);
    }
    return behind;
}

static struct owned owned_of(str text)
{
    struct owned found = { 0 };
    char digit;
    for (size_t at = 0; at < text.len;)
        at = digit_at(text, at, &digit) ? number_look(text, at, &found) : at + 1;
    return found;
}

static void owned_note(struct noting *n, const char *field, str text)
{
    struct owned found = owned_of(text);
    if (found.phone)
        note(n, "drafts.hint.phone", field, 0);
    if (found.identity)
        note(n, "drafts.hint.identity", field, 0);
}

/* ---- the rules ---- */

static void title_note(struct noting *n, str title)
{
    if (title.len && !(begins_with(title, "drafts.hint_words.about") &&
                       ends_with(title, "drafts.hint_words.what")))
        note(n, "drafts.hint.title", "title", 0);
}

static void suggestions_note(struct noting *n, const struct draft_text *text)
{
    const strs *all = text->suggestions;
    i64 others = str_chars(text->situation) + str_chars(text->analysis), own = 0, openings = 0;
    for (size_t i = 0; i < all->count; i++) {
        str one = str_trim(all->items[i]);
        own += str_chars(one);
        openings += begins_with(one, "drafts.hint_words.besides");
        if (one.len && str_chars(one) < SHORT)
            note(n, "drafts.hint.short", "suggestions", (i64)i + 1);
        owned_note(n, "suggestions", one);
    }
    if (own > 0 && own * 100 < others * THIN)
        note(n, "drafts.hint.thin", "suggestions", 0);
    if (openings >= OPENINGS)
        note(n, "drafts.hint.several", "suggestions", 0);
}

size_t draft_hints(const struct draft_text *text, struct draft_hint *hints)
{
    struct noting n = { .hints = hints };
    title_note(&n, str_trim(text->title));
    owned_note(&n, "situation", text->situation);
    owned_note(&n, "analysis", text->analysis);
    suggestions_note(&n, text);
    return n.count;
}
