/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Telephone, identity and account numbers, addresses of mail, accounts of messengers. The words
 * that a number stands behind are in text/zh.txt. Names and plates: mask_names.c. */
#include "platform/text/mask.h"

#include <assert.h>

#include "platform/base/buf.h"
#include "platform/text/texts.h"

#include "platform/text/mask_glyphs.h"

enum {
    ID_DIGITS = 15,
    TOKEN_MIN = 6,
    LETTERS_MIN = 4,
    MARK_MAX = 64,
    GAP_MAX = 6,
    SHOWN_MAX = 20,
    HITS = 8
};

static uint32_t fold(uint32_t c)
{
    if (c >= 0xFF01 && c <= 0xFF5E)
        return c - 0xFEE0;
    if (c == 0x3000 || c == 0xA0 || (c >= 0x2000 && c <= 0x200A))
        return ' ';
    return (c >= 0x2010 && c <= 0x2015) || c == 0x2212 ? '-' : c;
}

static size_t digits_at(const struct masked *m, size_t i)
{
    size_t n = 0;
    while (glyph_is_digit(glyph_at(m, i + n)))
        n++;
    return n;
}

/* Behind blanks, hyphens, dots and brackets between groups of one number. */
static size_t gap_at(const struct masked *m, size_t i)
{
    size_t n = 0;
    for (; n < 2; n++) {
        uint32_t c = glyph_at(m, i + n);
        if (c != '-' && c != ' ' && c != '.' && c != ')')
            break;
    }
    return n;
}

/* Digits of groups with gaps between them, from i on. first: digits of the first group; end: behind
 * the last one; shown: the first digits, as far as they are asked for. */
struct groups {
    size_t first, total, end;
    char shown[SHOWN_MAX + 1];
};

/* At most so many digits: a group that would make it more is another number. */
static void groups_at(const struct masked *m, size_t i, size_t most, struct groups *g)
{
    size_t n = digits_at(m, i), from = i;
    *g = (struct groups){ .first = n };
    while (n > 0 && g->total + n <= most) {
        for (size_t k = 0; k < n && g->total + k < SHOWN_MAX; k++)
            g->shown[g->total + k] = (char)glyph_at(m, from + k);
        g->total += n;
        g->end = from + n;
        from = g->end + gap_at(m, g->end);
        n = from > g->end ? digits_at(m, from) : 0;
    }
}

static int two(const char *digits)
{
    return (digits[0] - '0') * 10 + digits[1] - '0';
}

/* Six of a place, then a day of birth. */
static bool is_born(const char *digits)
{
    int century = two(digits + 6), month = two(digits + 10), day = two(digits + 12);
    return digits[0] != '0' && (century == 19 || century == 20) && month >= 1 && month <= 12 &&
           day >= 1 && day <= 31;
}

/* Each of these gives the length of what begins at i, 0 = nothing does. A number does not begin or
 * end within a longer one. */

static bool is_x(uint32_t c)
{
    return c == 'x' || c == 'X';
}

/* Eighteen, or seventeen and an X, with a day of birth; in one, or with gaps as 6-8-4, 6-12, 14-4.
 * Its last digit need not be right: who slips with a finger is known by it all the same, and
 * other numbers hardly have a day of birth in this place. */
static size_t identity_at(const struct masked *m, size_t i)
{
    size_t n = digits_at(m, i);
    struct groups g;
    groups_at(m, i, 18, &g);
    if ((n != 6 && n != 14 && n < 17) || g.total < 17 || !is_born(g.shown))
        return 0;
    if (g.total == 17 && is_x(glyph_at(m, g.end)))
        return g.end + 1 - i;
    return g.total == 18 ? g.end - i : 0;
}

/* Fifteen digits (an old identity, a card, an account) and more; seventeen with an X. */
static size_t long_at(const struct masked *m, size_t i)
{
    size_t n = digits_at(m, i);
    return n < ID_DIGITS ? 0 : n == 17 && is_x(glyph_at(m, i + n)) ? n + 1 : n;
}

