/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Implementation of draft_hints.h: a pure function. The words it looks for are texts
 * (drafts.hint_words). */
#include "modules/drafts/draft_hints.h"

#include "platform/text/mask.h"
#include "platform/text/texts.h"

/* SHORT: characters below which a suggestion hardly says who does what; THIN: all suggestions
 * together below this percentage of the other parts; OPENINGS: suggestions that begin with
 * "besides" from which on it may be two matters. */
enum { SHORT = 10, THIN = 20, OPENINGS = 2 };

struct noting {
    struct arena *mem;
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

static void owned_note(struct noting *n, const char *field, str text)
{
    bool phone = false, identity = false;
    struct rows rows = mask_find(n->mem, text, MASK_NUMBERS);
    for (size_t i = 0; i < rows.count; i++) {
        const struct mask_hit *hit = (const struct mask_hit *)rows.items + i;
        phone |= hit->kind == MASK_MOBILE;
        identity |= hit->kind == MASK_IDENTITY;
    }
    if (phone)
        note(n, "drafts.hint.phone", field, 0);
    if (identity)
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

size_t draft_hints(struct arena *mem, const struct draft_text *text, struct draft_hint *hints)
{
    struct noting n = { mem, hints, 0 };
    title_note(&n, str_trim(text->title));
    owned_note(&n, "situation", text->situation);
    owned_note(&n, "analysis", text->analysis);
    suggestions_note(&n, text);
    return n.count;
}
