/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The characters of a text that is masked, and who looks for what in them. For mask.c (numbers,
 * accounts) and mask_names.c (names, plates). */
#ifndef HT_TEXT_MASK_GLYPHS_H
#define HT_TEXT_MASK_GLYPHS_H
#include "platform/text/mask.h"

/* A character folded to half width, and where it stands. */
struct glyph {
    uint32_t c;
    size_t at;
};

struct masked {
    struct arena *mem;
    str text;
    const struct glyph *glyphs;
    size_t count;
    struct mask_hit *hits;
    size_t found, room;
};

/* The character at a place; 0 behind the end. */
static inline uint32_t glyph_at(const struct masked *m, size_t i)
{
    return i < m->count ? m->glyphs[i].c : 0;
}

/* Whether it is one of 0 to 9. */
static inline bool glyph_is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

/* Whether it is a letter, a digit or an underscore. */
static inline bool glyph_is_word(uint32_t c)
{
    return glyph_is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/* Characters of the first word of a list (a text, words with blanks between, the longest first)
 * that stands at a place; 0 = none does. */
size_t glyphs_one_of(const struct masked *m, size_t i, const char *list);

/* Length of what begins at a place, 0 = nothing does: the plate of a car. */
size_t mask_plate_at(const struct masked *m, size_t i);

/* A name that the word at a place announces (我叫…, 姓名：…), or that stands alone in one of the
 * last lines: where it begins; its length, 0 = there is none. */
size_t mask_name_at(const struct masked *m, size_t i, size_t *from);
#endif
