/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Making pictures smaller (photo_read.h), in whole numbers: a row of the source lies over at most
 * two rows of the result, a pixel over at most two pixels, so each gives its exact share to both.
 */
#include <assert.h>
#include <string.h>

#include "platform/files/photo_read.h"

enum { RGB = 3, RGBA = 4, WHITE = 255 };

err photo_size_check(i64 width, i64 height)
{
    if (width < 1 || height < 1)
        return err_make(ERR_INVALID, "files.photo_broken");
    if (width > PHOTO_SIDE_MAX || height > PHOTO_SIDE_MAX || width * height > PHOTO_PIXELS_MAX)
        return err_make(ERR_INVALID, "files.photo_pixels");
    return OK;
}

/* The other side in proportion, to the nearest. */
static i64 in_proportion(i64 length, i64 side, i64 longer)
{
    i64 scaled = (length * side * 2 + longer) / (longer * 2);
    return scaled > 0 ? scaled : 1;
}

struct photo_size photo_size_within(struct photo_size size, i64 side)
{
    i64 longer = size.width > size.height ? size.width : size.height;
    assert(longer > 0 && side > 0);
    if (longer <= side)
        return size;
    return (struct photo_size){ in_proportion(size.width, side, longer),
                                in_proportion(size.height, side, longer) };
}

void photo_scaler_begin(struct photo_scaler *s, struct arena *mem, struct photo_size from,
                        struct photo_size to)
{
    assert(to.width >= 1 && to.height >= 1 && to.width <= from.width && to.height <= from.height);
    size_t wide = (size_t)to.width * RGB;
    *s = (struct photo_scaler){ .from = from, .to = { .size = to } };
    s->to.rgb = arena_bytes(mem, wide * (size_t)to.height);
    s->line = arena_array(mem, wide, sizeof *s->line);
    s->sum = arena_array(mem, wide, sizeof *s->sum);
    s->flat = arena_bytes(mem, (size_t)from.width * RGB);
}

static void add(uint32_t *to, const unsigned char *pixel, i64 share)
{
    for (int c = 0; c < RGB; c++)
        to[c] += pixel[c] * (uint32_t)share;
}

/* In units of 1 / (from.width * to.width): a pixel of the source is to.width long, one of the
 * result from.width. */
static void line_fill(struct photo_scaler *s, const unsigned char *rgb)
{
    i64 from = s->from.width, to = s->to.size.width, room = from;
    uint32_t *out = s->line;
    memset(s->line, 0, (size_t)to * RGB * sizeof *s->line);
    for (i64 x = 0; x < from; x++, rgb += RGB) {
        i64 first = to < room ? to : room;
        add(out, rgb, first);
        room -= first;
        if (room > 0 || x + 1 == from)
            continue;
        out += RGB;
        add(out, rgb, to - first);
        room = from - (to - first);
    }
}

static void sum_add(struct photo_scaler *s, i64 share)
{
    size_t wide = (size_t)s->to.size.width * RGB;
    for (size_t i = 0; i < wide; i++)
        s->sum[i] += (uint64_t)s->line[i] * (uint64_t)share;
}

/* A row of the result is complete. */
static void row_put(struct photo_scaler *s)
{
    size_t wide = (size_t)s->to.size.width * RGB;
    uint64_t all = (uint64_t)(s->from.width * s->from.height);
    unsigned char *to = s->to.rgb + (size_t)s->out * wide;
    for (size_t i = 0; i < wide; i++) {
        to[i] = (unsigned char)((s->sum[i] + all / 2) / all);
        s->sum[i] = 0;
    }
    s->out++;
}

void photo_scaler_row(struct photo_scaler *s, const unsigned char *rgb)
{
    i64 tall = s->to.size.height;
    assert(s->row < s->from.height);
    i64 begin = s->row * tall, border = (s->out + 1) * s->from.height;
    i64 first = border - begin < tall ? border - begin : tall;
    line_fill(s, rgb);
    sum_add(s, first);
    s->row++;
    if (begin + first < border)
        return;
    row_put(s);
    if (first < tall)
        sum_add(s, tall - first);
}

void photo_scaler_row_rgba(struct photo_scaler *s, const unsigned char *rgba)
{
    unsigned char *to = s->flat;
    for (i64 x = 0; x < s->from.width; x++, rgba += RGBA, to += RGB)
        for (int c = 0; c < RGB; c++)
            to[c] =
                (unsigned char)((rgba[c] * rgba[RGB] + WHITE * (WHITE - rgba[RGB]) + 127) / WHITE);
    photo_scaler_row(s, s->flat);
}