/* 6222 0212 3456 7890 123: groups of four, the last one shorter. Others only behind a word. */
static size_t card_at(const struct masked *m, size_t i)
{
    size_t total = 0, end = i, n;
    if (glyph_at(m, i) != '6' || glyph_at(m, i + 1) != '2')
        return 0;
    while ((n = digits_at(m, end)) == 4) {
        total += n;
        end += n;
        if (glyph_at(m, end) != ' ' && glyph_at(m, end) != '-')
            break;
        end++;
    }
    if (n < 4) {
        total += n;
        end = n ? end + n : end - (total > 0);
    }
    return total >= 16 && total <= 19 ? end - i : 0;
}

static bool is_year(const struct masked *m, size_t i)
{
    bool century = (glyph_at(m, i) == '1' && glyph_at(m, i + 1) == '9') ||
                   (glyph_at(m, i) == '2' && glyph_at(m, i + 1) == '0');
    return century && digits_at(m, i) == 4;
}

/* 138.0883.1234: with dots in these groups only, others are decimal fractions. */
static size_t dotted_at(const struct masked *m, size_t i)
{
    bool dots = glyph_at(m, i + 3) == '.' && glyph_at(m, i + 8) == '.';
    bool groups = digits_at(m, i) == 3 && digits_at(m, i + 4) == 4 && digits_at(m, i + 9) == 4;
    return dots && groups ? 13 : 0;
}

/* Eleven digits, together or in groups of three and more. */
static size_t eleven_at(const struct masked *m, size_t i)
{
    size_t total = 0, end = i;
    if (is_year(m, i))
        return 0;
    while (total < 11) {
        size_t n = digits_at(m, end), gap = gap_at(m, end + n);
        total += n;
        end += n;
        if (total < 11 && (n < 3 || gap == 0 || glyph_at(m, end) == '.'))
            return 0;
        end += total < 11 ? gap : 0;
    }
    return total == 11 ? end - i : 0;
}

/* 1[3-9] and nine more, together or as 3-4-4, with or without 86 before it. */
static size_t mobile_at(const struct masked *m, size_t i)
{
    size_t from = i;
    if (glyph_at(m, i) == '+')
        from++;
    if (digits_at(m, from) >= 2 && glyph_at(m, from) == '8' && glyph_at(m, from + 1) == '6')
        from += 2 + gap_at(m, from + 2);
    else if (from > i)
        return 0;
    if (glyph_at(m, from) != '1' || glyph_at(m, from + 1) < '3')
        return 0;
    size_t dotted = dotted_at(m, from), n = dotted ? dotted : eleven_at(m, from);
    return n ? from + n - i : 0;
}

/* 400-810-8888, 4008108888. */
static size_t service_at(const struct masked *m, size_t i)
{
    size_t n = digits_at(m, i);
    bool begins = (glyph_at(m, i) == '4' || glyph_at(m, i) == '8') && glyph_at(m, i + 1) == '0' &&
                  glyph_at(m, i + 2) == '0';
    if (!begins)
        return 0;
    if (n == 10)
        return n;
    bool parts = n == 3 && glyph_at(m, i + 3) == '-' && digits_at(m, i + 4) == 3;
    return parts && glyph_at(m, i + 7) == '-' && digits_at(m, i + 8) == 4 ? 12 : 0;
}

/* Seven or eight digits, together or as 3-4 or 4-4. */
static size_t subscriber_at(const struct masked *m, size_t i)
{
    size_t n = digits_at(m, i), gap = gap_at(m, i + n);
    if (n == 7 || n == 8)
        return n;
    return (n == 3 || n == 4) && gap == 1 && digits_at(m, i + n + gap) == 4 ? n + gap + 4 : 0;
}

