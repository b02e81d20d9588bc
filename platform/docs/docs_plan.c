/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The plan of a hall on pages that lie on their long side: chairs in rows, names as large as the
 * longest row leaves room for, never smaller than can be read. Lists: docs_list.c. */
#include <assert.h>
#include <math.h>

#include "platform/base/str.h"
#include "platform/docs/docs.h"
#include "platform/docs/docs_measures.h"

static const double WIDE_W = 297, WIDE_H = 210, MARGIN = 12, UPPER = 16, LABEL_W = 18;
static const double CHAIR_MIN = 7.7, CHAIR_MAX = 20, AISLE = 0.5, LINE_MIN = 9, LINE_MAX = 14;
static const double NAME_MIN = 2.47, NAME_MAX = 4.23, NUMBER = 1.94, LABEL = 3.18, RULE = 0.2;

struct plan_sheet {
    struct arena *mem;
    struct canvas *canvas;
    const struct paper_plan *plan;
    double y, chair_w, line_h;
    size_t each; /* chairs of a row on one page */
    i64 page;
};

static void number_put(struct plan_sheet *s)
{
    str text = arena_printf(s->mem, "\u2014 %lld \u2014", (long long)s->page++);
    struct paragraph p = { text, { FACE_SONG, LABEL, false }, 60, 0 };
    struct text_lines lines = canvas_break(s->canvas, &p);
    canvas_line(s->canvas, &lines.items[0], (WIDE_W - lines.items[0].width_mm) / 2, WIDE_H - 11, 0);
}

static void page_turn(struct plan_sheet *s)
{
    number_put(s);
    canvas_next_page(s->canvas);
    s->y = UPPER;
}

/* A line of text in the middle of a width; at most so many lines. */
static double text_put(struct plan_sheet *s, const struct paragraph *p, double x, double y,
                       size_t most)
{
    struct text_lines lines = canvas_break(s->canvas, p);
    double pitch = p->style.size_mm * 1.15;
    for (size_t i = 0; i < lines.count && i < most; i++, y += pitch)
        canvas_line(s->canvas, &lines.items[i], x + (p->width_mm - lines.items[i].width_mm) / 2, y,
                    0);
    return y;
}

static void head_put(struct plan_sheet *s)
{
    const struct paragraph title = {
        s->plan->title, { FACE_SONG, SIZE_2, false }, WIDE_W - 2 * MARGIN, 0
    };
    const struct paragraph under = {
        s->plan->subtitle, { FACE_KAI, NAME_MAX, false }, WIDE_W - 2 * MARGIN, 0
    };
    s->y = text_put(s, &title, MARGIN, s->y, 2) + 2;
    if (s->plan->subtitle.len)
        s->y = text_put(s, &under, MARGIN, s->y, 1) + 2;
}

static void box_put(struct plan_sheet *s, double x, double y, double height)
{
    double right = x + s->chair_w, below = y + height;
    canvas_rule(s->canvas, &(struct rule){ x, y, right, y, RULE, false });
    canvas_rule(s->canvas, &(struct rule){ x, below, right, below, RULE, false });
    canvas_rule(s->canvas, &(struct rule){ x, y, x, below, RULE, false });
    canvas_rule(s->canvas, &(struct rule){ right, y, right, below, RULE, false });
}

/* A name of three characters is as wide as the chair; a longer one stands on two lines. */
static void chair_put(struct plan_sheet *s, const struct paper_plan_cell *cell, double x)
{
    double height = s->line_h - 1, size = fmin(NAME_MAX, fmax(NAME_MIN, (s->chair_w - 0.8) / 3.05));
    double half = (height - NUMBER - 0.8) / 2;
    if (str_chars(cell->name) > 3)
        size = fmin(size, fmax(NAME_MIN, half / 1.15));
    const struct paragraph name = { cell->name, { FACE_HEI, size, false }, s->chair_w - 0.6, 0 };
    const struct paragraph number = { cell->number, { FACE_SONG, NUMBER, false }, s->chair_w, 0 };
    struct text_lines lines = canvas_break(s->canvas, &name);
    double used = fmin(2, (double)lines.count) * size * 1.15;
    box_put(s, x, s->y, height);
    text_put(s, &name, x + 0.3, s->y + fmax(0.3, (height - NUMBER - 0.4 - used) / 2 + 0.2), 2);
    text_put(s, &number, x, s->y + height - NUMBER - 0.5, 1);
}

static double width_of(const struct plan_sheet *s, const struct paper_plan_line *line, size_t first,
                       size_t end)
{
    double width = 0;
    for (size_t i = first; i < end; i++)
        width += s->chair_w * (line->cells[i].aisle && i > first ? 1 + AISLE : 1);
    return width;
}

static void line_put(struct plan_sheet *s, const struct paper_plan_line *line, size_t first)
{
    size_t end = line->count < first + s->each ? line->count : first + s->each;
    const struct paragraph label = { line->label, { FACE_SONG, LABEL, false }, LABEL_W, 0 };
    double x = (WIDE_W - width_of(s, line, first, end)) / 2, label_y = s->y + s->line_h / 2 - 2;
    text_put(s, &label, MARGIN, label_y, 1);
    text_put(s, &label, WIDE_W - MARGIN - LABEL_W, label_y, 1);
    for (size_t i = first; i < end; i++) {
        x += line->cells[i].aisle && i > first ? s->chair_w * AISLE : 0;
        chair_put(s, &line->cells[i], x);
        x += s->chair_w;
    }
    s->y += s->line_h;
}

/* How wide a chair may be, and how many of a row go on one page. */
static size_t measure(struct plan_sheet *s)
{
    double room = WIDE_W - 2 * MARGIN - 2 * LABEL_W, most = 1;
    size_t longest = 0, count = 0;
    for (size_t i = 0; i < s->plan->line_count; i++) {
        const struct paper_plan_line *line = &s->plan->lines[i];
        double units = 0;
        for (size_t k = 0; k < line->count; k++)
            units += line->cells[k].aisle ? 1 + AISLE : 1;
        most = fmax(most, units);
        longest = line->count > longest ? line->count : longest;
        count++;
    }
    s->chair_w = fmin(CHAIR_MAX, fmax(CHAIR_MIN, room / most));
    s->each = room / most >= CHAIR_MIN ? longest : (size_t)(room / CHAIR_MIN / (1 + AISLE / 4));
    s->line_h = fmin(LINE_MAX, fmax(LINE_MIN, (WIDE_H - UPPER - 40) / fmax(1, (double)count)));
    return longest;
}

err paper_plan_pdf(struct arena *mem, const struct paper_plan *plan, bytes *out)
{
    assert(plan && out);
    struct plan_sheet s = { .mem = mem, .plan = plan, .y = UPPER, .page = 1 };
    struct paper_meta meta = { .title = plan->title, .wide = true };
    size_t longest = measure(&s);
    TRY(canvas_open(mem, &meta, &s.canvas));
    head_put(&s);
    for (size_t first = 0; first < longest; first += s.each) {
        if (first > 0)
            page_turn(&s);
        for (size_t i = 0; i < plan->line_count; i++) {
            if (plan->lines[i].count <= first)
                continue;
            if (s.y + s.line_h > WIDE_H - UPPER)
                page_turn(&s);
            line_put(&s, &plan->lines[i], first);
        }
    }
    number_put(&s);
    return canvas_close(s.canvas, out);
}
