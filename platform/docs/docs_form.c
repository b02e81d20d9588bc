/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Form-like documents: title, table of labels and values, text sections, footer; on the page
 * measures of GB/T 9704-2012 (docs_measures.h). Written from top to bottom; a row taller than a
 * page goes on on the next one. Letters: docs_paper.c. */
#include <assert.h>
#include <math.h>

#include "platform/base/str.h"
#include "platform/docs/docs.h"
#include "platform/docs/docs_measures.h"
#include "platform/docs/docs_qr.h"

static const double LABEL_W = 36, PAD = 2, RULE = 0.35;
static const double CODE_W = 32;                /* of the QR code, quiet zone included */
static const double SMALL_PITCH = 4.9389 * 1.6; /* lines of 4号 text in the table */

struct form_page {
    struct arena *mem;
    struct canvas *canvas;
    double y;
    i64 page;
};

static double bottom(void)
{
    return TOP + TEXT_H;
}

static void page_turn(struct form_page *f)
{
    paper_page_number(f->canvas, f->page++);
    canvas_next_page(f->canvas);
    f->y = TOP;
}

/* Room for height_mm, else the next page. */
static void need(struct form_page *f, double height_mm)
{
    if (f->y + height_mm > bottom() + 0.1 && f->y > TOP)
        page_turn(f);
}

static void centred(struct form_page *f, str text, struct style style, double pitch)
{
    str rest = text, one;
    while (str_split(&rest, '\n', &one)) {
        struct paragraph p = { one, style, TEXT_W, 0 };
        struct text_lines lines = canvas_break(f->canvas, &p);
        for (size_t i = 0; i < lines.count; i++, f->y += pitch)
            canvas_line(f->canvas, &lines.items[i], LEFT + (TEXT_W - lines.items[i].width_mm) / 2,
                        f->y, 0);
    }
}

/* All lines of a text of several paragraphs. */
static struct text_lines lines_of(struct form_page *f, struct paragraph p)
{
    struct text_lines all = { 0 };
    str rest = p.text, one;
    while (str_split(&rest, '\n', &one)) {
        p.text = one;
        struct text_lines part = canvas_break(f->canvas, &p);
        struct text_line *more = arena_array(f->mem, all.count + part.count, sizeof *more);
        if (all.count)
            memcpy(more, all.items, all.count * sizeof *more);
        memcpy(more + all.count, part.items, part.count * sizeof *more);
        all = (struct text_lines){ more, all.count + part.count };
    }
    return all;
}

/* Frame of one table row between two heights: sides, the line between label and value, upper and
 * lower edge. */
static void frame(struct form_page *f, double y0, double y1)
{
    const double xs[] = { LEFT, LEFT + LABEL_W, LEFT + TEXT_W };
    for (size_t i = 0; i < 3; i++)
        canvas_rule(f->canvas, &(struct rule){ xs[i], y0, xs[i], y1, RULE, false });
    canvas_rule(f->canvas, &(struct rule){ LEFT, y0, LEFT + TEXT_W, y0, RULE, false });
    canvas_rule(f->canvas, &(struct rule){ LEFT, y1, LEFT + TEXT_W, y1, RULE, false });
}

static void cell(struct form_page *f, struct text_lines lines, double x, double height)
{
    double y = f->y + (height - (double)lines.count * SMALL_PITCH) / 2 + (SMALL_PITCH - SIZE_4) / 2;
    for (size_t i = 0; i < lines.count; i++, y += SMALL_PITCH)
        canvas_line(f->canvas, &lines.items[i], x + PAD, y, 0);
}

static void table_row(struct form_page *f, const struct paper_row *row)
{
    struct text_lines label = lines_of(
        f, (struct paragraph){ row->label, { FACE_HEI, SIZE_4, false }, LABEL_W - 2 * PAD, 0 });
    struct text_lines value =
        lines_of(f, (struct paragraph){
                        row->value, { FACE_FANG, SIZE_4, false }, TEXT_W - LABEL_W - 2 * PAD, 0 });
    size_t count = value.count > label.count ? value.count : label.count, done = 0;
    count = count ? count : 1;
    need(f, fmin((double)count, 3) * SMALL_PITCH + 2 * PAD);
    while (done < count) {
        size_t fits = (size_t)fmax(1, floor((bottom() - f->y - 2 * PAD) / SMALL_PITCH));
        size_t now = count - done < fits ? count - done : fits;
        size_t values = done < value.count ? value.count - done : 0;
        double height = (double)now * SMALL_PITCH + 2 * PAD;
        frame(f, f->y, f->y + height);
        cell(f, done ? (struct text_lines){ 0 } : label, LEFT, height);
        cell(f, (struct text_lines){ value.items + done, values < now ? values : now },
             LEFT + LABEL_W, height);
        f->y += height;
        done += now;
        if (done < count)
            page_turn(f);
    }
}