/* +86 831 8221111, 0086-831-8221111: the area code without its 0. */
static size_t abroad_at(const struct masked *m, size_t i)
{
    size_t zeros = glyph_at(m, i) == '+'                                ? 1
                   : glyph_at(m, i) == '0' && glyph_at(m, i + 1) == '0' ? 2
                                                                        : 0;
    size_t from = i + zeros + 2, gap = gap_at(m, from), n = digits_at(m, from + gap);
    if (!zeros || glyph_at(m, from - 2) != '8' || glyph_at(m, from - 1) != '6')
        return 0;
    size_t more = gap_at(m, from + gap + n), rest = subscriber_at(m, from + gap + n + more);
    return n >= 2 && n <= 4 && more && rest ? from + gap + n + more + rest - i : 0;
}

/* The subscriber's number behind an area code of three or four digits, or all of it in one. */
static size_t number_at(const struct masked *m, size_t i)
{
    size_t n = digits_at(m, i), gap = gap_at(m, i + n), rest = subscriber_at(m, i + n + gap);
    if (glyph_at(m, i) != '0' || n < 3)
        return 0;
    if (n > 4)
        return n >= 10 && n <= 12 ? n : 0;
    return gap && rest ? n + gap + rest : 0;
}

/* 0831-8221111, (0831)8221111, 08318221111, each with an extension. */
static size_t landline_at(const struct masked *m, size_t i)
{
    size_t bracket = glyph_at(m, i) == '(', n = number_at(m, i + bracket), end = i + bracket + n;
    if (n == 0)
        return abroad_at(m, i);
    size_t extension = glyph_at(m, end) == '-' ? digits_at(m, end + 1) : 0;
    return end + (extension > 0 && extension < 6 ? extension + 1 : 0) - i;
}

static bool is_mail(uint32_t c)
{
    return glyph_is_word(c) || c == '.' || c == '-' || c == '+' || c == '%';
}

static size_t mail_at(const struct masked *m, size_t i)
{
    size_t n = i, dots = 0;
    while (is_mail(glyph_at(m, n)))
        n++;
    if (n == i || glyph_at(m, n) != '@' || !glyph_is_word(glyph_at(m, n + 1)))
        return 0;
    for (n++; glyph_is_word(glyph_at(m, n)) || glyph_at(m, n) == '-' ||
              (glyph_at(m, n) == '.' && glyph_is_word(glyph_at(m, n + 1)));
         n++)
        dots += glyph_at(m, n) == '.';
    return dots ? n - i : 0;
}

/* ---- behind words ---- */

size_t glyphs_one_of(const struct masked *m, size_t i, const char *list)
{
    str rest = text_find(list), word;
    str here = i < m->count ? str_sub(m->text, m->glyphs[i].at, m->text.len) : str_of("");
    while (str_split(&rest, ' ', &word))
        if (word.len && str_starts(here, word))
            return (size_t)str_chars(word);
    return 0;
}

/* A word that announces a number or an account. end: where that begins; sure: with a colon or 号,
 * so that it is no mere mention; messenger: whose accounts may be of letters alone. */
struct cue {
    size_t end;
    bool sure, messenger;
};

static bool ends_sure(const struct masked *m, size_t from, size_t length)
{
    size_t end = from + length < m->count ? m->glyphs[from + length].at : m->text.len;
    str word = str_sub(m->text, m->glyphs[from].at, end - m->glyphs[from].at);
    return str_find(word, text_find("mask.no"), 0) >= 0;
}

/* Behind marks and small words. */
static void between(const struct masked *m, struct cue *cue)
{
    for (int gap = 0; gap < GAP_MAX; gap++) {
        uint32_t c = glyph_at(m, cue->end);
        size_t length = glyphs_one_of(m, cue->end, "mask.between");
        if (length) {
            cue->sure = cue->sure || ends_sure(m, cue->end, length);
            cue->end += length;
        } else if (c == ':' || c == ' ' || c == '(' || c == '.') {
            cue->sure = cue->sure || c == ':';
            cue->end++;
        }
    }
}

