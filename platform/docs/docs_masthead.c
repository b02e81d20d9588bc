/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The red head of an internal bulletin (简报). GB/T 9704-2012 has none of its own: its faces, sizes
 * and red line are used, in the order that offices print. What follows below it: docs_paper.c. */
#include <assert.h>

#include "platform/base/str.h"
#include "platform/docs/docs.h"
#include "platform/docs/docs_measures.h"

enum edge { EDGE_LEFT, EDGE_CENTRE, EDGE_RIGHT };

static void put(struct canvas *c, str text, struct style style, double y, enum edge edge)
{
    if (text.len == 0)
        return;
    struct text_line *line =
        canvas_break(c, &(struct paragraph){ text, style, 2 * TEXT_W, 0 }).items;
    double x = LEFT + SQUARE;
    if (edge == EDGE_CENTRE)
        x = LEFT + (TEXT_W - line->width_mm) / 2;
    else if (edge == EDGE_RIGHT)
        x = LEFT + TEXT_W - SQUARE - line->width_mm;
    canvas_line(c, line, x, y, 0);
}

/* As large as fits. Gives the lower edge of its ink. */
static double name_draw(struct canvas *c, str name)
{
    struct style style = { FACE_SONG, NAME_SIZE, true };
    double width = canvas_width(c, name, style);
    if (width > TEXT_W)
        style.size_mm *= TEXT_W / width * 0.999;
    struct paragraph p = { name, style, 2 * TEXT_W, 0 };
    struct text_line *line = canvas_break(c, &p).items;
    double top, bottom, y = TOP + NAME_TOP;
    canvas_ink(line, &top, &bottom);
    canvas_line(c, line, LEFT + (TEXT_W - line->width_mm) / 2, y - top, 0);
    return y + bottom - top;
}

double paper_masthead_draw(struct canvas *c, struct arena *mem, const struct paper_masthead *head)
{
    const struct style fang = { FACE_FANG, SQUARE, false }, hei = { FACE_HEI, SQUARE, false };
    const double red_gap = 4, red_mm = 0.7;
    assert(head->name.len > 0);
    put(c, head->mark, hei, TOP, EDGE_LEFT);
    double y = name_draw(c, head->name) + NAME_GAP;
    put(c, head->issue, fang, y, EDGE_CENTRE);
    y += SQUARE + NAME_GAP;
    double date = canvas_width(c, paper_day(mem, head->issued_on), fang);
    struct style office = fang;
    double width = canvas_width(c, head->office, fang), room = TEXT_W - date - 4 * SQUARE;
    if (width > room)
        office.size_mm *= room / width;
    put(c, head->office, office, y + SQUARE - office.size_mm, EDGE_LEFT);
    if (head->issued_on > 0)
        put(c, paper_day(mem, head->issued_on), fang, y, EDGE_RIGHT);
    y += SQUARE + red_gap;
    canvas_rule(c, &(struct rule){ LEFT, y, LEFT + TEXT_W, y, red_mm, true });
    return y;
}
