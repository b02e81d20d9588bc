/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Decides where everything of a drawn flow stands; see flow_draw.c for the rules. Deterministic:
 * the same table gives the same drawing. */
#include <assert.h>
#include <stdlib.h>

#include "platform/flow/flow_draw.h"
#include "platform/text/texts.h"

static const char JOIN[] = "\xE3\x80\x81"; /* ideographic comma */

str draw_words(struct arena *mem, const char *prefix, const char *flow, str code)
{
    return text_label(arena_cstr(mem, arena_printf(mem, "%s.%s", prefix, flow)), code);
}

int draw_width(str words, int size)
{
    int width = 0;
    for (size_t at = 0; at < words.len;)
        width += str_next_char(words, &at) > 0x2E7F ? size : size * 6 / 10;
    return width;
}

static str joined(struct arena *mem, str list, str more)
{
    return list.len == 0 ? more
                         : arena_printf(mem, "%.*s%s%.*s", (int)list.len, list.ptr, JOIN,
                                        (int)more.len, more.ptr);
}

/* ---- what there is ---- */

static int node_of(const struct drawing *d, str state)
{
    for (size_t i = 0; i < d->node_count; i++)
        if (str_is(state, d->nodes[i].state->code))
            return (int)i;
    return -1;
}

static void edge_add(struct arena *mem, struct drawing *d, int from, int to, str label)
{
    if (from == to) {
        d->nodes[from].stays = joined(mem, d->nodes[from].stays, label);
        return;
    }
    for (size_t i = 0; i < d->edge_count; i++)
        if (d->edges[i].from == from && d->edges[i].to == to) {
            d->edges[i].label = joined(mem, d->edges[i].label, label);
            return;
        }
    if (d->edge_count < DRAW_EDGES)
        d->edges[d->edge_count++] =
            (struct edge){ .from = from, .to = to, .label = label, .lane = -1 };
}

static void action_add(struct arena *mem, struct drawing *d, const struct flow *flow,
                       const struct flow_action *a)
{
    str label = draw_words(mem, "flows", flow->name, str_of(a->verb));
    for (int from = 0; from < (int)d->node_count; from++) {
        str rest = str_of(a->to ? a->to : a->outcomes), to;
        if (!flow_starts_from(flow, a, str_of(d->nodes[from].state->code)))
            continue;
        if (rest.len == 0)
            edge_add(mem, d, from, from, label);
        while (str_split(&rest, ' ', &to))
            if (node_of(d, to) >= 0)
                edge_add(mem, d, from, node_of(d, to), label);
    }
}

static void collect(struct arena *mem, struct drawing *d, const struct flow *flow)
{
    for (const struct flow_state *s = flow->states; s->code && d->node_count < DRAW_STATES; s++)
        d->nodes[d->node_count++] = (struct node){
            .state = s, .label = draw_words(mem, "states", flow->name, str_of(s->code)), .row = -1
        };
    for (const struct flow_action *a = flow->actions; a->verb; a++) {
        if (strcmp(a->from, "*") == 0)
            d->note_count++;
        else
            action_add(mem, d, flow, a);
    }
    for (size_t i = 0; i < d->edge_count; i++) {
        d->nodes[d->edges[i].from].outs++;
        d->nodes[d->edges[i].to].ins++;
    }
}

/* ---- rows ---- */

/* A state's row is its distance from the first states; what cannot be reached stands at the end. */
static void rows_find(struct drawing *d)
{
    for (size_t i = 0; i < d->node_count; i++)
        if (d->nodes[i].state->first || (i == 0 && !d->nodes[0].state->first))
            d->nodes[i].row = 0;
    for (int row = 0; row < DRAW_STATES; row++)
        for (size_t i = 0; i < d->edge_count; i++)
            if (d->nodes[d->edges[i].from].row == row && d->nodes[d->edges[i].to].row < 0)
                d->nodes[d->edges[i].to].row = row + 1;
    int last = 0;
    for (size_t i = 0; i < d->node_count; i++)
        last = d->nodes[i].row > last ? d->nodes[i].row : last;
    for (size_t i = 0; i < d->node_count; i++)
        if (d->nodes[i].row < 0)
            d->nodes[i].row = last + 1;
    for (size_t i = 0; i < d->node_count; i++)
        d->rows = d->nodes[i].row + 1 > d->rows ? d->nodes[i].row + 1 : d->rows;
}

static int box_width(const struct node *n)
{
    int words = draw_width(n->label, 15) + 28,
        stays = n->stays.len ? draw_width(n->stays, 12) + 40 : 0;
    int ports = ((n->outs > n->ins ? n->outs : n->ins) + 2) * 2 * PORT;
    int w = words > stays ? words : stays;
    w = w > ports ? w : ports;
    w = w > 96 ? w : 96;
    return (w + 2 * PORT - 1) / (2 * PORT) * (2 * PORT);
}

