/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Letters of GB/T 9704-2012 chapter 10.1 (信函格式). First every line of the text becomes a row,
 * then rows are put on pages, then head, version block and page numbers are drawn. How a line is
 * drawn: docs_pdf.c. Forms: docs_form.c. */
#include <assert.h>
#include <math.h>

#include "platform/base/clock.h"
#include "platform/base/str.h"
#include "platform/docs/docs.h"
#include "platform/docs/docs_measures.h"

/* A line with its place. height in grid lines; keep: must stand on the same page as the next row.
 * */
struct row {
    const struct text_line *line; /* NULL = blank */
    double x, fill, height;
    bool keep;
};

struct letter {
    struct arena *mem;
    struct canvas *canvas;
    const struct paper_letter *paper;
    struct row *rows;
    size_t count, cap;
};

static const struct style FANG = { FACE_FANG, 156.0 / LINE_CHARS, false };

str paper_day(struct arena *mem, i64 day)
{
    int year, month, mday;
    day_to_civil(day, &year, &month, &mday);
    return arena_printf(mem, "%d\u5E74%d\u6708%d\u65E5", year, month, mday);
}

void paper_page_number(struct canvas *c, i64 page)
{
    assert(page > 0);
    char digits[32];
    int n = snprintf(digits, sizeof digits, "\u2014 %lld \u2014", (long long)page);
    struct style style = { FACE_SONG, SIZE_4, false };
    struct paragraph text = { { digits, (size_t)n }, { FACE_FANG, SIZE_4, false }, TEXT_W, 0 };
    struct text_line *line = canvas_break(c, &text).items;
    double blank = style.size_mm, top, bottom;
    double x = page % 2 ? LEFT + TEXT_W - blank - line->width_mm : LEFT + blank;
    canvas_ink(line, &top, &bottom);
    canvas_line(c, line, x, TOP + TEXT_H + NUMBER_GAP - top, 0);
}

static struct row *row_add(struct letter *l, struct row row)
{
    if (l->count == l->cap) {
        size_t cap = l->cap ? l->cap * 2 : 64;
        struct row *more = arena_array(l->mem, cap, sizeof *more);
        if (l->count)
            memcpy(more, l->rows, l->count * sizeof *more);
        l->rows = more;
        l->cap = cap;
    }
    l->rows[l->count] = row;
    return &l->rows[l->count++];
}

static void blank_add(struct letter *l, double height, bool keep)
{
    row_add(l, (struct row){ .height = height, .keep = keep });
}

static struct style style_of(enum paper_kind kind)
{
    struct style style = FANG;
    if (kind == PAPER_HEADING1)
        style.face = FACE_HEI;
    else if (kind == PAPER_HEADING2)
        style.face = FACE_KAI;
    return style;
}

static bool is_heading(enum paper_kind kind)
{
    return kind == PAPER_HEADING1 || kind == PAPER_HEADING2 || kind == PAPER_HEADING3;
}

static void paragraph_add(struct letter *l, enum paper_kind kind, str text)
{
    double indent = kind == PAPER_ADDRESSEE || kind == PAPER_SIGNATURE ? 0 : 2 * SQUARE;
    struct paragraph p = { text, style_of(kind), TEXT_W, indent };
    struct text_lines lines = canvas_break(l->canvas, &p);
    if (kind == PAPER_SIGNATURE && l->count)
        l->rows[l->count - 1].keep = true; /* a name never stands alone on a page */
    for (size_t i = 0; i < lines.count; i++) {
        const struct text_line *line = &lines.items[i];
        struct row row = { line, LEFT + line->indent_mm, TEXT_W - line->indent_mm, 1,
                           is_heading(kind) };
        if (kind == PAPER_SIGNATURE)
            row.x = LEFT + TEXT_W - 2 * SQUARE - line->width_mm;
        row_add(l, row);
    }
}

/* Lines of the title broken so that they are about equally long: the narrowest width with the
 * same number of lines. */
static struct text_lines title_break(struct letter *l, str text)
{
    struct paragraph p = { text, { FACE_SONG, SIZE_2, false }, TEXT_W - 2 * SIZE_2, 0 };
    struct text_lines lines = canvas_break(l->canvas, &p);
    if (lines.count < 2)
        return lines;
    size_t wanted = lines.count;
    double low = p.width_mm / 2, high = p.width_mm;
    while (high - low > SIZE_2 / 4) {
        p.width_mm = (low + high) / 2;
        struct text_lines tried = canvas_break(l->canvas, &p);
        bool fits = tried.count == wanted;
        lines = fits ? tried : lines;
        *(fits ? &high : &low) = p.width_mm;
    }
    return lines;
}

