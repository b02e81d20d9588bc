/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Letters and forms as DOCX, from the same structs as the PDF (docs_paper.c, docs_form.c) and with
 * the same texts in the same order; lines and pages are Word's own. How a paragraph is written and
 * the file packed: docs_word.c. */
#include <assert.h>
#include <math.h>

#include "platform/base/clock.h"
#include "platform/base/str.h"
#include "platform/docs/docs.h"
#include "platform/docs/docs_measures.h"
#include "platform/docs/docs_word.h"

/* Sizes as office programs name them, in half points. */
enum { WORD_2 = 44, WORD_3 = 32, WORD_4 = 28 };

static const double LINE = 225.0 / PAGE_LINES, TITLE_LINE = 225.0 / PAGE_LINES * 1.25;
static const double CELL_LINE = 4.9389 * 1.6, LABEL_W = 36, CODE_W = 32;

static const struct word_style PLAIN = { .half_points = WORD_3, .line_mm = 225.0 / PAGE_LINES };

const char DOCX_TYPE[] = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

static void blank(struct word *w, int lines)
{
    struct word_style style = PLAIN;
    style.keep = true;
    for (int i = 0; i < lines; i++)
        word_paragraph(w, &style, str_of(""));
}

static struct word_style style_of(enum paper_kind kind)
{
    struct word_style style = PLAIN;
    bool flush = kind == PAPER_ADDRESSEE || kind == PAPER_SIGNATURE;
    style.level = kind == PAPER_HEADING1   ? 1
                  : kind == PAPER_HEADING2 ? 2
                  : kind == PAPER_HEADING3 ? 3
                                           : 0;
    style.face = kind == PAPER_HEADING1 ? FACE_HEI : kind == PAPER_HEADING2 ? FACE_KAI : FACE_FANG;
    style.first_mm = flush ? 0 : 2 * SQUARE;
    style.keep = style.level > 0;
    if (kind == PAPER_SIGNATURE) {
        style.align = WORD_RIGHT;
        style.right_mm = 2 * SQUARE;
    }
    return style;
}

/* One paragraph for each line that is not empty, as in the PDF. */
static void part_add(struct word *w, const struct paper_part *part)
{
    struct word_style style = style_of(part->kind);
    str rest = part->text, text;
    while (str_split(&rest, '\n', &text)) {
        text = str_trim(text);
        if (text.len)
            word_paragraph(w, &style, text);
    }
}

static void title_add(struct word *w, str title, double line_mm)
{
    struct word_style style = { .face = FACE_SONG,
                                .half_points = WORD_2,
                                .line_mm = line_mm,
                                .align = WORD_CENTRE,
                                .left_mm = SIZE_2,
                                .right_mm = SIZE_2,
                                .keep = true };
    if (title.len)
        word_paragraph(w, &style, title);
}

/* ---- letters ---- */

/* Length of the label at the begin of a text with its colon; 0 = it has none. */
static size_t label_len(str text)
{
    i64 colon = text.len ? str_find(text, str_of("\uFF1A"), 0) : -1;
    return colon < 0 ? 0 : (size_t)colon + 3;
}

/* Signer left with a blank, number right; the class mark right on a line of its own; two blank
 * lines. */
static void opening_add(struct word *w, const struct paper_letter *p)
{
    struct word_style style = PLAIN;
    size_t at = label_len(p->signer);
    const str left[2] = { str_sub(p->signer, 0, at), str_sub(p->signer, at, p->signer.len) };
    style.keep = true;
    style.align = WORD_LEFT;
    style.left_mm = p->signer.len ? SQUARE : 0;
    word_ends(w, &style, left, p->number);
    if (p->mark.len) {
        struct word_style mark = PLAIN;
        mark.face = FACE_HEI;
        mark.align = WORD_RIGHT;
        mark.keep = true;
        word_paragraph(w, &mark, p->mark);
    }
    blank(w, 2);
}

static void parts_add(struct word *w, const struct paper_letter *p)
{
    for (size_t i = 0; i < p->part_count; i++) {
        if (p->parts[i].kind == PAPER_TITLE) {
            blank(w, 2);
            title_add(w, p->parts[i].text, TITLE_LINE);
            blank(w, 1);
            continue;
        }
        bool note = p->parts[i].kind == PAPER_NOTE;
        if (note && (i == 0 || p->parts[i - 1].kind != PAPER_NOTE))
            blank(w, 1);
        part_add(w, &p->parts[i]);
    }
}

/* Width in squares: letters and digits take half of one. */
static double squares(str text)
{
    double sum = 0;
    for (size_t at = 0; at < text.len;)
        sum += str_next_char(text, &at) < 0x80 ? 0.5 : 1;
    return sum;
}

/* Body's name centred over the date, the date four blanks from the right; a long name may come as
 * near as two blanks, and the date then stands centred below it (rules of docs_paper.c). */
static void signature_add(struct word *w, const struct paper_letter *p)
{
    if (p->masthead || (p->seal.len == 0 && p->signed_on <= 0))
        return;
    struct arena *mem = word_memory(w);
    str date = p->signed_on > 0 ? paper_day(mem, p->signed_on) : str_of("");
    double day = squares(date) / 2, name = fmin(squares(p->seal), LINE_CHARS - 2) / 2;
    double centre = fmin(LINE_CHARS - 4 - day, LINE_CHARS - 2 - name);
    struct word_style style = PLAIN;
    blank(w, 2);
    style.align = WORD_RIGHT;
    style.keep = true;
    style.right_mm = (LINE_CHARS - centre - name) * SQUARE;
    if (p->seal.len)
        word_paragraph(w, &style, p->seal);
    style.keep = p->contact.len > 0;
    style.right_mm = (LINE_CHARS - centre - day) * SQUARE;
    if (date.len)
        word_paragraph(w, &style, date);
}

