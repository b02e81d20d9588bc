/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Where the boxes, arrows and words of a drawn flow stand: between flow_place.c, which decides, and
 * flow_draw.c, which writes. All lengths are pixels from the upper left corner. */
#ifndef HT_FLOW_FLOW_DRAW_H
#define HT_FLOW_FLOW_DRAW_H
#include "platform/flow/flow_internal.h"

enum {
    DRAW_STATES = 64,
    DRAW_EDGES = 512,
    MARGIN = 20,
    TRACK_H = 20,   /* between two tracks */
    CHANNEL_H = 20, /* of a channel beside its tracks: room for the heads of arrows */
    BOX_H = 38,
    STAYS_H = 14, /* more for the words of actions that stay */
    BOX_GAP = 48,
    PORT = 8, /* arrows leave at multiples of this and enter half-way between */
    LANE_W = 12,
    NOTE_H = 22
};

/* A state's box. */
struct node {
    const struct flow_state *state;
    str label, stays; /* stays: verbs that do not leave the state, joined */
    int row, x, w;
    int outs, ins; /* arrows that leave and enter */
};

/* An arrow between two boxes, for all verbs that lead so. */
struct edge {
    int from, to;
    str label;
    int x_out, x_in;
    int lane, lane_x; /* lane -1: straight to the next row */
    int track_out, track_in;
    int words_x; /* far end of the words */
    bool back;   /* leads up or sideways: its lane is on the left */
    bool up;     /* drawn as a broken line */
};

/* channel i lies above row i; the last one below the last row. */
struct drawing {
    struct node nodes[DRAW_STATES];
    size_t node_count;
    struct edge edges[DRAW_EDGES];
    size_t edge_count;
    int rows;
    int row_y[DRAW_STATES], row_h[DRAW_STATES];
    int channel_y[DRAW_STATES + 1], channel_tracks[DRAW_STATES + 1];
    int note_count; /* actions from every state, told in words below */
    int width, height;
};

/* Places everything; the result lives in mem. */
const struct drawing *drawing_place(struct arena *mem, const struct flow *flow);

/* The words of "prefix.flow.code"; the code where there are none. */
str draw_words(struct arena *mem, const char *prefix, const char *flow, str code);

/* Estimated width of words: a Chinese character as wide as the size, others a little over half. */
int draw_width(str words, int size);
#endif
