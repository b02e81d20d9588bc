/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Lists on pages that lie on their long side: each part begins on a new page with its name, the
 * heads of the columns come again on every page, a row is never torn unless it is taller than a
 * page. As PDF, and with the same texts as DOCX. Letters: docs_paper.c; forms: docs_form.c. */
#include <assert.h>
#include <math.h>

#include "platform/base/str.h"
#include "platform/docs/docs.h"
#include "platform/docs/docs_measures.h"
#include "platform/docs/docs_word.h"

static const double WIDE_W = 297, WIDE_H = 210, MARGIN = 18, UPPER = 20, PAD = 1.2, RULE = 0.3;
static const double CELL = 3.7042, CELL_PITCH = 3.7042 * 1.45; /* 10.5 points */
static const double NAME = 4.9389, NAME_PITCH = 4.9389 * 1.9;

struct list_sheet {
    struct arena *mem;
    struct canvas *canvas;
    const struct paper_list *list;
    double y;
    i64 page;
};

static double lower(void)
{
    return WIDE_H - UPPER;
}

/* "\u2014 1 \u2014" in the middle of the lower margin. */
static void number_put(struct list_sheet *s)
{
    str text = arena_printf(s->mem, "\u2014 %lld \u2014", (long long)s->page++);
    struct paragraph p = { text, { FACE_SONG, CELL, false }, 60, 0 };
    struct text_lines lines = canvas_break(s->canvas, &p);
    canvas_line(s->canvas, &lines.items[0], (WIDE_W - lines.items[0].width_mm) / 2, WIDE_H - 13, 0);
}

static void page_turn(struct list_sheet *s)
{
    number_put(s);
    canvas_next_page(s->canvas);
    s->y = UPPER;
}

static void line_put(struct list_sheet *s, str text, struct style style, double pitch, bool centre)
{
    struct paragraph p = { text, style, PAPER_LIST_W, 0 };
    struct text_lines lines = canvas_break(s->canvas, &p);
    for (size_t i = 0; i < lines.count; i++, s->y += pitch)
        canvas_line(s->canvas, &lines.items[i],
                    centre ? (WIDE_W - lines.items[i].width_mm) / 2 : MARGIN, s->y, 0);
}

/* Lines first to first + most of each cell in a frame; how high it has become. */
static double cells_put(struct list_sheet *s, const struct text_lines *cells, size_t first,
                        size_t most)
{
    double x = MARGIN, height = (double)most * CELL_PITCH + 2 * PAD;
    for (size_t i = 0; i < s->list->column_count; i++) {
        double width = (double)s->list->columns[i].width_mm,
               y = s->y + PAD + (CELL_PITCH - CELL) / 2;
        for (size_t k = first; k < first + most && k < cells[i].count; k++, y += CELL_PITCH)
            canvas_line(s->canvas, &cells[i].items[k], x + PAD, y, 0);
        canvas_rule(s->canvas, &(struct rule){ x, s->y, x, s->y + height, RULE, false });
        canvas_rule(s->canvas, &(struct rule){ x, s->y, x + width, s->y, RULE, false });
        canvas_rule(s->canvas,
                    &(struct rule){ x, s->y + height, x + width, s->y + height, RULE, false });
        x += width;
    }
    canvas_rule(s->canvas, &(struct rule){ x, s->y, x, s->y + height, RULE, false });
    return height;
}

/* The most lines of a cell. */
static size_t break_cells(struct list_sheet *s, const str *texts, enum face face,
                          struct text_lines *out)
{
    size_t most = 1;
    for (size_t i = 0; i < s->list->column_count; i++) {
        struct paragraph p = {
            texts[i], { face, CELL, false }, (double)s->list->columns[i].width_mm - 2 * PAD, 0
        };
        out[i] = canvas_break(s->canvas, &p);
        most = out[i].count > most ? out[i].count : most;
    }
    return most;
}

static void heads_put(struct list_sheet *s)
{
    struct text_lines cells[PAPER_COLUMNS_MAX];
    str labels[PAPER_COLUMNS_MAX];
    for (size_t i = 0; i < s->list->column_count; i++)
        labels[i] = s->list->columns[i].label;
    size_t most = break_cells(s, labels, FACE_HEI, cells);
    s->y += cells_put(s, cells, 0, most);
}