static void title_add(struct letter *l, str title)
{
    const double height = 1.25;
    double used = 0;
    str rest = title, text;
    while (str_split(&rest, '\n', &text)) {
        struct text_lines lines = title_break(l, text);
        for (size_t i = 0; i < lines.count; i++, used += height) {
            double x = LEFT + (TEXT_W - lines.items[i].width_mm) / 2;
            row_add(l, (struct row){ &lines.items[i], x, 0, height, true });
        }
    }
    blank_add(l, ceil(used) - used + 1, true); /* back to the grid, then a blank line */
}

static void parts_add(struct letter *l)
{
    const struct paper_letter *p = l->paper;
    for (size_t i = 0; i < p->part_count; i++) {
        bool first_note =
            p->parts[i].kind == PAPER_NOTE && (i == 0 || p->parts[i - 1].kind != PAPER_NOTE);
        if (first_note)
            blank_add(l, 1, true);
        if (p->parts[i].kind == PAPER_TITLE) {
            blank_add(l, 2, false);
            title_add(l, p->parts[i].text);
            continue;
        }
        str rest = p->parts[i].text, text;
        while (str_split(&rest, '\n', &text)) {
            text = str_trim(text);
            if (text.len)
                paragraph_add(l, p->parts[i].kind, text);
        }
    }
}

/* Puts one unbroken text on the present line at the right or left edge, without a row height of
 * its own. */
static void mark_add(struct letter *l, str text, struct style style, bool right)
{
    struct paragraph p = { text, style, TEXT_W, 0 };
    struct text_line *line = canvas_break(l->canvas, &p).items;
    double x = right ? LEFT + TEXT_W - line->width_mm : LEFT;
    row_add(l, (struct row){ line, x, 0, 0, true });
}

/* The signer stands left with a blank: words up to the colon in the body face, the name in kai.
 * */
static void signer_add(struct letter *l)
{
    str signer = l->paper->signer;
    i64 colon = str_find(signer, str_of("\uFF1A"), 0);
    size_t at = colon < 0 ? 0 : (size_t)colon + 3;
    str label = str_sub(signer, 0, at);
    mark_add(l, label.len ? label : str_of(" "), FANG, false);
    l->rows[l->count - 1].x += SQUARE;
    mark_add(l, str_sub(signer, at, signer.len), (struct style){ FACE_KAI, SQUARE, false }, false);
    l->rows[l->count - 1].x += SQUARE + (label.len ? canvas_width(l->canvas, label, FANG) : 0);
}

/* Number and class mark below the red line, then two blank lines before the title. */
static void opening_add(struct letter *l)
{
    const struct paper_letter *p = l->paper;
    if (p->masthead) {
        blank_add(l, 2, true);
        return;
    }
    if (p->signer.len)
        signer_add(l);
    if (p->number.len)
        mark_add(l, p->number, FANG, true);
    blank_add(l, 1, true);
    if (p->mark.len) {
        mark_add(l, p->mark, (struct style){ FACE_HEI, SQUARE, false }, true);
        blank_add(l, 1, true);
    }
    blank_add(l, 2, true);
}

/* Body's name centred over the date, the date four blanks from the right; a long name may come as
 * near as two blanks, and the date then stands centred below it. Two lines of text go along to
 * the same page. */
static void signature_add(struct letter *l)
{
    const struct paper_letter *p = l->paper;
    if (p->masthead || (p->seal.len == 0 && p->signed_on <= 0))
        return;
    for (size_t i = l->count, back = 0; i > 0 && back < 2; i--, back++)
        l->rows[i - 1].keep = true;
    blank_add(l, 2, true);
    struct paragraph name = { p->seal.len ? p->seal : str_of(" "), FANG, TEXT_W - 2 * SQUARE, 0 };
    struct paragraph date = { p->signed_on > 0 ? paper_day(l->mem, p->signed_on) : str_of(" "),
                              FANG, TEXT_W, 0 };
    struct text_lines names = canvas_break(l->canvas, &name);
    struct text_line *day = canvas_break(l->canvas, &date).items;
    double widest = 0, right = LEFT + TEXT_W;
    for (size_t i = 0; i < names.count; i++)
        widest = fmax(widest, names.items[i].width_mm);
    double centre = fmin(right - 4 * SQUARE - day->width_mm / 2, right - 2 * SQUARE - widest / 2);
    for (size_t i = 0; i < names.count; i++)
        row_add(l,
                (struct row){ &names.items[i], centre - names.items[i].width_mm / 2, 0, 1, true });
    row_add(l, (struct row){ day, centre - day->width_mm / 2, 0, 1, false });
}