/* One of letters does not begin within a word: "hotel" announces nothing. */
static bool cue_at(const struct masked *m, size_t i, struct cue *cue)
{
    size_t length = glyphs_one_of(m, i, "mask.messengers");
    *cue = (struct cue){ .messenger = length > 0 };
    if (length == 0)
        length = glyphs_one_of(m, i, "mask.cues");
    if (length == 0 ||
        (i > 0 && glyph_is_word(glyph_at(m, i)) && glyph_is_word(glyph_at(m, i - 1))))
        return false;
    cue->sure = ends_sure(m, i, length);
    cue->end = i + length;
    between(m, cue);
    return true;
}

/* Six digits and more across gaps, but not a span of years, nor a number of something that is only
 * mentioned behind the word. */
static size_t figures_at(const struct masked *m, size_t i, const struct cue *cue)
{
    struct groups g;
    size_t next;
    groups_at(m, i, SHOWN_MAX, &g);
    if (g.total < TOKEN_MIN || (is_year(m, i) && is_year(m, i + 5)))
        return 0;
    next = g.end + (glyph_at(m, g.end) == ' ');
    if (glyphs_one_of(m, next, "mask.units") && !cue->sure)
        return 0;
    return g.end - i;
}

/* At least six letters and digits, one of them a digit; an account of a messenger also of four
 * letters and more. */
static size_t token_at(const struct masked *m, size_t i, const struct cue *cue)
{
    size_t n = 0, digits = 0;
    for (;; n++) {
        uint32_t c = glyph_at(m, i + n);
        bool dot = c == '.' && cue->messenger && n > 0 && glyph_is_word(glyph_at(m, i + n + 1));
        if (!glyph_is_word(c) && c != '-' && !dot)
            break;
        digits += glyph_is_digit(c);
    }
    if (digits == 0)
        return n >= LETTERS_MIN && cue->messenger && cue->sure ? n : 0;
    return n >= TOKEN_MIN && digits < n ? n : 0;
}

static size_t account_at(const struct masked *m, size_t i, const struct cue *cue)
{
    size_t figures = figures_at(m, i, cue), token = token_at(m, i, cue);
    if (is_year(m, i) && is_year(m, i + 5))
        return 0;
    if (figures == 0 && digits_at(m, i) >= TOKEN_MIN)
        return 0;
    return figures > token ? figures : token;
}

/* ---- all together ---- */

static const struct {
    size_t (*at)(const struct masked *m, size_t i);
    enum mask_kind kind;
    enum mask_scope from;
} RULES[] = {
    { identity_at, MASK_IDENTITY, MASK_NUMBERS }, { long_at, MASK_NUMBER, MASK_NUMBERS },
    { card_at, MASK_NUMBER, MASK_NUMBERS },       { mobile_at, MASK_MOBILE, MASK_NUMBERS },
    { landline_at, MASK_PHONE, MASK_NUMBERS },    { service_at, MASK_PHONE, MASK_NUMBERS },
    { mail_at, MASK_CONTACT, MASK_NUMBERS },      { mask_plate_at, MASK_PLATE, MASK_ALL },
};

/* How many characters belong to somebody from here on, and of what kind. */
static size_t rule_at(const struct masked *m, size_t i, enum mask_scope scope, enum mask_kind *kind)
{
    uint32_t before = i ? glyph_at(m, i - 1) : 0;
    if (glyph_is_word(before) || (before == '-' && i > 1 && glyph_is_digit(glyph_at(m, i - 2))))
        return 0;
    for (size_t r = 0; r < sizeof RULES / sizeof *RULES; r++) {
        size_t n = RULES[r].from <= scope ? RULES[r].at(m, i) : 0;
        if (n && !glyph_is_digit(glyph_at(m, i + n))) {
            *kind = RULES[r].kind;
            return n;
        }
    }
    return 0;
}

static size_t byte_at(const struct masked *m, size_t i)
{
    return i < m->count ? m->glyphs[i].at : m->text.len;
}

