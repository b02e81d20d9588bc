/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Name cards for tables: two on a sheet, or one along it, each folded in its middle so that both
 * sides read. Plans: docs_plan.c. */
#include <assert.h>
#include <math.h>

#include "platform/base/str.h"
#include "platform/docs/docs.h"
#include "platform/docs/docs_measures.h"

#define WIDE_BLANK "\u3000"

static const double TICK = 9, HAIR = 0.1;

/* A sheet of cards in millimetres: how large, a side of a card, how wide and high a name may be. */
struct card_sheet {
    double w, h, side_h, room_w, name;
    size_t each;
};
static const struct card_sheet SMALL = { 210, 297, 297.0 / 4, 180, 44, 2 },
                               LARGE = { 297, 210, 105, 264, 80, 1 };

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
static void side_put(struct canvas *c, const struct card_sheet *s, str name, double top)
{
    struct style style = { FACE_HEI, s->name, false };
    style.size_mm = fmin(s->name, s->name * s->room_w / fmax(1, canvas_width(c, name, style)));
    const struct paragraph p = { name, style, s->w, 0 };
    struct text_lines lines = canvas_break(c, &p);
    double upper, lower;
    canvas_ink(&lines.items[0], &upper, &lower);
    canvas_line(c, &lines.items[0], (s->w - lines.items[0].width_mm) / 2,
                top + (s->side_h - (lower - upper)) / 2 - upper, 0);
}

/* Where to fold: at both edges of the sheet. */
static void tick_put(struct canvas *c, const struct card_sheet *s, double y)
{
    canvas_rule(c, &(struct rule){ 0, y, TICK, y, HAIR, false });
    canvas_rule(c, &(struct rule){ s->w - TICK, y, s->w, y, HAIR, false });
}

/* k: which of the sheet, from the top. The far side stands on its head. */
static void card_put(struct canvas *c, const struct card_sheet *s, str name, size_t k)
{
    double top = (double)k * 2 * s->side_h;
    side_put(c, s, name, top + s->side_h);
    canvas_turn(c);
    side_put(c, s, name, s->h - top - s->side_h);
    canvas_turn(c);
    tick_put(c, s, top + s->side_h);
}

err paper_cards_pdf(struct arena *mem, const struct paper_cards *cards, bytes *out)
{
    assert(cards && out);
    const struct card_sheet *s = cards->large ? &LARGE : &SMALL;
    struct paper_meta meta = { .title = cards->title, .wide = cards->large };
    struct canvas *c;
    TRY(canvas_open(mem, &meta, &c));
    for (size_t i = 0; i < cards->count; i++) {
        size_t k = i % s->each;
        if (i && k == 0)
            canvas_next_page(c);
        card_put(c, s, spaced(mem, cards->names[i]), k);
        if (k) /* where to cut */
            canvas_rule(c, &(struct rule){ 0, 2 * s->side_h, s->w, 2 * s->side_h, HAIR, false });
    }
    return canvas_close(c, out);
}