static void section(struct form_page *f, const struct paper_part *part)
{
    bool flush = part->kind == PAPER_ADDRESSEE || part->kind == PAPER_SIGNATURE;
    bool heading = part->kind == PAPER_HEADING1 || part->kind == PAPER_HEADING2 ||
                   part->kind == PAPER_HEADING3;
    enum face face = part->kind == PAPER_HEADING1   ? FACE_HEI
                     : part->kind == PAPER_HEADING2 ? FACE_KAI
                                                    : FACE_FANG;
    str rest = part->text, text;
    while (str_split(&rest, '\n', &text)) {
        text = str_trim(text);
        if (text.len == 0)
            continue;
        struct paragraph p = { text, { face, SQUARE, false }, TEXT_W, flush ? 0 : 2 * SQUARE };
        struct text_lines lines = canvas_break(f->canvas, &p);
        need(f, heading ? PITCH + SQUARE : SQUARE);
        for (size_t i = 0; i < lines.count; i++, f->y += PITCH) {
            const struct text_line *line = &lines.items[i];
            need(f, SQUARE);
            double right = LEFT + TEXT_W - 2 * SQUARE - line->width_mm;
            bool sign = part->kind == PAPER_SIGNATURE;
            canvas_line(f->canvas, line, sign ? right : LEFT + line->indent_mm, f->y,
                        sign ? 0 : TEXT_W - line->indent_mm);
        }
    }
}

/* At the right edge, as high as wide with its quiet zone; a run of dark squares is a short thick
 * rule. */
static void code_draw(struct form_page *f, const struct qr *qr)
{
    double square = CODE_W / (qr->width + 2 * QR_QUIET), left = LEFT + TEXT_W - CODE_W;
    for (int y = 0; y < qr->width; y++) {
        double at = f->y + (y + QR_QUIET + 0.5) * square;
        for (int x = 0, length; x < qr->width; x += length) {
            double from = left + (x + QR_QUIET) * square;
            length = qr_run(qr, x, y);
            if (qr->dark[y * qr->width + x])
                canvas_rule(f->canvas,
                            &(struct rule){ from, at, from + length * square, at, square, false });
        }
    }
}

static err footer(struct form_page *f, const struct paper_form *form)
{
    struct qr qr = { 0 };
    double width = form->code.len ? TEXT_W - CODE_W - PAD : TEXT_W;
    if (form->footer.len == 0 && form->code.len == 0)
        return OK;
    struct text_lines lines =
        lines_of(f, (struct paragraph){ form->footer, { FACE_FANG, SIZE_4, false }, width, 0 });
    f->y += PITCH - SQUARE;
    if (form->code.len) {
        TRY(qr_make(f->mem, form->code, &qr));
        need(f, fmax(CODE_W, (double)lines.count * SMALL_PITCH));
        code_draw(f, &qr);
    }
    for (size_t i = 0; i < lines.count; i++, f->y += SMALL_PITCH) {
        need(f, SIZE_4);
        canvas_line(f->canvas, &lines.items[i], LEFT, f->y, 0);
    }
    return OK;
}

err paper_form_pdf(struct arena *mem, const struct paper_form *form, bytes *out)
{
    assert(form && out);
    struct form_page f = { .mem = mem, .y = TOP, .page = 1 };
    struct paper_meta meta = { .title = form->title };
    TRY(canvas_open(mem, &meta, &f.canvas));
    centred(&f, form->title, (struct style){ FACE_SONG, SIZE_2, false }, SIZE_2 * 1.5);
    centred(&f, form->subtitle, (struct style){ FACE_KAI, SQUARE, false }, PITCH);
    f.y += PITCH - SQUARE;
    for (size_t i = 0; i < form->row_count; i++)
        table_row(&f, &form->rows[i]);
    if (form->row_count && form->part_count)
        f.y += PITCH - SQUARE;
    for (size_t i = 0; i < form->part_count; i++)
        section(&f, &form->parts[i]);
    TRY(footer(&f, form));
    paper_page_number(f.canvas, f.page);
    return canvas_close(f.canvas, out);
}
