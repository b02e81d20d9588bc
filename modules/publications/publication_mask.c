/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What must not stand in a public text: telephone, identity and account numbers, addresses of mail,
 * accounts of messengers. Rules only, no guessing: the publisher reads it afterwards. The words
 * that a number stands behind are in text/zh.txt. */
#include "modules/publications/publication.h"
#include "platform/text/texts.h"

enum { ID_DIGITS = 15, TOKEN_MIN = 6, MARK_MAX = 64, GAP_MAX = 6 };

/* A character folded to half width, and where it stands. */
struct glyph {
    uint32_t c;
    size_t at;
};

struct masked {
    str text;
    const struct glyph *glyphs; /* ended by one with c = 0 at the end of the text */
    size_t count;
    struct buf *out;
};

static uint32_t fold(uint32_t c)
{
    if (c >= 0xFF01 && c <= 0xFF5E)
        return c - 0xFEE0;
    return c == 0x3000 ? ' ' : c == 0x2014 || c == 0x2013 || c == 0x2010 ? '-' : c;
}

static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

static bool is_word(uint32_t c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static uint32_t at(const struct masked *m, size_t i)
{
    return i < m->count ? m->glyphs[i].c : 0;
}

static size_t digits_at(const struct masked *m, size_t i)
{
    size_t n = 0;
    while (is_digit(at(m, i + n)))
        n++;
    return n;
}

/* Behind blanks, hyphens and brackets between groups of one number. */
static size_t gap_at(const struct masked *m, size_t i)
{
    size_t n = 0;
    while (n < 2 && (at(m, i + n) == '-' || at(m, i + n) == ' ' || at(m, i + n) == ')'))
        n++;
    return n;
}

/* Each of these gives the length of what begins at i, 0 = nothing does. A number does not begin or
 * end within a longer one. */

static size_t identity_at(const struct masked *m, size_t i)
{
    size_t n = digits_at(m, i);
    if (n == 17 && (at(m, i + n) == 'x' || at(m, i + n) == 'X'))
        return n + 1;
    return n >= ID_DIGITS ? n : 0;
}

/* 1[3-9] and nine more, together or as 3-4-4, with or without 86 before it. */
static size_t mobile_at(const struct masked *m, size_t i)
{
    size_t from = i, total = 0, end = i;
    if (at(m, i) == '+')
        from++;
    if (digits_at(m, from) >= 2 && at(m, from) == '8' && at(m, from + 1) == '6')
        from += 2 + gap_at(m, from + 2);
    else if (from > i)
        return 0;
    if (at(m, from) != '1' || at(m, from + 1) < '3')
        return 0;
    for (end = from; total < 11;) {
        size_t n = digits_at(m, end), gap = gap_at(m, end + n);
        total += n;
        end += n;
        if (total < 11 && (n < 3 || gap == 0))
            return 0;
        end += total < 11 ? gap : 0;
    }
    return total == 11 ? end - i : 0;
}

/* 400-810-8888, 4008108888. */
static size_t service_at(const struct masked *m, size_t i)
{
    size_t n = digits_at(m, i);
    bool begins =
        (at(m, i) == '4' || at(m, i) == '8') && at(m, i + 1) == '0' && at(m, i + 2) == '0';
    if (!begins)
        return 0;
    if (n == 10)
        return n;
    bool parts = n == 3 && at(m, i + 3) == '-' && digits_at(m, i + 4) == 3;
    return parts && at(m, i + 7) == '-' && digits_at(m, i + 8) == 4 ? 12 : 0;
}

/* The subscriber's number behind an area code of three or four digits, or all of it in one. */
static size_t number_at(const struct masked *m, size_t i)
{
    size_t n = digits_at(m, i), gap = gap_at(m, i + n), rest = digits_at(m, i + n + gap);
    if (at(m, i) != '0' || n < 3)
        return 0;
    if (n > 4)
        return n >= 10 && n <= 12 ? n : 0;
    return gap && (rest == 7 || rest == 8) ? n + gap + rest : 0;
}

/* 0831-8221111, (0831)8221111, 08318221111, each with an extension. */
static size_t landline_at(const struct masked *m, size_t i)
{
    size_t bracket = at(m, i) == '(', n = number_at(m, i + bracket), end = i + bracket + n;
    if (n == 0)
        return 0;
    size_t extension = at(m, end) == '-' ? digits_at(m, end + 1) : 0;
    return end + (extension > 0 && extension < 6 ? extension + 1 : 0) - i;
}

static bool is_mail(uint32_t c)
{
    return is_word(c) || c == '.' || c == '-' || c == '+' || c == '%';
}

static size_t mail_at(const struct masked *m, size_t i)
{
    size_t n = i, dots = 0;
    while (is_mail(at(m, n)))
        n++;
    if (n == i || at(m, n) != '@' || !is_word(at(m, n + 1)))
        return 0;
    for (n++; is_word(at(m, n)) || at(m, n) == '-' || (at(m, n) == '.' && is_word(at(m, n + 1)));
         n++)
        dots += at(m, n) == '.';
    return dots ? n - i : 0;
}

/* ---- behind words ---- */

/* Bytes of one of the words of a list at a place of the text; the longest stand first. */
static size_t one_of(const struct masked *m, size_t i, const char *list)
{
    str rest = text_find(list), word;
    str here = i < m->count ? str_sub(m->text, m->glyphs[i].at, m->text.len) : str_of("");
    while (str_split(&rest, ' ', &word))
        if (word.len && str_starts(here, word))
            return word.len;
    return 0;
}

static size_t glyphs_of(const struct masked *m, size_t i, size_t length)
{
    size_t n = 0, end = m->glyphs[i].at + length;
    while (i + n < m->count && m->glyphs[i + n].at < end)
        n++;
    return n;
}

/* Where what a word announces begins: the word, then marks and small words. 0 = no such word. */
static size_t behind_cue(const struct masked *m, size_t i)
{
    size_t length = one_of(m, i, "publications.mask_cues"), n;
    if (length == 0)
        return 0;
    n = glyphs_of(m, i, length);
    for (int gap = 0; gap < GAP_MAX; gap++) {
        uint32_t c = at(m, i + n);
        length = one_of(m, i + n, "publications.mask_between");
        if (length)
            n += glyphs_of(m, i + n, length);
        else if (c == ':' || c == ' ' || c == '(')
            n++;
    }
    return n;
}

/* At least six letters and digits, one of them a digit. */
static size_t account_at(const struct masked *m, size_t i)
{
    size_t n = 0, digits = 0;
    for (; is_word(at(m, i + n)) || at(m, i + n) == '-'; n++)
        digits += is_digit(at(m, i + n));
    return n >= TOKEN_MIN && digits > 0 ? n : 0;
}

/* ---- all together ---- */

static const struct {
    size_t (*at)(const struct masked *m, size_t i);
    const char *mark;
} RULES[] = {
    { identity_at, "publications.masked_number" }, { mobile_at, "publications.masked_phone" },
    { landline_at, "publications.masked_phone" },  { service_at, "publications.masked_phone" },
    { mail_at, "publications.masked_contact" },
};

static size_t rule_at(const struct masked *m, size_t i, const char **mark)
{
    uint32_t before = i ? at(m, i - 1) : 0;
    if (is_word(before) || (before == '-' && i > 1 && is_digit(at(m, i - 2))))
        return 0;
    for (size_t r = 0; r < sizeof RULES / sizeof *RULES; r++) {
        size_t n = RULES[r].at(m, i);
        if (n && !is_digit(at(m, i + n))) {
            *mark = RULES[r].mark;
            return n;
        }
    }
    return 0;
}

static size_t byte_at(const struct masked *m, size_t i)
{
    return i < m->count ? m->glyphs[i].at : m->text.len;
}

static void copy(const struct masked *m, size_t from, size_t to)
{
    buf_add(m->out, str_sub(m->text, byte_at(m, from), byte_at(m, to) - byte_at(m, from)));
}

static void glyphs_make(struct arena *mem, struct masked *m)
{
    struct glyph *glyphs = arena_array(mem, m->text.len + 1, sizeof *glyphs);
    size_t byte = 0;
    while (byte < m->text.len) {
        glyphs[m->count].at = byte;
        glyphs[m->count++].c = fold(str_next_char(m->text, &byte));
    }
    m->glyphs = glyphs;
}

str publication_mask(struct arena *mem, str text)
{
    struct masked m = { .text = text };
    glyphs_make(mem, &m);
    m.out = buf_new(mem, text.len * 2 + text.len / TOKEN_MIN * MARK_MAX + MARK_MAX);
    for (size_t i = 0; i < m.count;) {
        const char *mark = NULL;
        size_t n = rule_at(&m, i, &mark), cue = n ? 0 : behind_cue(&m, i);
        size_t account = cue && !rule_at(&m, i + cue, &mark) ? account_at(&m, i + cue) : 0;
        if (n) {
            buf_add(m.out, text_find(mark));
        } else if (account) {
            copy(&m, i, i + cue);
            buf_add(m.out, text_find("publications.masked_contact"));
            n = cue + account;
        } else {
            n = 1;
            copy(&m, i, i + n);
        }
        i += n;
    }
    return buf_str(m.out);
}