/* The note on whom to ask stands in brackets, two blanks from the left. */
static void contact_add(struct letter *l)
{
    str text = l->paper->contact;
    if (text.len == 0)
        return;
    l->rows[l->count - 1].keep = true;
    if (!str_starts(text, str_of("\uFF08")))
        text = arena_printf(l->mem, "\uFF08%.*s\uFF09", (int)text.len, text.ptr);
    paragraph_add(l, PAPER_BODY, text);
}

/* Name of the issuing body with its upper edge 30 mm from the page's, as large as fits; 4 mm
 * below the thick-thin line. Returns where the text begins: 7/8 of a square below the line. */
static double head_draw(struct letter *l)
{
    struct style style = { FACE_SONG, 12.7, true };
    double width = canvas_width(l->canvas, l->paper->issuer, style);
    if (width > TEXT_W)
        style.size_mm *= TEXT_W / width * 0.999;
    struct paragraph p = { l->paper->issuer, style, 2 * TEXT_W, 0 };
    struct text_line *line = canvas_break(l->canvas, &p).items;
    double top, bottom, x0 = (PAGE_W - RED_W) / 2, x1 = x0 + RED_W;
    canvas_ink(line, &top, &bottom);
    canvas_line(l->canvas, line, (PAGE_W - line->width_mm) / 2, HEAD_TOP - top, 0);
    double y = HEAD_TOP + (bottom - top) + HEAD_GAP, foot = PAGE_H - RED_FOOT;
    canvas_rule(l->canvas, &(struct rule){ x0, y + 0.5, x1, y + 0.5, 1.0, true });
    canvas_rule(l->canvas, &(struct rule){ x0, y + 1.7, x1, y + 1.7, 0.35, true });
    canvas_rule(l->canvas, &(struct rule){ x0, foot - 1.7, x1, foot - 1.7, 0.35, true });
    canvas_rule(l->canvas, &(struct rule){ x0, foot - 0.5, x1, foot - 0.5, 1.0, true });
    return y + 1.9 + SQUARE * 7 / 8;
}

/* Index behind the last row that fits between y and the end of the text area. The last line needs
 * no gap below it. */
static size_t page_end(const struct letter *l, size_t from, double y)
{
    size_t end = from;
    double bottom = TOP + TEXT_H + 0.1;
    for (; end < l->count; end++) {
        double line = l->rows[end].line ? SQUARE : 0;
        if (y + line > bottom)
            break;
        y += l->rows[end].height * PITCH;
    }
    size_t fits = end;
    while (end < l->count && end > from && l->rows[end - 1].keep)
        end--;
    return end > from ? end : fits;
}

static double rows_draw(struct letter *l, size_t from, size_t end, double y)
{
    for (size_t i = from; i < end; i++) {
        const struct row *row = &l->rows[i];
        double offset = row->line && row->line->style.face == FACE_SONG
                            ? (row->height * PITCH - SIZE_2) / 4
                            : 0;
        if (row->line)
            canvas_line(l->canvas, row->line, row->x, y + offset, row->fill);
        y += row->height * PITCH;
    }
    return y;
}

/* Lines of the version block (4号): copies hang behind their label; the printing note follows. */
struct version {
    struct text_lines copies, note;
    double pitch, height;
};

/* A line of copies hangs behind its label; behind those that are there. */
static void copies_break(struct letter *l, str text, double width, struct text_lines *to)
{
    struct style style = { FACE_FANG, SIZE_4, false };
    i64 colon = str_find(text, str_of("\uFF1A"), 0);
    double hang =
        colon < 0 ? 0 : canvas_width(l->canvas, str_sub(text, 0, (size_t)colon + 3), style);
    struct text_lines more =
        canvas_break(l->canvas, &(struct paragraph){ text, style, width, -hang });
    struct text_line *all = arena_array(l->mem, to->count + more.count, sizeof *all);
    if (to->count)
        memcpy(all, to->items, to->count * sizeof *all);
    memcpy(all + to->count, more.items, more.count * sizeof *all);
    *to = (struct text_lines){ all, to->count + more.count };
}