static void row_put(struct list_sheet *s, const str *texts)
{
    struct text_lines cells[PAPER_COLUMNS_MAX];
    size_t most = break_cells(s, texts, FACE_FANG, cells), done = 0;
    if (s->y + (double)most * CELL_PITCH + 2 * PAD > lower()) {
        page_turn(s);
        heads_put(s);
    }
    while (done < most) {
        size_t room = (size_t)fmax(1, floor((lower() - s->y - 2 * PAD) / CELL_PITCH));
        size_t now = most - done < room ? most - done : room;
        s->y += cells_put(s, cells, done, now);
        done += now;
        if (done < most) {
            page_turn(s);
            heads_put(s);
        }
    }
}

static void part_put(struct list_sheet *s, const struct paper_list_part *part)
{
    line_put(s, part->name, (struct style){ FACE_HEI, NAME, false }, NAME_PITCH, false);
    heads_put(s);
    for (size_t i = 0; i < part->row_count; i++)
        row_put(s, part->cells + i * s->list->column_count);
}

err paper_list_pdf(struct arena *mem, const struct paper_list *list, bytes *out)
{
    assert(list && out && list->column_count > 0 && list->column_count <= PAPER_COLUMNS_MAX);
    struct list_sheet s = { .mem = mem, .list = list, .y = UPPER, .page = 1 };
    struct paper_meta meta = { .title = list->title, .wide = true };
    TRY(canvas_open(mem, &meta, &s.canvas));
    line_put(&s, list->title, (struct style){ FACE_SONG, SIZE_2, false }, SIZE_2 * 1.5, true);
    if (list->subtitle.len)
        line_put(&s, list->subtitle, (struct style){ FACE_KAI, NAME, false }, NAME_PITCH, true);
    for (size_t i = 0; i < list->part_count; i++) {
        if (i > 0)
            page_turn(&s);
        part_put(&s, &list->parts[i]);
    }
    number_put(&s);
    return canvas_close(s.canvas, out);
}

/* ---- DOCX ---- */

static const struct word_style WORD_CELL = {
    .face = FACE_FANG, .half_points = 21, .line_mm = 3.7042 * 1.45, .align = WORD_LEFT
};

static void word_part(struct word *w, const struct paper_list *list,
                      const struct paper_list_part *part, bool first)
{
    const struct word_style name = { .face = FACE_HEI,
                                     .half_points = 28,
                                     .line_mm = NAME_PITCH,
                                     .align = WORD_LEFT,
                                     .level = 1,
                                     .keep = true,
                                     .page_before = !first };
    const struct word_style gap = { .half_points = 2, .line_mm = 0.4 };
    struct word_style head = WORD_CELL;
    double widths[PAPER_COLUMNS_MAX];
    str labels[PAPER_COLUMNS_MAX];
    head.face = FACE_HEI;
    for (size_t i = 0; i < list->column_count; i++) {
        widths[i] = (double)list->columns[i].width_mm;
        labels[i] = list->columns[i].label;
    }
    word_paragraph(w, &name, part->name);
    word_grid(w, widths, list->column_count);
    word_grid_row(w, &head, labels, list->column_count, true);
    for (size_t i = 0; i < part->row_count; i++)
        word_grid_row(w, &WORD_CELL, part->cells + i * list->column_count, list->column_count,
                      false);
    word_table_end(w);
    word_paragraph(w, &gap, str_of("")); /* a table must not be the last thing */
}

err paper_list_docx(struct arena *mem, const struct paper_list *list, bytes *out)
{
    assert(list && out && list->column_count > 0 && list->column_count <= PAPER_COLUMNS_MAX);
    const struct word_setup setup = { .title = list->title, .wide = true };
    const struct word_style title = { .face = FACE_SONG,
                                      .half_points = 44,
                                      .line_mm = SIZE_2 * 1.5,
                                      .align = WORD_CENTRE,
                                      .keep = true };
    const struct word_style under = { .face = FACE_KAI,
                                      .half_points = 28,
                                      .line_mm = NAME_PITCH,
                                      .align = WORD_CENTRE,
                                      .keep = true };
    struct word *w = word_open(mem, &setup);
    word_paragraph(w, &title, list->title);
    if (list->subtitle.len)
        word_paragraph(w, &under, list->subtitle);
    for (size_t i = 0; i < list->part_count; i++)
        word_part(w, list, &list->parts[i], i == 0);
    return word_close(w, out);
}