static void contact_add(struct word *w, const struct paper_letter *p)
{
    struct word_style style = style_of(PAPER_BODY);
    str text = p->contact;
    if (text.len == 0)
        return;
    if (!str_starts(text, str_of("\uFF08")))
        text = arena_printf(word_memory(w), "\uFF08%.*s\uFF09", (int)text.len, text.ptr);
    word_paragraph(w, &style, text);
}

/* At the lower edge of the last page; copies hang behind their label. Word wants a paragraph behind
 * what stands there: one of no height. */
static void version_add(struct word *w, const struct paper_letter *p)
{
    struct word_style style = { .half_points = WORD_4,
                                .line_mm = SIZE_4 * 1.5,
                                .left_mm = SIZE_4,
                                .right_mm = SIZE_4,
                                .foot = true };
    const struct word_style nothing = { .half_points = 2, .line_mm = 0.4 };
    bool ruled = p->print_note.len > 0;
    if (p->copies.len == 0 && !ruled)
        return;
    struct word_style copies = style;
    copies.rule_above = ruled;
    str rest = p->copies, text;
    while (str_split(&rest, '\n', &text)) {
        copies.first_mm = -SIZE_4 * squares(str_sub(text, 0, label_len(text)));
        word_paragraph(w, &copies, text);
        copies.rule_above = false;
    }
    style.rule_above = style.rule_below = ruled;
    if (ruled)
        word_paragraph(w, &style, p->print_note);
    word_paragraph(w, &nothing, str_of(""));
}

/* The red head of a bulletin, above its text (docs_masthead.c). */
static void masthead_add(struct word *w, const struct paper_masthead *head)
{
    const double points = 72 / 25.4;
    double name_mm = fmin(NAME_SIZE, TEXT_W / fmax(1, squares(head->name)));
    struct word_style mark = PLAIN, name = PLAIN, under = PLAIN, line = PLAIN;
    mark.face = FACE_HEI;
    mark.left_mm = under.left_mm = under.right_mm = SQUARE;
    mark.align = WORD_LEFT;
    word_paragraph(w, &mark, head->mark);
    name.face = FACE_SONG;
    name.red = line.red = true;
    name.half_points = 2 * (int)(name_mm * points);
    name.line_mm = NAME_SIZE * 1.6;
    name.align = under.align = WORD_CENTRE;
    word_paragraph(w, &name, head->name);
    under.line_mm = SQUARE + NAME_GAP;
    word_paragraph(w, &under, head->issue);
    under.align = WORD_LEFT;
    const str left[2] = { head->office, str_of("") };
    word_ends(w, &under, left,
              head->issued_on > 0 ? paper_day(word_memory(w), head->issued_on) : str_of(""));
    line.rule_above = true;
    word_paragraph(w, &line, str_of(""));
    blank(w, 1);
}

err paper_letter_docx(struct arena *mem, const struct paper_letter *letter, bytes *out)
{
    assert(letter && out);
    const struct word_setup setup = { .title = letter->title,
                                      .author = letter->issuer,
                                      .made_on = letter->signed_on,
                                      .letter = !letter->masthead,
                                      .issuer = letter->issuer };
    struct word *w = word_open(mem, &setup);
    if (letter->masthead)
        masthead_add(w, letter->masthead);
    else
        opening_add(w, letter);
    title_add(w, letter->title, TITLE_LINE);
    blank(w, 1);
    parts_add(w, letter);
    signature_add(w, letter);
    contact_add(w, letter);
    version_add(w, letter);
    return word_close(w, out);
}

/* ---- forms ---- */

static void table_add(struct word *w, const struct paper_form *form)
{
    const struct word_style styles[2] = {
        { .face = FACE_HEI, .half_points = WORD_4, .line_mm = CELL_LINE, .align = WORD_LEFT },
        { .face = FACE_FANG, .half_points = WORD_4, .line_mm = CELL_LINE, .align = WORD_LEFT },
    };
    if (form->row_count == 0)
        return;
    word_table(w, LABEL_W, TEXT_W - LABEL_W);
    for (size_t i = 0; i < form->row_count; i++)
        word_row(w, styles, form->rows[i].label, form->rows[i].value);
    word_table_end(w);
}

err paper_form_docx(struct arena *mem, const struct paper_form *form, bytes *out)
{
    assert(form && out);
    const struct word_setup setup = { .title = form->title };
    const struct word_style under = {
        .face = FACE_KAI, .half_points = WORD_3, .line_mm = LINE, .align = WORD_CENTRE, .keep = true
    };
    const struct word_style gap = { .half_points = WORD_4, .line_mm = LINE - SQUARE, .keep = true };
    const struct word_style foot = { .half_points = WORD_4,
                                     .line_mm = CELL_LINE,
                                     .align = WORD_LEFT };
    const struct word_style code = { .half_points = WORD_4,
                                     .line_mm = CODE_W + 1,
                                     .align = WORD_RIGHT };
    struct word *w = word_open(mem, &setup);
    title_add(w, form->title, SIZE_2 * 1.5);
    if (form->subtitle.len)
        word_paragraph(w, &under, form->subtitle);
    word_paragraph(w, &gap, str_of(""));
    table_add(w, form);
    if (form->row_count)
        word_paragraph(w, &gap, str_of("")); /* a table must not be the last thing */
    for (size_t i = 0; i < form->part_count; i++)
        part_add(w, &form->parts[i]);
    if (form->footer.len) {
        word_paragraph(w, &gap, str_of(""));
        word_paragraph(w, &foot, form->footer);
    }
    if (form->code.len)
        TRY(word_code(w, &code, form->code, CODE_W));
    return word_close(w, out);
}