static int middle(const struct node *n)
{
    return n->x + n->w / 2;
}

/* Mean place of the boxes above that lead here; where none does, far right. */
static int pull(const struct drawing *d, int node)
{
    int sum = 0, count = 0;
    for (size_t i = 0; i < d->edge_count; i++)
        if (d->edges[i].to == node && d->nodes[d->edges[i].from].row < d->nodes[node].row) {
            sum += middle(&d->nodes[d->edges[i].from]);
            count++;
        }
    return count ? sum / count : 1 << 20;
}

/* Sorts the boxes of a row by pull (few items: insertion) and gives them places from x = 0. */
static int row_place(struct drawing *d, int row, int members[DRAW_STATES])
{
    int count = 0, x = 0;
    for (int i = 0; i < (int)d->node_count; i++) {
        if (d->nodes[i].row != row)
            continue;
        int at = count++;
        for (; at > 0 && pull(d, members[at - 1]) > pull(d, i); at--)
            members[at] = members[at - 1];
        members[at] = i;
    }
    for (int k = 0; k < count; k++) {
        struct node *n = &d->nodes[members[k]];
        n->x = x;
        x += n->w + BOX_GAP;
        int height = BOX_H + (n->stays.len ? STAYS_H : 0);
        d->row_h[row] = height > d->row_h[row] ? height : d->row_h[row];
    }
    return x - BOX_GAP;
}

/* Rows are centred on the widest; x becomes a multiple of two ports. Returns the width of all
 * boxes. */
static int boxes_place(struct drawing *d)
{
    int members[DRAW_STATES] = { 0 }, widths[DRAW_STATES] = { 0 }, widest = 0;
    for (size_t i = 0; i < d->node_count; i++)
        d->nodes[i].w = box_width(&d->nodes[i]);
    for (int pass = 0; pass < 2;
         pass++) { /* the first pass places for `pull`, the second for good */
        widest = 0;
        for (int row = 0; row < d->rows; row++) {
            widths[row] = row_place(d, row, members);
            widest = widths[row] > widest ? widths[row] : widest;
        }
        for (size_t i = 0; i < d->node_count; i++)
            d->nodes[i].x += (widest - widths[d->nodes[i].row]) / 2 / (2 * PORT) * (2 * PORT);
    }
    return widest;
}

/* ---- ports ---- */

/* How many arrows of the same box come before this one, going by where the other end is. */
static int port_rank(const struct drawing *d, const struct edge *e, bool leaving)
{
    int rank = 0, box = leaving ? e->from : e->to;
    int place = middle(&d->nodes[leaving ? e->to : e->from]);
    for (const struct edge *o = d->edges; o < d->edges + d->edge_count; o++) {
        if (o == e || (leaving ? o->from : o->to) != box)
            continue;
        int other = middle(&d->nodes[leaving ? o->to : o->from]);
        rank += other < place || (other == place && o < e);
    }
    return rank;
}

/* Arrows leave at even and enter at odd multiples of PORT, so that no two level or upright parts
 * lie on each other. */
static void ports_place(struct drawing *d)
{
    for (struct edge *e = d->edges; e < d->edges + d->edge_count; e++) {
        const struct node *from = &d->nodes[e->from], *to = &d->nodes[e->to];
        int step_out = from->w / (from->outs + 1) / (2 * PORT) * (2 * PORT);
        int step_in = to->w / (to->ins + 1) / (2 * PORT) * (2 * PORT);
        int begin_out = (from->w - step_out * (from->outs - 1)) / 2 / (2 * PORT) * (2 * PORT);
        int begin_in = (to->w - step_in * (to->ins - 1)) / 2 / (2 * PORT) * (2 * PORT);
        e->x_out = from->x + begin_out + step_out * port_rank(d, e, true);
        e->x_in = to->x + begin_in + step_in * port_rank(d, e, false) - PORT;
        e->back = to->row <= from->row;
        e->up = to->row < from->row;
    }
}

/* ---- lanes ---- */

/* Whether two arrows' upright parts beside the boxes meet. */
static bool lanes_meet(const struct drawing *d, const struct edge *a, const struct edge *b)
{
    int a0 = d->nodes[a->from].row + 1, a1 = d->nodes[a->to].row;
    int b0 = d->nodes[b->from].row + 1, b1 = d->nodes[b->to].row;
    int a_low = a0 < a1 ? a0 : a1, a_high = a0 < a1 ? a1 : a0;
    int b_low = b0 < b1 ? b0 : b1, b_high = b0 < b1 ? b1 : b0;
    return a_low <= b_high && b_low <= a_high;
}

/* Forward arrows that skip rows go right, others left; each in the innermost lane that is free.
 * Returns lanes used. */
