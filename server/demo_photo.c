/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A photo of the demo, drawn by this program: a lane at dusk whose lamp is out. Nobody's picture,
 * so under nobody else's licence. */
#include <unistd.h>

#include "platform/files/photo.h"
#include "platform/files/photo_read.h"
#include "server/demo.h"

enum {
    WIDE = 960,
    HIGH = 720,
    SMALL = 3,
    LAMP_X = 620,
    LAMP_TOP = 150,
    LAMP_FOOT = 600,
    EYE = 300
};

/* Red, green and blue of a place: sky, house walls on both sides, the lane between, the pole. */
static unsigned colour_of(i64 x, i64 y)
{
    i64 edge = y > EYE ? 330 - (y - EYE) / 2 : 330;
    if (x >= LAMP_X && x < LAMP_X + 9 && y > LAMP_TOP && y < LAMP_FOOT)
        return 0x2A2E33;
    if (y >= LAMP_TOP && y < LAMP_TOP + 14 && x > LAMP_X - 70 && x < LAMP_X + 9)
        return 0x2A2E33;
    if ((x < edge || x > WIDE - edge) && y > 90)
        return (x / 60 % 2) * (y / 60 % 3) == 1 ? 0x3A342E : 0x55483C;
    if (y > EYE)
        return 0x43464A + 0x010101 * (unsigned)((x * 7 + y * 3) % 11);
    return 0x2B3D5C + 0x010101 * (unsigned)(y / 6);
}

static struct photo_pixels drawn(struct arena *mem, i64 step)
{
    struct photo_pixels p = { .size = { WIDE / step, HIGH / step } };
    p.rgb = arena_zero(mem, (size_t)(p.size.width * p.size.height * 3));
    unsigned char *at = p.rgb;
    for (i64 y = 0; y < p.size.height; y++)
        for (i64 x = 0; x < p.size.width; x++) {
            unsigned c = colour_of(x * step, y * step);
            *at++ = (unsigned char)(c >> 16);
            *at++ = (unsigned char)(c >> 8);
            *at++ = (unsigned char)c;
        }
    return p;
}

static err bytes_write(void *context, int fd)
{
    const bytes *b = context;
    return write(fd, b->ptr, b->len) == (ssize_t)b->len ? OK : err_make(ERR_BUSY, "files.disk");
}

/* Pixels are large, and the demo is one request: they go at once. */
static err made(struct rq *rq, i64 step, struct attachment_made *out)
{
    struct arena *mem = arena_new(32 << 20, 0);
    const struct photo_pixels pixels = drawn(mem, step);
    bytes jpeg;
    *out = (struct attachment_made){ .type = "image/jpeg" };
    err e = photo_jpeg_encode(mem, &pixels, 1, &jpeg);
    if (e.code == ERR_NONE)
        e = attachment_make(rq, bytes_write, &jpeg, out);
    arena_free(mem);
    return e;
}

err demo_photo_add(struct rq *rq, i64 letter_id)
{
    struct photo *photo = arena_zero(rq->mem, sizeof *photo);
    const struct photos photos = { photo, 1, "photos", 1 };
    TRY(made(rq, 1, &photo->picture));
    TRY(made(rq, SMALL, &photo->preview));
    return photo_keep(rq, &photos, "letters", letter_id);
}
