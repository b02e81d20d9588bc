/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Names that somebody says to be his, and plates of cars. A name has no mark of its own, so it is
 * looked for only where a word announces it, and in the last lines, where a letter is signed;
 * family names are text/zh.txt's, so that 我叫了三次 and 我叫他们来 are nobody. What is taken too
 * much, a person puts back: he sees the text before it goes on. */
#include <assert.h>

#include "platform/text/fold.h"

#include "platform/text/mask_glyphs.h"

enum {
    NAME_MIN = 2,
    NAME_SHORT = 4, /* longest that is taken whole where only a family name says that it is one */
    NAME_LONG = 6,  /* and where a word with a colon says so */
    GIVEN_MAX = 2,
    SIGNED_LINES = 3,
    BLANKS_MAX = 3,
    PLATE = 5,
    PLATE_GREEN = 6, /* of electric cars */
    PLATE_DIGITS = 2
};

/* ---- plates ---- */

static uint32_t upper(uint32_t c)
{
    return c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c;
}

static bool is_letter(uint32_t c)
{
    return upper(c) >= 'A' && upper(c) <= 'Z';
}

/* 12345, 1234挂; six of an electric car, with a letter first or last. */
size_t mask_plate_at(const struct masked *m, size_t i)
{
    size_t from = i + glyphs_one_of(m, i, "mask.provinces"), n = 0, digits = 0;
    if (from == i || !is_letter(glyph_at(m, from)))
        return 0;
    from++;
    from += glyph_at(m, from) == ' ' || glyph_at(m, from) == '-'
                ? 1
                : glyphs_one_of(m, from, "mask.dots");
    for (; is_letter(glyph_at(m, from + n)) || glyph_is_digit(glyph_at(m, from + n)); n++)
        digits += glyph_is_digit(glyph_at(m, from + n));
    if (digits < PLATE_DIGITS)
        return 0;
    size_t last = glyphs_one_of(m, from + n, "mask.plate_ends");
    if (n == PLATE - 1)
        return last ? from + n + last - i : 0;
    bool green = is_letter(glyph_at(m, from)) || is_letter(glyph_at(m, from + n - 1));
    return n == PLATE || (n == PLATE_GREEN && green) ? from + n - i : 0;
}

/* ---- names ---- */

static bool is_name(const struct masked *m, size_t i)
{
    uint32_t c = glyph_at(m, i);
    return fold_is_chinese(c) ||
           (i > 0 && glyphs_one_of(m, i, "mask.dots") && fold_is_chinese(glyph_at(m, i - 1)));
}

/* Characters that may be a name, up to a word that goes on with something else: 张有才住在…. The
 * first `sure` belong to it whatever they are. */
static size_t run_at(const struct masked *m, size_t i, size_t sure)
{
    size_t n = 0;
    while (is_name(m, i + n) && (n < sure || !glyphs_one_of(m, i + n, "mask.name_ends")))
        n++;
    return n;
}

/* A name of which only its family name says that it is one. */
static size_t person_at(const struct masked *m, size_t i)
{
    size_t family = glyphs_one_of(m, i, "mask.families");
    if (family == 0)
        return 0;
    size_t n = run_at(m, i, family + 1);
    if (n < NAME_MIN)
        return 0;
    return n <= NAME_SHORT ? n : family + GIVEN_MAX;
}

static size_t blanks_at(const struct masked *m, size_t i)
{
    size_t n = 0;
    while (n < BLANKS_MAX && glyph_at(m, i + n) == ' ')
        n++;
    return n;
}

/* 姓名：…, and 我叫…; 我姓… gives away one character only. */
static size_t said_at(const struct masked *m, size_t i, size_t *from)
{
    size_t word = glyphs_one_of(m, i, "mask.name_labels");
    if (word) {
        size_t colon = i + word + blanks_at(m, i + word);
        *from = colon + 1 + blanks_at(m, colon + 1);
        size_t n = glyph_at(m, colon) == ':' ? run_at(m, *from, 1) : 0;
        return n > NAME_LONG ? person_at(m, *from) : n;
    }
    word = glyphs_one_of(m, i, "mask.name_says");
    *from = i + word + (glyph_at(m, i + word) == ':');
    *from += blanks_at(m, *from);
    if (word)
        return person_at(m, *from);
    word = glyphs_one_of(m, i, "mask.family_says");
    *from = i + word;
    return word ? glyphs_one_of(m, *from, "mask.families") : 0;
}

static bool is_blank(uint32_t c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/* Whether a line that ends here is one of the last, without counting empty ones. */
static bool is_near_end(const struct masked *m, size_t i)
{
    size_t lines = 1;
    for (; i < m->count && lines <= SIGNED_LINES; i++)
        lines += glyph_at(m, i) == '\n' && i + 1 < m->count && !is_blank(glyph_at(m, i + 1));
    return lines <= SIGNED_LINES;
}

/* A line of two to four characters that begins with a family name, below another: the signature. */
static size_t signed_at(const struct masked *m, size_t i)
{
    size_t begin = i;
    while (begin > 0 && glyph_at(m, begin - 1) == ' ')
        begin--;
    if (begin == 0 || glyph_at(m, begin - 1) != '\n' || glyphs_one_of(m, i, "mask.no_names"))
        return 0;
    size_t n = glyphs_one_of(m, i, "mask.families") ? run_at(m, i, NAME_SHORT + 1) : 0;
    size_t end = i + n;
    while (glyph_at(m, end) == ' ' || glyph_at(m, end) == '\r')
        end++;
    bool alone = end == m->count || glyph_at(m, end) == '\n';
    return n >= NAME_MIN && n <= NAME_SHORT && alone && is_near_end(m, end) ? n : 0;
}

size_t mask_name_at(const struct masked *m, size_t i, size_t *from)
{
    assert(i < m->count);
    size_t n = said_at(m, i, from);
    if (n)
        return n;
    *from = i;
    return signed_at(m, i);
}