static struct version version_break(struct letter *l)
{
    struct style style = { FACE_FANG, SIZE_4, false };
    const struct paper_letter *p = l->paper;
    struct version v = { .pitch = SIZE_4 * 1.5 };
    double width = TEXT_W - 2 * SIZE_4;
    str rest = p->copies, text;
    while (str_split(&rest, '\n', &text))
        copies_break(l, text, width, &v.copies);
    if (p->print_note.len)
        v.note = canvas_break(l->canvas, &(struct paragraph){ p->print_note, style, width, 0 });
    v.height = (double)(v.copies.count + v.note.count) * v.pitch;
    return v;
}

static double version_lines(struct letter *l, const struct text_lines *lines, double y,
                            double pitch)
{
    for (size_t i = 0; i < lines->count; i++, y += pitch) {
        const struct text_line *line = &lines->items[i];
        canvas_line(l->canvas, line, LEFT + SIZE_4 + line->indent_mm, y + (pitch - SIZE_4) / 2,
                    TEXT_W - 2 * SIZE_4 - line->indent_mm);
    }
    return y;
}

/* At the lower edge of the last page. The letter form has no separating lines (10.1); they come
 * with a printing note. */
static void version_draw(struct letter *l, const struct version *v)
{
    double y = TOP + TEXT_H - v->height;
    bool ruled = v->note.count > 0;
    if (ruled)
        canvas_rule(l->canvas, &(struct rule){ LEFT, y, LEFT + TEXT_W, y, 0.35, false });
    y = version_lines(l, &v->copies, y, v->pitch);
    if (ruled && v->copies.count)
        canvas_rule(l->canvas, &(struct rule){ LEFT, y, LEFT + TEXT_W, y, 0.25, false });
    y = version_lines(l, &v->note, y, v->pitch);
    if (ruled)
        canvas_rule(l->canvas, &(struct rule){ LEFT, y, LEFT + TEXT_W, y, 0.35, false });
}

static void pages_draw(struct letter *l)
{
    struct version version = version_break(l);
    const struct paper_masthead *masthead = l->paper->masthead;
    double y =
        masthead ? paper_masthead_draw(l->canvas, l->mem, masthead) + PITCH - SQUARE : head_draw(l);
    size_t at = 0;
    i64 page = 1;
    for (;;) {
        bool spare = at == l->count && page > 1; /* a page for the version block only */
        size_t end = page_end(l, at, y);
        y = rows_draw(l, at, end, y);
        at = end;
        bool room = y + version.height <= TOP + TEXT_H + PITCH - SQUARE;
        if (page > 1 || masthead)
            paper_page_number(l->canvas, page);
        if (at == l->count && (room || spare))
            break; /* a block taller than a page is cut at its edge */
        canvas_next_page(l->canvas);
        page++;
        y = TOP;
    }
    version_draw(l, &version);
}

static void letter_draw(struct canvas *canvas, struct arena *mem, const struct paper_letter *letter)
{
    struct letter l = { .mem = mem, .canvas = canvas, .paper = letter };
    opening_add(&l);
    title_add(&l, letter->title);
    parts_add(&l);
    signature_add(&l);
    contact_add(&l);
    pages_draw(&l);
}

err paper_letters_pdf(struct arena *mem, const struct paper_letter *letters, size_t count,
                      bytes *out)
{
    assert(letters && count && out);
    struct canvas *canvas;
    struct paper_meta meta = { .title = letters->title,
                               .author = letters->issuer,
                               .made_ms =
                                   letters->signed_on > 0 ? day_start_ms(letters->signed_on) : 0 };
    TRY(canvas_open(mem, &meta, &canvas));
    for (size_t i = 0; i < count; i++) {
        if (i)
            canvas_next_page(canvas);
        letter_draw(canvas, mem, &letters[i]);
    }
    return canvas_close(canvas, out);
}

err paper_letter_pdf(struct arena *mem, const struct paper_letter *letter, bytes *out)
{
    return paper_letters_pdf(mem, letter, 1, out);
}