static size_t hit_add(struct masked *m, size_t from, size_t length, enum mask_kind kind)
{
    assert(length > 0 && from + length <= m->count);
    if (m->found == m->room) {
        struct mask_hit *more = arena_array(m->mem, 2 * m->room + HITS, sizeof *more);
        if (m->found)
            memcpy(more, m->hits, m->found * sizeof *more);
        m->room = 2 * m->room + HITS;
        m->hits = more;
    }
    m->hits[m->found++] =
        (struct mask_hit){ (i64)byte_at(m, from), (i64)byte_at(m, from + length), kind };
    return from + length;
}

static void glyphs_make(struct masked *m)
{
    struct glyph *glyphs = arena_array(m->mem, (size_t)str_chars(m->text) + 1, sizeof *glyphs);
    size_t byte = 0;
    while (byte < m->text.len) {
        glyphs[m->count].at = byte;
        glyphs[m->count++].c = fold(str_next_char(m->text, &byte));
    }
    m->glyphs = glyphs;
}

/* Between two numbers behind one word: 、 / ； 和 with blanks around. */
static size_t and_at(const struct masked *m, size_t i)
{
    size_t blanks = glyph_at(m, i) == ' ', length = glyphs_one_of(m, i + blanks, "mask.and");
    if (length == 0)
        return 0;
    size_t n = blanks + length;
    return n + (glyph_at(m, i + n) == ' ');
}

/* What a word announces, one number or several: the word is kept. Gives where the text goes on, i =
 * nothing is announced. */
static size_t announced(struct masked *m, size_t i, enum mask_scope scope)
{
    struct cue cue;
    size_t done = i, from;
    if (!cue_at(m, i, &cue))
        return i;
    from = cue.end;
    for (;;) {
        enum mask_kind kind = MASK_CONTACT;
        size_t n = rule_at(m, from, scope, &kind);
        n = n ? n : account_at(m, from, &cue);
        if (n == 0)
            return done;
        done = hit_add(m, from, n, kind);
        from = done + and_at(m, done);
        if (from == done)
            return done;
    }
}

/* Gives where the text goes on, i = nobody's name. */
static size_t named(struct masked *m, size_t i, enum mask_scope scope)
{
    size_t from = i, n = scope == MASK_ALL ? mask_name_at(m, i, &from) : 0;
    return n ? hit_add(m, from, n, MASK_NAME) : i;
}

struct rows mask_find(struct arena *mem, str text, enum mask_scope scope)
{
    struct masked m = { .mem = mem, .text = text };
    glyphs_make(&m);
    for (size_t i = 0; i < m.count;) {
        enum mask_kind kind;
        size_t n = rule_at(&m, i, scope, &kind);
        size_t next = n ? hit_add(&m, i, n, kind) : announced(&m, i, scope);
        next = next == i ? named(&m, i, scope) : next;
        i = next == i ? i + 1 : next;
    }
    return (struct rows){ m.hits, m.found, sizeof *m.hits };
}

str mask_text(struct arena *mem, str text, enum mask_scope scope)
{
    static const char *const SHOWN[] = { "mask.shown.phone",    "mask.shown.phone",
                                         "mask.shown.identity", "mask.shown.number",
                                         "mask.shown.contact",  "mask.shown.plate",
                                         "mask.shown.name" };
    struct rows rows = mask_find(mem, text, scope);
    const struct mask_hit *hits = rows.items;
    struct buf *out = buf_new(mem, text.len + rows.count * MARK_MAX + 1);
    size_t done = 0;
    for (size_t i = 0; i < rows.count; i++) {
        buf_add(out, str_sub(text, done, (size_t)hits[i].from - done));
        buf_add(out, text_find(SHOWN[hits[i].kind]));
        done = (size_t)hits[i].to;
    }
    buf_add(out, str_sub(text, done, text.len));
    assert(!buf_is_full(out));
    return buf_str(out);
}