static int lanes_place(struct drawing *d, bool right)
{
    int used = 0;
    for (struct edge *e = d->edges; e < d->edges + d->edge_count; e++) {
        if (d->nodes[e->to].row == d->nodes[e->from].row + 1 || e->back == right)
            continue;
        e->lane = 0;
        for (bool taken = true; taken; e->lane += taken) {
            taken = false;
            for (const struct edge *o = d->edges; o < e; o++)
                taken = taken || (o->lane == e->lane && o->back == e->back && lanes_meet(d, o, e));
        }
        used = e->lane + 1 > used ? e->lane + 1 : used;
    }
    return used;
}

/* ---- tracks ---- */

/* The level part of an arrow in a channel: its extent with its words. */
struct span {
    int low, high;
};

static struct span span_out(const struct edge *e)
{
    int end = e->lane >= 0 ? e->lane_x : e->x_in;
    struct span s = { e->x_out < end ? e->x_out : end, e->x_out < end ? end : e->x_out };
    s.low = e->words_x < s.low ? e->words_x : s.low;
    s.high = e->words_x > s.high ? e->words_x : s.high;
    return s;
}

static struct span span_in(const struct edge *e)
{
    return (struct span){ e->x_in < e->lane_x ? e->x_in : e->lane_x,
                          e->x_in < e->lane_x ? e->lane_x : e->x_in };
}

/* Takes the first track of the channel where the span is free. */
static int track_take(struct drawing *d, int channel, struct span want,
                      struct span (*taken)[DRAW_EDGES], int *counts)
{
    for (int track = 0;; track++) {
        bool free_ = true;
        assert(track < DRAW_STATES);
        for (int i = 0; i < counts[track]; i++)
            free_ = free_ && (taken[track][i].high + PORT < want.low ||
                              want.high + PORT < taken[track][i].low);
        if (!free_)
            continue;
        taken[track][counts[track]++] = want;
        d->channel_tracks[channel] =
            track + 1 > d->channel_tracks[channel] ? track + 1 : d->channel_tracks[channel];
        return track;
    }
}

static void tracks_place(struct arena *mem, struct drawing *d)
{
    for (int channel = 0; channel <= d->rows; channel++) {
        struct arena_mark mark = arena_mark(mem);
        struct span(*taken)[DRAW_EDGES] = arena_array(mem, DRAW_STATES, sizeof *taken);
        int counts[DRAW_STATES] = { 0 };
        for (struct edge *e = d->edges; e < d->edges + d->edge_count; e++) {
            if (e->lane >= 0 && d->nodes[e->to].row == channel)
                e->track_in = track_take(d, channel, span_in(e), taken, counts);
            if (d->nodes[e->from].row + 1 == channel)
                e->track_out = track_take(d, channel, span_out(e), taken, counts);
        }
        arena_reset_to(mem, mark);
    }
}

/* ---- all together ---- */

/* Moves everything right by the left lanes, and finds the far ends of words. */
static void columns_place(struct drawing *d, int boxes)
{
    int left = MARGIN + lanes_place(d, false) * LANE_W + LANE_W;
    int widest = left + boxes;
    left = (left + 2 * PORT - 1) / (2 * PORT) * (2 * PORT);
    for (size_t i = 0; i < d->node_count; i++)
        d->nodes[i].x += left;
    int right = left + boxes + LANE_W, lanes = lanes_place(d, true);
    for (struct edge *e = d->edges; e < d->edges + d->edge_count; e++) {
        e->x_out += left;
        e->x_in += left;
        if (e->lane >= 0)
            e->lane_x = e->back ? left - LANE_W - e->lane * LANE_W : right + e->lane * LANE_W;
        int end = e->lane >= 0 ? e->lane_x : e->x_in, words = draw_width(e->label, 13) + 8;
        bool to_left = end < e->x_out && e->x_out - words >= MARGIN;
        e->words_x = to_left ? e->x_out - words : e->x_out + words;
        widest = e->words_x > widest ? e->words_x : widest;
    }
    widest = right + lanes * LANE_W > widest ? right + lanes * LANE_W : widest;
    d->width = widest + MARGIN;
}

static void heights_place(struct drawing *d)
{
    int y = MARGIN / 2;
    for (int row = 0; row <= d->rows; row++) {
        d->channel_y[row] = y;
        if (d->channel_tracks[row] > 0)
            y += d->channel_tracks[row] * TRACK_H + CHANNEL_H;
        else
            y += row == 0 ? MARGIN / 2 : CHANNEL_H;
        d->row_y[row < d->rows ? row : d->rows - 1] = row < d->rows ? y : d->row_y[d->rows - 1];
        y += row < d->rows ? d->row_h[row] : 0;
    }
    d->height = y + NOTE_H * d->note_count + MARGIN / 2;
}

const struct drawing *drawing_place(struct arena *mem, const struct flow *flow)
{
    struct drawing *d = arena_zero(mem, sizeof *d);
    collect(mem, d, flow);
    rows_find(d);
    int boxes = boxes_place(d);
    ports_place(d);
    columns_place(d, boxes);
    tracks_place(mem, d);
    heights_place(d);
    return d;
}
