/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Name cards for tables: two on a sheet, each folded in its middle so that both sides read. Plans:
 * docs_plan.c. */
#include <assert.h>
#include <math.h>

#include "platform/base/str.h"
#include "platform/docs/docs.h"
#include "platform/docs/docs_measures.h"

#define WIDE_BLANK "\u3000"

static const double SIDE_H = 297.0 / 4, ROOM_W = 180, CARD_NAME = 44, TICK = 9, HAIR = 0.1;
enum { CARDS_EACH = 2 };

/* A name of two characters is as wide as one of three. */
static str spaced(struct arena *mem, str name)
{
    str first = str_cut_chars(name, 1);
    if (str_chars(name) != 2 || first.len == 1)
        return name;
    return arena_printf(mem, "%.*s" WIDE_BLANK "%.*s", (int)first.len, first.ptr,
                        (int)(name.len - first.len), name.ptr + first.len);
}

/* In the middle of a side, whose upper edge is at top; a long name is as small as it must be. */
static void side_put(struct canvas *c, str name, double top)
{
    struct style style = { FACE_HEI, CARD_NAME, false };
    style.size_mm = fmin(CARD_NAME, CARD_NAME * ROOM_W / fmax(1, canvas_width(c, name, style)));
    const struct paragraph p = { name, style, PAGE_W, 0 };
    struct text_lines lines = canvas_break(c, &p);
    double upper, lower;
    canvas_ink(&lines.items[0], &upper, &lower);
    canvas_line(c, &lines.items[0], (PAGE_W - lines.items[0].width_mm) / 2,
                top + (SIDE_H - (lower - upper)) / 2 - upper, 0);
}

/* Where to fold: at both edges of the sheet. */
static void tick_put(struct canvas *c, double y)
{
    canvas_rule(c, &(struct rule){ 0, y, TICK, y, HAIR, false });
    canvas_rule(c, &(struct rule){ PAGE_W - TICK, y, PAGE_W, y, HAIR, false });
}

/* k: which of the sheet, from the top. The far side stands on its head. */
static void card_put(struct canvas *c, str name, size_t k)
{
    double top = (double)k * 2 * SIDE_H;
    side_put(c, name, top + SIDE_H);
    canvas_turn(c);
    side_put(c, name, PAGE_H - top - SIDE_H);
    canvas_turn(c);
    tick_put(c, top + SIDE_H);
}

err paper_cards_pdf(struct arena *mem, const struct paper_cards *cards, bytes *out)
{
    assert(cards && out);
    struct paper_meta meta = { .title = cards->title };
    struct canvas *c;
    TRY(canvas_open(mem, &meta, &c));
    for (size_t i = 0; i < cards->count; i++) {
        size_t k = i % CARDS_EACH;
        if (i && k == 0)
            canvas_next_page(c);
        card_put(c, spaced(mem, cards->names[i]), k);
        if (k) /* where to cut */
            canvas_rule(c, &(struct rule){ 0, 2 * SIDE_H, PAGE_W, 2 * SIDE_H, HAIR, false });
    }
    return canvas_close(c, out);
}
