/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Draws a flow as SVG. Layered: a state stands in the row of its distance from the first one. Every
 * arrow leaves below its box, runs along a track of its own between two rows and enters from above;
 * what leads further than the next row, or back, goes through a lane beside the boxes. So no line
 * covers another or crosses a box, and no word covers another word. Placing: flow_place.c. As
 * Markdown: flow_describe.c. Words come from zh.txt. */
#include "platform/flow/flow_draw.h"

#include <assert.h>

#include "platform/text/texts.h"

/* Colours of the interface's tokens: of lines and words, and behind them. */
static const struct tone {
    const char *name, *ink, *paper;
} TONES[] = {
    { "idle", "#57606A", "#F6F8FA" }, { "info", "#0B4F9E", "#E8F1FC" },
    { "warn", "#7A4B00", "#FFF4DB" }, { "ok", "#14632F", "#E6F4EA" },
    { "bad", "#9B1219", "#FDECEC" },  { 0 },
};

static const struct tone *tone_of(const char *name)
{
    for (const struct tone *t = TONES; t->name; t++)
        if (name && strcmp(t->name, name) == 0)
            return t;
    return TONES;
}

static void box_draw(struct buf *out, const struct drawing *d, const struct node *n)
{
    const struct tone *tone = tone_of(n->state->tone);
    int y = d->row_y[n->row], words_y = y + (n->stays.len ? 25 : d->row_h[n->row] / 2 + 6);
    buf_printf(
        out,
        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"6\" fill=\"%s\" stroke=\"%s\""
        " stroke-width=\"%s\"/>",
        n->x, y, n->w, d->row_h[n->row], tone->paper, tone->ink, n->state->first ? "2.5" : "1.25");
    if (n->state->final)
        buf_printf(out,
                   "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"4\" fill=\"none\""
                   " stroke=\"%s\"/>",
                   n->x + 4, y + 4, n->w - 8, d->row_h[n->row] - 8, tone->ink);
    buf_printf(out,
               "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\" font-size=\"15\" font-weight=\"600\""
               " fill=\"%s\">",
               n->x + n->w / 2, words_y, tone->ink);
    buf_put_html(out, n->label);
    buf_put(out, "</text>\n");
    if (n->stays.len == 0)
        return;
    buf_printf(
        out,
        "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\" font-size=\"12\" fill=\"%s\">\xE2\x86\xBB ",
        n->x + n->w / 2, y + 43, tone->ink);
    buf_put_html(out, n->stays);
    buf_put(out, "</text>\n");
}

static int track_y(const struct drawing *d, int channel, int track)
{
    return d->channel_y[channel] + TRACK_H * (track + 1);
}

static void arrow_draw(struct buf *out, const struct drawing *d, const struct edge *e)
{
    const struct node *from = &d->nodes[e->from], *to = &d->nodes[e->to];
    int leave = d->row_y[from->row] + d->row_h[from->row], enter = d->row_y[to->row];
    int y_out = track_y(d, from->row + 1, e->track_out);
    const char *colour = e->up ? "#8A5A00" : "#57606A";
    buf_printf(out, "<path fill=\"none\" stroke=\"%s\" stroke-linejoin=\"round\"%s d=\"M%d %dV%dH",
               colour, e->up ? " stroke-dasharray=\"5 3\"" : "", e->x_out, leave, y_out);
    if (e->lane >= 0)
        buf_printf(out, "%dV%dH", e->lane_x, track_y(d, to->row, e->track_in));
    buf_printf(out, "%dV%d\"/><path fill=\"%s\" d=\"M%d %dl-4 -8h8z\"/>\n", e->x_in, enter - 6,
               colour, e->x_in, enter);
}

/* The words stand on the first level part of their arrow, next to where it leaves; a white rim
 * keeps lines away. */
static void words_draw(struct buf *out, const struct drawing *d, const struct edge *e)
{
    const struct node *from = &d->nodes[e->from];
    int y = track_y(d, from->row + 1, e->track_out) - 4;
    bool left = e->words_x < e->x_out;
    buf_printf(out,
               "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" font-size=\"13\" fill=\"#1F2328\""
               " stroke=\"#FFFFFF\""
               " stroke-width=\"4\" paint-order=\"stroke\">",
               e->x_out + (left ? -5 : 5), y, left ? "end" : "start");
    buf_put_html(out, e->label);
    buf_put(out, "</text>\n");
}

/* Actions that start from every state would be an arrow from each box: they are one line of words
 * below. */
static void anywhere_draw(struct buf *out, const struct flow *flow, const struct drawing *d)
{
    int y = d->height - NOTE_H * d->note_count - 6;
    for (const struct flow_action *a = flow->actions; a->verb; a++) {
        if (strcmp(a->from, "*") != 0)
            continue;
        y += NOTE_H;
        buf_printf(out, "<text x=\"%d\" y=\"%d\" font-size=\"13\" fill=\"#57606A\">", MARGIN,
                   y - 6);
        buf_put_html(out, text_find("flows.any_state"));
        buf_put(out, "\xEF\xBC\x9A"); /* full-width colon */
        buf_put_html(out, draw_words(out->mem, "flows", flow->name, str_of(a->verb)));
        if (a->to) {
            buf_put(out, " \xE2\x86\x92 ");
            buf_put_html(out, draw_words(out->mem, "states", flow->name, str_of(a->to)));
        }
        buf_put(out, "</text>\n");
    }
}

void flow_draw_svg(const struct flow *flow, struct buf *out)
{
    assert(flow->states && out);
    const struct drawing *d = drawing_place(out->mem, flow);
    buf_printf(out,
               "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\""
               " height=\"%d\" role=\"img\""
               " font-family=\"PingFang SC,Microsoft YaHei,Noto Sans CJK SC,sans-serif\"><title>",
               d->width, d->height, d->width, d->height);
    buf_put_html(out, text_label("menu", str_of(flow->name)));
    buf_printf(out, "</title>\n<rect width=\"%d\" height=\"%d\" fill=\"#FFFFFF\"/>\n", d->width,
               d->height);
    for (size_t i = 0; i < d->edge_count; i++)
        arrow_draw(out, d, &d->edges[i]);
    for (size_t i = 0; i < d->node_count; i++)
        box_draw(out, d, &d->nodes[i]);
    for (size_t i = 0; i < d->edge_count; i++)
        words_draw(out, d, &d->edges[i]);
    anywhere_draw(out, flow, d);
    buf_put(out, "</svg>\n");
}
